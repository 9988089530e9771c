import MeshCore
import Testing

@testable import MeshStore

@Suite struct `Searching` {
  private let fixture: StoreFixture
  private static let index = SearchIndex(object: "lead")

  // A busy server takes longer than the tests are about.
  init() throws { fixture = try StoreFixture { $0.readBudget = .seconds(60) } }

  private func add(
    _ tenant: TenantID = acme,
    _ name: String,
    phone: String = ""
  ) async throws -> LeadID {
    try await fixture.store.write(tenant, as: .test) { transaction in
      try Self.insert(name, phone: phone, transaction)
    }
  }

  private static func insert(
    _ name: String,
    phone: String = "",
    _ transaction: WriteTransaction
  ) throws -> LeadID {
    let id = transaction.ids.next(LeadKind.self)
    try transaction.execute("INSERT INTO leads (id, name) VALUES (\(id), \(name))")
    var text = SearchText()
    text.add(name)
    text.addPhone(phone)
    try index.put(id.words, text, in: transaction)
    return id
  }

  private func fill(
    _ count: Int,
    _ tenant: TenantID = acme,
    name: @escaping @Sendable (Int) -> String
  )
    async throws
  {
    try await fixture.store.write(tenant, as: .test) { transaction in
      for index in 0..<count { _ = try Self.insert(name(index), transaction) }
    }
  }

  /// Names of what is found, newest first.
  private func find(
    _ text: String,
    _ tenant: TenantID = acme,
    size: Int32 = 10
  ) async throws -> [String] {
    var names: [String] = []
    var token = ""
    repeat {
      let after = token
      let page = try await fixture.store.read(tenant) { transaction in
        guard let matches = try Self.index.matches(text, in: transaction) else {
          return Page(elements: ["everything"], nextToken: "")
        }
        return try transaction.page(
          "leads.name",
          from: "\(matches.found) CROSS JOIN leads",
          where: "leads.id = found.id",
          by: SearchMatches.newestFirst,
          try PageRequest(size: size, token: after),
          bound: [text]
        ) { try $0.next(String.self) }
      }
      names += page.elements
      token = page.nextToken
    } while !token.isEmpty
    return names
  }

