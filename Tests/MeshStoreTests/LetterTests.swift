import MeshCore
import MeshTesting
import Testing

@testable import MeshStore

@Suite(.enabled(if: TestDatabase.isPostgreSQL)) struct `The letters that PostgreSQL looks up` {
  private let fixture: StoreFixture
  private let owner: PostgresConnection

  init() throws {
    fixture = try StoreFixture()
    guard case .server(let server) = fixture.configuration.database else {
      throw StoreError.schema([])
    }
    owner = try PostgresConnection(server, as: server.owner, .owner, service: "test")
  }

  /// Gives a letter another form than its own.
  private func change() throws {
    try owner.executeUnchanged(script: "UPDATE mesh_letters SET form = 'x' WHERE letter = 'Ω'")
  }

  private func form() throws -> [String] {
    try owner.rows("SELECT loose_text('Ω')") { (row) throws(StoreError) in
      try row.next(String.self)
    }
  }

  @Test func `are filled in again by another version of ICU or of the rules`() throws {
    #expect(try form() == [LooseText.form(of: "Ω")])
    try change()
    try owner.executeUnchanged(script: "COMMENT ON TABLE mesh_letters IS 'ICU 1, rules 1'")
    _ = try StoreFixture(reopening: fixture)
    #expect(try form() == [LooseText.form(of: "Ω")])
  }

  @Test func `are those of a database that has no version yet, filled in once`() throws {
    try change()
    try owner.executeUnchanged(script: "COMMENT ON TABLE mesh_letters IS NULL")
    _ = try StoreFixture(reopening: fixture)
    #expect(try form() == [LooseText.form(of: "Ω")])
    try change()
    _ = try StoreFixture(reopening: fixture)
    #expect(try form() == ["x"], "the same version leaves them as they are")
  }

  @Test(arguments: [
    "\u{304B}\u{3099}", "\u{304C}", "\u{30CF}\u{309A}", "й", "Й", "и\u{306}", "é", "e\u{301}", "Å",
    "\u{212B}", "ﬁn", "ǅ", "ᾴ", "α\u{301}\u{345}", "a\u{AD}b", "x\u{301}", "क\u{93C}", "가",
    "ᄀ\u{1161}",
    "か\u{FE00}", "葛\u{E0100}", "ΐ", "ẞ", "İ", "①", "㌔",
  ])
  func `make the form that memory makes`(text: String) throws {
    #expect(try forms(of: [text]) == [LooseText.form(of: text)])
  }

  @Test func `make the form that memory makes of every letter with a mark`() throws {
    let letters = [0x80...0x33FF, 0xA640...0xABFF, 0xF900...0xFFFF].joined()
      .compactMap { Unicode.Scalar($0 as UInt32) }
      .filter {
        switch $0.properties.generalCategory {
        case .unassigned, .nonspacingMark: false
        default: true
        }
      }
    for mark in ["", "\u{301}", "\u{308}", "\u{327}", "\u{3099}"] {
      // Ancient letters stand for others, to which a further mark belongs.
      let ancient: [ClosedRange<UInt32>] = [0x370...0x3FF, 0x1C80...0x1C88, 0x1F00...0x1FFF]
      let marked = letters.filter { letter in
        mark.isEmpty || !ancient.contains { $0.contains(letter.value) }
      }
      // As records keep them.
      let texts = marked.map { UnicodeText.composed("\($0)\(mark)") }
      let different = zip(texts, try forms(of: texts)).filter { $1 != LooseText.form(of: $0) }
      #expect(different.isEmpty, "\(different.count): \(different.prefix(20))")
    }
  }

  /// What the server makes of each text.
  private func forms(of texts: [String]) throws -> [String] {
    // Neither separator is in a text.
    try owner.rows(
      """
      SELECT loose_text(part)
      FROM unnest(string_to_array(\(texts.joined(separator: "\u{2}")), chr(2))) WITH ORDINALITY AS p (part, n)
      ORDER BY n
      """
    ) { (row) throws(StoreError) in try row.next(String.self) }
  }
}
