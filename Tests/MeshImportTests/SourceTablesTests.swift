import Foundation
import MeshProto
import MeshTestScale
import Testing

@testable import MeshImport

@Suite struct `The tables of sources` {
  @Test func `are read without a fault`() {
    #expect(SourceTables.known.faults == [])
    #expect(SourceTables.known.sources.count == 19)
    #expect(SourceTables.known.words.count == 8)
  }

  @Test func `are all there is in their folder`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Shared/MeshImport/Sources")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path())
    let tables = SourceTables.known.sources + SourceTables.known.words
    #expect(files.count == tables.count)
    #expect(Set(tables.map(\.name)).count == tables.count)
  }

  @Test func `say of headings what no other table contradicts, and of wishes what any says`() {
    let schema = RecordSchema(object: "lead", idPrefix: "lead", table: "leads", fields: [])
    let meanings = SourceTables.known.read(
      ["Nickname", "Blacklist", "Billing Zip/Postal Code"],
      for: schema,
      from: "linkedin"
    )
    #expect(meanings.columns.map(\.meaning) == [nil, .doNotEmail, .postalCode])
    #expect(meanings.columns.map(\.origin) == [nil, .others, .others])
  }
}

@Suite struct `Reading a table of a source` {
  private static let head = "table: t\nlabel: T\npage: https://t.example\n"

  private func table(_ text: String) throws -> SourceTable {
    try SourceTableParser.parse(Self.head + text, of: "t.txt")
  }

  private func meaning(
    _ heading: String,
    _ text: String,
    for object: String = "lead"
  ) throws -> String? {
    let entry = try table(text).entry(HeadingKey(heading), object, among: [])
    return entry.map { "\($0.meaning.rawValue) \($0.rank)" }
  }

  @Test func `counts places, for names of one column once`() throws {
    let text = "email: Mail = E-mail | - | Second (mail) |\n  Third\nemail: Last\n"
    #expect(try meaning("mail", text) == "email 0")
    #expect(try meaning("E_MAIL", text) == "email 0")
    #expect(try meaning("Second mail", text) == "email 2")
    #expect(try meaning("third", text) == "email 3")
    #expect(try meaning("LAST", text) == "email 4")
    #expect(try meaning("fourth", text) == nil)
  }

  @Test func `gives numbers a place each`() throws {
    let text = "phone: Phone <n> - Value | Other\nemail: Mail <n>: a = Post <n>\n"
    #expect(try meaning("Phone 1 - Value", text) == "phone 0")
    #expect(try meaning("Phone 9 - Value", text) == "phone 8")
    #expect(try meaning("Other", text) == "phone 9")
    #expect(try meaning("Post 3", text) == "email 2")
    #expect(try meaning("Phone 10 - Value", text) == nil)
  }

  @Test func `knows headings by their beginnings, the longest first`() throws {
    let text = "do_not_email: Opted out*\nunused: Opted out of fax*\nemail: Opted out for good\n"
    #expect(try meaning("Opted out of mail: News", text) == "do_not_email 0")
    #expect(try meaning("Opted out of fax: News", text) == "unused 0")
    #expect(try meaning("Opted out for good", text) == "email 0")
    #expect(try meaning("Opted", text) == nil)
  }

  @Test func `tells kinds of record apart`() throws {
    let text = "company: Name\n[lead contact]\nname: Name\n[all]\ncity: Town\n"
    #expect(try meaning("Name", text, for: "contact") == "name 0")
    #expect(try meaning("Name", text, for: "deal") == "company 0")
    #expect(try meaning("Town", text, for: "deal") == "city 0")
  }

  @Test func `tells a heading beside another one apart`() throws {
    let table = try table("job_title: Title | Position\nname_prefix: Title beside Job Title\n")
    let title = HeadingKey("Title")
    let alone = table.entry(title, "lead", among: [title])
    let beside = table.entry(title, "lead", among: [title, HeadingKey("job title")])
    #expect(alone?.meaning == .jobTitle)
    #expect(beside?.meaning == .namePrefix)
  }