  @Test(arguments: [
    ("Müller-Lüdenscheid", ["mueller", "muller", "Müller", "luedenscheid", "muellerluedenscheid"]),
    ("Mueller", ["müller", "muller", "mueller"]), ("Straße", ["strasse", "straße"]),
    ("Søren Ærø", ["soren", "soeren", "søren", "aero"]), ("Soeren", ["søren", "sören"]),
    ("Łukasz Đorđe", ["lukasz", "dorde"]), ("Grünhaeuser", ["grünhäuser", "gruenhaeuser"]),
    ("Bauer Quelle", ["bauer", "quelle"]),
  ])
  func `finds letters with marks however a keyboard writes them`(name: String, queries: [String])
    async throws
  {
    _ = try await add(acme, name)
    for query in queries { #expect(try await find(query) == [name], "\(query)") }
    #expect(try await find("baur") == [], "a vowel before tells that no letter is meant")
  }

  @Test(arguments: [
    ("Order 00012345", ["00012345", "0001234", "order 00012345", "12345"]),
    ("Ring 04908180", ["04908180", "ring 0490818"]), ("Part 0800-123456", ["0800-123456"]),
    ("Key 0000000", ["key", "key 000000"]), ("Wanda 0488689a", ["0488689", "wanda 0488689a"]),
  ])
  func `finds a number that begins with zeros`(name: String, queries: [String]) async throws {
    _ = try await add(acme, name)
    for query in queries { #expect(try await find(query) == [name], "\(query)") }
    #expect(try await find("00012346").isEmpty)
  }

  @Test func `finds a telephone number by its extension, too`() async throws {
    _ = try await add(acme, "Ada", phone: "+12125550143 ext. 12")
    for query in ["2125550143", "555 0143", "0143", "+1 212 555 0143 ext. 12", "555-0143 x12"] {
      #expect(try await find(query) == ["Ada"], "\(query)")
    }
    #expect(try await find("555-0143 x13") == [])
  }

  @Test(arguments: [
    ("ada", true), ("LOVELACE", true), ("love", true), ("ada lov", true), ("lovelace ada", true),
    ("lov ada", false), ("ove", false), ("ada byron", false), ("zoe", true), ("zoë", true),
    ("strasse", true), ("STRAẞE", true), ("obrien", true), ("o'brien", true), ("O’Brien", true),
    ("ada@example.co.uk", true), ("example.co", true), ("@example", true),
    ("ada@example.org", false),
    ("山田", true), ("田", true), ("αθηνα", true), ("łódź", true), ("lodz", true),
    ("\"ada\" OR \"x\"", false), ("ada*", true), ("NEAR(ada lovelace)", false), ("(ada", true),
    ("14155550123", true), ("+1 (415) 555-0123", true), ("415 555 0123", true), ("555-0123", true),
    ("0123", true), ("0014155550123", true), ("415 555", true), ("ada 5550123", true),
    ("555 9999", false), ("ada 415555012345", false), ("-- ; ' ?", false),
    ("brien", true), ("o", true), ("c++", false), ("zoe!", true), ("zoe<>", true), ("<o>", false),
    ("o & a", false), ("<>", false),
  ])
  func `finds by whole words and the last one's beginning`(query: String, isFound: Bool)
    async throws
  {
    let name = "Ada Lovelace Zoë Straße O'Brien ada@example.co.uk 山田太郎 Αθήνα Łódź"
    _ = try await add(acme, name, phone: "+1 415-555-0123")
    let few = try await find(query)
    #expect(few.isEmpty != isFound)
    // Enough other documents to make the words rare ones, which the index finds.
    try await fill(600) { "Other \($0)" }
    let rare = try await find(query)
    #expect(rare.contains(name) == isFound || rare == ["everything"])
  }

  @Test(arguments: [
    ("O'Neill", "neill", true), ("D’Amico", "amico", true), ("L'Huillier", "huillier", true),
    ("Dell'Acqua", "acqua", true), ("Dell'Acqua", "dellacqua", true), ("O'Neill", "o'nei", true),
    ("Müller-Lüdenscheid", "ludenscheid", true), ("Müller-Lüdenscheid", "müller", true),
    ("Müller-Lüdenscheid", "müller-lüd", true), ("Müller-Lüdenscheid", "mullerludenscheid", true),
    ("Anne\u{2010}Marie", "marie", true), ("지우 박", "박지우", true), ("대한물산", "물산", true),
    ("대한물산", "물건", false), ("Ａｃｍｅ", "acme", true), ("Acme", "Ａｃｍｅ", true),
    ("أحمد", "احمد", true), ("Ünal", "U\u{308}nal", true),
    ("C++ Works", "c++", true), ("C++ Works", "c", true), ("C++ Works", "works c++", true),
    ("Cargo Carl", "c++", false), ("C# Works", "c++", false), ("C# Works", "c#", true),
    ("100% Cotton", "%", true), ("100% Cotton", "100%", true), ("100 Cotton", "100%", false),
    ("Johnson & Johnson", "&", true), ("Johnson and Johnson", "johnson & johnson", true),
    ("Acme", "%", false), ("Acme", "*", false), ("Acme", "\"", false), ("Acme", "...", false),
    ("Acme 🚀", "🚀", true), ("Acme", "🚀", false), ("Acme", "\"acme\"", true),
    ("ada+news@example.com", "ADA+news@Example.com", true),
  ])
  func `finds parts of words, in any script and with signs that count`(
    name: String,
    query: String,
    isFound: Bool
  ) async throws {
    _ = try await add(acme, name)
    #expect(try await find(query) == (isFound ? [name] : []))
    try await fill(600) { "Other \($0)" }
    #expect(try await find(query) == (isFound ? [name] : []))
  }

  @Test func `gives every document once, newest first, whichever way it goes`() async throws {
    try await fill(700) { $0.isMultiple(of: 100) ? "Rare Number\($0)" : "Common Number\($0)" }
    let rare = stride(from: 600, through: 0, by: -100).map { "Rare Number\($0)" }
    #expect(try await find("rare", size: 3) == rare)
    let common = (0..<700).reversed().filter { !$0.isMultiple(of: 100) }
    #expect(try await find("common", size: 100) == common.map { "Common Number\($0)" })
    #expect(try await find("com", size: 1000).count == 693)
    #expect(try await find("number69").count == 11)
  }

  @Test func `finds common words that are rarely together`() async throws {
    try await fill(700) { index in
      index == 350 ? "red round" : index.isMultiple(of: 2) ? "red square" : "blue round"
    }
    #expect(try await find("red round") == ["red round"])
    #expect(try await find("round red") == ["red round"])
    #expect(try await find("re roun").isEmpty)
    #expect(try await find("red roun") == ["red round"])
  }

  @Test func `shows nothing of another tenant`() async throws {
    try await fill(600, globex) { "Ada Secret\($0)" }
    try await fill(600) { "Bob \($0)" }
    _ = try await add(acme, "Ada Own")
    #expect(try await find("ada") == ["Ada Own"])
    #expect(try await find("secret").isEmpty)
    #expect(try await find("ada", globex, size: 1000).count == 600)
  }

  @Test func `shows nothing of another tenant that shares its mark`() async throws {
    // The documents are put under acme's mark, as if both marks were the same.
    try await fixture.store.write(globex, as: .test) { transaction in
      let id = try Self.insert("Hidden", transaction)
      let entry = try transaction.session.firstOwn(
        "SELECT entry FROM main.mesh_documents WHERE document_id = \(id)"
      ) { try $0.next(Int64.self) }
      transaction.session.note(
        SearchUpdate(
          before: nil,
          after: IndexedDocument(
            entry: try #require(entry),
            tenant: acme,
            object: "lead",
            words: " hidden ",
            hasParts: true
          )
        )
      )
    }
    try await fill(600) { "Bob \($0)" }
    #expect(try await find("hidden").isEmpty)
  }

  @Test func `follows changes and removals in the transaction that makes them`() async throws {
    try await fill(600) { "Other \($0)" }
    let id = try await add(acme, "Ada")
    struct Refusal: Error {}
    await #expect(throws: Refusal.self) {
      try await fixture.store.write(acme, as: .test) { transaction in
        try Self.index.remove(id.words, in: transaction)
        throw Refusal()
      }
    }
    #expect(try await find("ada") == ["Ada"])
    try await fixture.store.write(acme, as: .test) { transaction in
      var text = SearchText()
      text.add("Byron")
      try Self.index.put(id.words, text, in: transaction)
      text.add("King")
      try Self.index.put(id.words, text, in: transaction)
    }
    #expect(try await find("ada").isEmpty)
    #expect(try await find("byron king") == ["Ada"])
    try await fixture.store.write(acme, as: .test) { transaction in
      try Self.index.remove(id.words, in: transaction)
    }
    #expect(try await find("byron").isEmpty)
  }

  @Test(arguments: ["rare", "common"])
  func `narrows a list in another order`(word: String) async throws {
    try await fill(700) { $0.isMultiple(of: 100) ? "Rare \($0)" : "Common \($0)" }
    let names = try await fixture.store.read(acme) { transaction in
      let matches = try #require(try Self.index.matches(word, in: transaction))
      return try transaction.rows(
        """
        SELECT name FROM leads WHERE \(matches.contains("leads.id")) AND name < \("Rare 4")
        ORDER BY name LIMIT 3
        """
      ) { try $0.next(String.self) }
    }
    let expected = [
      "rare": ["Rare 0", "Rare 100", "Rare 200"],
      "common": ["Common 1", "Common 10", "Common 101"],
    ]
    #expect(names == expected[word])
  }

  @Test func `is not a way to the store's tables`() async throws {
    await #expect(throws: StoreError.self) {
      try await fixture.store.write(acme, as: .test) { transaction in
        let matches = try #require(try Self.index.matches("ada", in: transaction))
        try transaction.execute(
          "DELETE FROM mesh_documents WHERE \(matches.contains("document_id"))"
        )
      }
    }
    await #expect(throws: StoreError.self) {
      try await fixture.store.read(acme) { transaction in
        let matches = try #require(try Self.index.matches("ada", in: transaction))
        return try transaction.rows(
          "SELECT found.id, (SELECT count(*) FROM mesh_changes) FROM \(matches.found)"
        ) {
          try $0.next(Int.self)
        }
      }
    }
  }

  @Test func `keeps to a thousand words and the first letters of long ones`() {
    var text = SearchText()
    text.add((0..<2000).map { "word\($0)" }.joined(separator: " "))
    #expect(text.words.count == SearchText.mostWords)
    let long = SearchTerm.terms(of: String(repeating: "a", count: 500)).flatMap(\.parts)
    #expect(long.map(\.utf8.count) == [64])
    #expect(SearchQuery(String(repeating: "a", count: 70)).words.map(\.text) == long)
  }
}
