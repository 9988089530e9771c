import LeadsAPI
import Testing

@testable import leadmesh

@Suite struct `The header of a file` {
  @Test(arguments: [
    ("Last Name,Email\nA,b@c.de\n", ["Last Name", "Email"]),
    ("\u{FEFF}Last Name,Email\r\n", ["Last Name", "Email"]),
    (
      "\"Name, full\",\"He said \"\"x\"\"\",\"two\nlines\"\n1,2,3\n",
      ["Name, full", "He said \"x\"", "two\nlines"]
    ),
    ("Name;Email;\"a,b,c\"\n", ["Name", "Email", "a,b,c"]),
    ("Name\tE-Mail\tTelefon (geschäftlich)\r", ["Name", "E-Mail", "Telefon (geschäftlich)"]),
    ("Name,,Email\n", ["Name", "", "Email"]),
  ])
  func `is read as people's programs write it`(text: String, columns: [String]) throws {
    let header = try #require(CSVHeader(Array(text.utf8), isWholeFile: false))
    #expect(header.columns == columns)
  }

  @Test func `may end with the file`() {
    #expect(CSVHeader(Array("Name,Email".utf8), isWholeFile: true)?.columns == ["Name", "Email"])
    #expect(CSVHeader(Array("Name,Email".utf8), isWholeFile: false) == nil)
  }

  @Test func `is none when it is not UTF-8`() {
    #expect(CSVHeader([0x4E, 0xFC, 0x0A], isWholeFile: true) == nil)
  }
}

@Suite struct `A mapping on the command line` {
  private func options(_ entries: String...) throws -> ImportOptions {
    var arguments = try Arguments(entries.flatMap { ["--map", $0] })
    return try ImportOptions(&arguments)
  }

  private let header = CSVHeader(Array("Name,Mobile,Work,x=y\n".utf8), isWholeFile: true)
  private let suggested = [
    ColumnMapping(column: "Name", field: "last_name"),
    ColumnMapping(column: "Mobile", field: "phone"), ColumnMapping(column: "Work", field: ""),
    ColumnMapping(column: "x=y", field: ""),
  ]

  @Test func `overrides what the service suggests, and takes a field for itself`() throws {
    let header = try #require(header)
    let mapping = try options("Work=phone", "x=y=city").mapping(over: suggested, of: header)
    #expect(mapping.map(\.column) == ["Name", "Mobile", "Work", "x=y"])
    #expect(mapping.map(\.field) == ["last_name", "", "phone", "city"])
  }

  @Test func `can leave a column out`() throws {
    let header = try #require(header)
    let mapping = try options("Mobile=").mapping(over: suggested, of: header)
    #expect(mapping.map(\.field) == ["last_name", "", "", ""])
  }

  @Test func `is refused when it names no column of the file`() throws {
    let header = try #require(header)
    #expect(
      throws: CommandError.failed(
        "--map: the file has no column “Fax”; it has “Name”, “Mobile”, “Work”, “x=y”"
      )
    ) {
      _ = try options("Fax=phone").mapping(over: suggested, of: header)
    }
  }

  @Test(arguments: ["Fax", "=phone"]) func `is refused without a column`(text: String) {
    #expect(throws: CommandError.usage("--map: “\(text)” is not COLUMN=FIELD")) {
      _ = try options(text)
    }
  }
}