  @Test func `replaces values of what a column means or fills, beside its heading alone`() throws {
    let text = """
      status: State
      value status: hot = Warm
      value status beside Kind: Hot = Cold | won = Closed
      """
    let table = try table(text)
    let schema = RecordSchema(
      object: "lead",
      idPrefix: "lead",
      table: "leads",
      fields: [RecordField("status", .text), RecordField("source", .text)]
    )
    func replaced(
      _ meaning: ColumnMeaning?,
      _ field: String?,
      beside headings: [String] = []
    ) -> [String: String] {
      let column = ReadColumn(
        index: 0,
        heading: "State",
        meaning: meaning,
        field: field,
        origin: .words,
        rank: 0,
        looksLikeWish: false
      )
      return table.replacements(
        in: column,
        for: schema,
        among: Set(headings.map(HeadingKey.init))
      )
      .mapValues(\.to)
    }
    #expect(replaced(.status, "status") == ["hot": "Warm"])
    #expect(replaced(nil, "status", beside: ["kind"]) == ["hot": "Warm", "won": "Closed"])
    #expect(replaced(.source, "source", beside: ["kind"]).isEmpty)
    #expect(replaced(nil, "source").isEmpty && replaced(nil, nil).isEmpty)
  }

  @Test func `keeps signs that belong to a heading`() throws {
    #expect(try meaning("# Employees", "employees: # Employees\n") == "employees 0")
    #expect(try meaning("Company / Account", "company: Company / Account\n") == "company 0")
    #expect(try meaning("E-Mail 2: Adresse", "email: E-Mail 2: Adresse\n") == "email 0")
  }

  private static let faults: [(text: String, line: Int, rule: String)] = [
    ("mail: Email\n", 4, "has an unknown word: mail"),
    ("email\n", 4, "must have a colon"),
    ("email:\n", 4, "email says nothing"),
    ("email: A1 | | B1\n", 4, "has an empty place between |"),
    ("email: A1\nphone: a 1\n", 5, "has a heading twice: a 1"),
    ("email: !\n", 4, "has a heading without letters: !"),
    ("email: Em*\n", 4, "is too short a beginning: Em*"),
    ("[leads]\nemail: A1\n", 4, "names no kind of record: leads"),
    ("[lead\nemail: A1\n", 4, "must end with ]"),
    ("value status: a\n", 4, "must say: value = value"),
    ("value mood: a = b\n", 4, "has an unknown word: mood"),
    ("value status: a = b | A = c\n", 4, "replaces A twice"),
    ("page: t.example\nemail: A1\n", 0, "must name the pages that it was read from"),
    ("", 0, "must have headings"),
    (
      "table: T!\nemail: A1\n", 0,
      "must have a table name of lower-case letters, digits and underscores"
    ),
  ]

  @Test(arguments: faults)
  func `says what is wrong, and where`(_ text: String, _ line: Int, _ rule: String) {
    #expect(throws: SourceTableFault(file: "t.txt", line: line, rule: rule)) { try table(text) }
  }

  @Test func `is bounded`() {
    let long = String(repeating: "x", count: SourceTableParser.mostHeadingBytes + 1)
    #expect(throws: SourceTableFault.self) { try table("email: \(long)\n") }
    let many = (0...SourceTableParser.mostHeadings).map { "a\($0)" }.joined(separator: " | ")
    #expect(throws: SourceTableFault.self) { try table("email: \(many)\n") }
    let huge = String(repeating: "# comment\n", count: SourceTableParser.mostBytes / 10)
    #expect(throws: SourceTableFault.self) { try table("email: A1\n\(huge)") }
    #expect(throws: SourceTableFault(file: "t.txt", line: 1, rule: "continues nothing")) {
      try SourceTableParser.parse(" a\n", of: "t.txt")
    }
  }

  @Test func `ends for any text`() {
    var random = SeededRandom()
    let pieces = [
      "email", ":", " ", "|", "=", "\n", "<n>", "*", "beside", "[", "]", "lead", "#", "value",
      "table", "é", "\u{0}", "-",
    ]
    for _ in 0..<TestScale.count(2_000, long: 200_000) {
      let text = (0..<20).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      _ = try? SourceTableParser.parse(text, of: "t.txt")
    }
  }
}
