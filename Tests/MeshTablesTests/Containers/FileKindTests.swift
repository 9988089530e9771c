import MeshZip
import Testing

@testable import MeshTables

@Suite struct `The kind of a file` {
  @Test(arguments: [
    ("a,b\n1,2\n", FileKind.text), ("", .text), ("<ida@berg.example>,Ida\n", .text),
    ("[Name],Email\n", .text), ("Begin,End\n", .text), ("BEGIN:VCARD\nFN:a", .vCard),
    ("\u{FEFF}  begin:vcard\r\n", .vCard), ("BEGIN:VCALENDAR\n", .calendar),
    ("\n<html><table>", .html), ("<!DOCTYPE HTML>", .html), ("<TABLE border=1>", .html),
    ("<h3>Leads</h3><table border=0><tr>", .html), ("<font size=2><TABLE><TR>", .html),
    ("<b@c.example>,<table>\n", .text), ("<?xml version='1.0'?><html>", .html),
    ("<?xml version='1.0'?><feed/>", .xml),
    (
      "<?xml version='1.0'?>\n<?mso-application progid='Excel.Sheet'?><Workbook "
        + "xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", .xmlWorkbook
    ),
    ("{\"a\": 1}", .json), ("[ {\"a\": 1}]", .json), ("MIME-Version: 1.0\r\n", .webArchive),
    ("version: 1\ndn: cn=a\n", .ldif), ("%PDF-1.7", .pdf), ("{\\rtf1", .rtf), ("GIF89a", .picture),
    ("SQLite format 3\u{0}", .database), ("Rar!\u{1A}\u{7}", .archive), ("!BDN", .outlookData),
    ("Date,Amount\n", .text), ("Mime,Type\n", .text), ("Version: 1,2\n", .text),
  ])
  func `is told by its first bytes`(_ text: String, _ kind: FileKind) {
    #expect(FileKind.of(Array(text.utf8)) == kind)
  }

  @Test func `is text in UTF-16, and not where zeros are everywhere`() {
    let text = "\u{FEFF}name\temail\n".utf16
    #expect(FileKind.of(text.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }) == .text)
    #expect(FileKind.of(text.dropFirst().flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }) == .text)
    let card = "\u{FEFF}BEGIN:VCARD".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(FileKind.of(card) == .vCard)
    #expect(FileKind.of([1, 2, 3, 0, 0, 0, 0, 7, 0, 0]) == .binary)
  }

  private func compound(_ name: String) -> [UInt8] {
    var file =
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 100_000)
    // Sectors of 512 bytes, the directory in number 150.
    (file[30], file[48]) = (9, 150)
    for (place, byte) in name.utf8.enumerated() { file[151 * 512 + 2 * place] = byte }
    return file
  }

  @Test(arguments: [
    ("Workbook", FileKind.oldWorkbook), ("Book", .oldWorkbook),
    ("EncryptedPackage", .lockedWorkbook),
    ("WordDocument", .document), ("__properties_version1.0", .outlookMessage),
  ])
  func `is told by the directory of a compound file`(_ name: String, _ kind: FileKind) throws {
    #expect(try TableFile(ByteSource(compound(name))).kind == kind)
    #expect(throws: ContainerFault.unreadable(kind)) { try ReadTable(compound(name)) }
  }

  @Test(arguments: [
    ("xl/workbook.bin", "", FileKind.binaryWorkbook), ("word/document.xml", "", .document),
    ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", .openDocument),
    ("mimetype", "application/vnd.oasis.opendocument.text", .document),
    ("Index/Document.iwa", "", .numbers), ("leads.csv", "", .zip),
  ])
  func `is told by the files of an archive`(_ name: String, _ text: String, _ kind: FileKind) throws
  {
    var zip = ZipWriter()
    zip.add("[Content_Types].xml", "<Types/>")
    zip.add(name, text)
    #expect(try TableFile(ByteSource(zip.finished())).kind == kind)
  }

  @Test func `that is not read says what to do`() {
    #expect(
      ContainerFault.unreadable(.oldWorkbook).text
        == "is an old Excel workbook (.xls); open it and save it as .xlsx, or as “CSV UTF-8”"
    )
    for kind in FileKind.allCases where !kind.isContainer {
      #expect(!kind.name.isEmpty && !kind.advice.isEmpty)
    }
  }

  @Test func `gzip gives the text in it, or says that it is damaged`() throws {
    let zipped = Gzip().compress(Array("a,b\n".utf8))
    #expect(try ReadTable(zipped).text == "a,b\n")
    #expect(throws: ContainerFault.malformed(.gzip)) { try ReadTable(Array(zipped.dropLast())) }
    #expect(throws: ContainerFault.unreadable(.gzip)) { try ReadTable(Gzip().compress(zipped)) }
  }

  @Test func `is text in UTF-16 without a mark, with characters of East Asia or zeros at the end`()
  {
    let text = "姓,名\r\n鈴木,一郎\r\n田中,一\r\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(FileKind.of(text) == .text)
    #expect(FileKind.of(Array("a,b\n1,2\n".utf8) + [UInt8](repeating: 0, count: 5_000)) == .text)
    #expect(FileKind.of([UInt8](repeating: 0, count: 100)) == .binary)
  }
}
