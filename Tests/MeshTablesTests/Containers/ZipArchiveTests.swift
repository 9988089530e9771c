import MeshTestScale
import Testing

@testable import MeshTables

@Suite struct `A zip archive` {
  private static let csv = "name,email\nIda,ida@berg.example\n"

  private func archive(
    _ name: String = "leads.csv",
    _ text: String = csv,
    _ options: ZipWriter.Options = .init()
  ) -> ZipWriter {
    var zip = ZipWriter()
    zip.add(name, text, options)
    return zip
  }

  @Test(arguments: [false, true], [false, true])
  func `gives the text of its only file`(isDeflated: Bool, isLarge: Bool) throws {
    let zip = archive("a/leads.csv", Self.csv, .init(isDeflated: isDeflated, isLarge: isLarge))
    for bytes in [
      zip.finished(), zip.finished(isLarge: true), zip.finished(comment: "PK\u{5}\u{6}"),
    ] {
      let table = try ReadTable(bytes)
      #expect(table.text == Self.csv)
      #expect(table.kind == .text)
      #expect(table.part == "a/leads.csv")
    }
  }

  @Test func `gives a large file as it was, in pieces`() throws {
    var random = SeededRandom()
    let content = (0..<300_000).map { _ in UInt8.random(in: 32...126, using: &random) }
    var zip = ZipWriter()
    zip.add("leads.csv", content)
    #expect(try ReadTable(zip.finished()).bytes == content)
  }

  @Test func `is read where bytes stand before it`() throws {
    // Recognized only by whoever knows that it is one: as a file it is something else.
    var zip = ZipWriter(before: Array("#!/bin/sh\n".utf8))
    zip.add("leads.csv", Self.csv)
    let archive = try ZipArchive(ByteSource(zip.finished()))
    let entry = try #require(archive.entry("LEADS.csv"))
    #expect(try archive.stream(entry).start(100) == Array(Self.csv.utf8))
  }

  @Test func `passes over what systems put in, and takes the only file that is a table`() throws {
    var zip = ZipWriter()
    zip.add("x/", "")
    zip.add("__MACOSX/x/._leads.csv", "?")
    zip.add("x/.DS_Store", "?")
    zip.add("x/leads.csv", Self.csv)
    #expect(try ReadTable(zip.finished()).remarks == [])
    zip.add("README.pdf", "?")
    let table = try ReadTable(zip.finished())
    #expect(table.text == Self.csv)
    #expect(table.remarks == ["files that were not read: “README.pdf”"])
  }

  @Test func `of several tables asks which one`() throws {
    var zip = archive("a.csv", "a")
    zip.add("b.csv", "b")
    let fault = ContainerFault.part(named: nil, choices: ["a.csv", "b.csv"])
    #expect(throws: fault) { try ReadTable(zip.finished()) }
    #expect(fault.text == "holds several files; choose one of: “a.csv”, “b.csv”")
    #expect(try ReadTable(zip.finished(), part: "b.csv").text == "b")
    #expect(throws: ContainerFault.part(named: "c.csv", choices: ["a.csv", "b.csv"])) {
      try ReadTable(zip.finished(), part: "c.csv")
    }
  }

  @Test func `gives the rows of a workbook, of contacts and of a web page in it`() throws {
    var book = WorkbookWriter("<row><c t=\"str\"><v>A</v></c></row>")
    book.add("Two", rows: "<row><c t=\"str\"><v>B</v></c></row>")
    var zip = ZipWriter()
    zip.add("book.xlsx", book.bytes)
    #expect(try ReadTable(zip.finished()).rows == [["A"]])
    #expect(try ReadTable(zip.finished()).part == "book.xlsx: Sheet1")
    #expect(try ReadTable(zip.finished(), part: "Two").rows == [["B"]])
    let page = archive("leads.xls", "<table><tr><td>a<td>b</table>")
    #expect(try ReadTable(page.finished()).rows == [["a", "b"]])
    let card = archive("a.vcf", "BEGIN:VCARD\nFN:Ida\nEND:VCARD\n")
    #expect(try ReadTable(card.finished()).rows == [["Name"], ["Ida"]])
  }

  @Test func `in an archive, or with a picture, is refused`() throws {
    var outer = ZipWriter()
    outer.add("inner.zip", archive().finished())
    #expect(throws: ContainerFault.unreadable(.zip)) { try ReadTable(outer.finished()) }
    var zip = ZipWriter()
    zip.add("a.png", [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10])
    #expect(throws: ContainerFault.unreadable(.picture)) { try ReadTable(zip.finished()) }
  }

  @Test func `without a file, with a password, or altered, says so`() throws {
    #expect(throws: ContainerFault.empty(.zip)) { try ReadTable(ZipWriter().finished()) }
    let locked = archive("a.csv", Self.csv, .init(flags: 1))
    #expect(throws: ContainerFault.locked(.zip)) { try ReadTable(locked.finished()) }
    let other = archive("a.csv", Self.csv, .init(method: 9))
    #expect(throws: ContainerFault.unreadable(.zip)) { try ReadTable(other.finished()) }
    let altered = archive("a.csv", Self.csv, .init(checksum: 7))
    #expect(throws: ContainerFault.malformed(.zip)) { try ReadTable(altered.finished()) }
    let whole = archive().finished()
    for count in [10, whole.count / 2, whole.count - 1] {
      #expect(throws: ContainerFault.malformed(.zip)) { try ReadTable(Array(whole.prefix(count))) }
    }
  }

  @Test func `that unpacks to more than is read is refused before it is in memory`() throws {
    var limits = ContainerLimits()
    limits.inflatedBytes = 100_000
    let zip = archive("a.csv", String(repeating: "0", count: 100_001))
    #expect(zip.bytes.count < 1_000)
    #expect(throws: ContainerFault.tooLarge("more than 0 MiB, unpacked")) {
      try ReadTable(zip.finished(), limits: limits)
    }
  }

  @Test func `with a folder, notes of a Mac and a text beside the table gives the table`() throws {
    var zip = ZipWriter()
    zip.add("Export/", "")
    zip.add("Export/README.txt", "Thank you.")
    zip.add("__MACOSX/Export/._Connections.csv", "?")
    zip.add("Export\\Connections.CSV", Self.csv)
    let table = try ReadTable(zip.finished())
    #expect(table.text == Self.csv)
    #expect(table.part == "Export/Connections.CSV")
    #expect(table.remarks == ["files that were not read: “Export/README.txt”"])
  }

  @Test func `gives no more text than any table has`() throws {
    var limits = ContainerLimits()
    limits.tableBytes = 1_000
    let zip = archive("a.csv", String(repeating: "0", count: 1_001))
    #expect(throws: ContainerFault.tooLarge("more than 0 MiB of text")) {
      try ReadTable(zip.finished(), limits: limits)
    }
  }
}
