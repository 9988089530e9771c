import MeshCore
import MeshTestScale
import Testing

@testable import MeshStore

@Suite struct `A text that contains another` {
  private let fixture: StoreFixture
  private static let index = SearchIndex(object: "lead")

  init() throws { fixture = try StoreFixture() }

  private func add(_ names: [String], _ tenant: TenantID = acme) async throws {
    try await fixture.store.write(tenant, as: .test) { transaction in
      for name in names {
        let id = transaction.ids.next(LeadKind.self)
        try transaction.execute("INSERT INTO leads (id, name) VALUES (\(id), \(name))")
        var text = SearchText()
        text.add(name)
        try Self.index.put(id.words, text, in: transaction)
      }
    }
  }

  /// Enough others to make the index worth asking.
  private func addOthers() async throws { try await add((0..<600).map { "Zz \($0 % 7)" }) }

  /// Names of what may contain a text; nil when the index does not say.
  private func found(_ part: String, _ tenant: TenantID = acme) async throws -> Set<String>? {
    try await fixture.store.read(tenant) { transaction in
      let pieces = SearchText.pieces(of: part)
      guard let ids = try Self.index.mayContain(pieces, in: transaction) else { return nil }
      let rows = try transaction.rows(
        """
        SELECT leads.id, leads.name FROM (\(ids)) AS narrowed CROSS JOIN leads
        WHERE leads.id = narrowed.id
        """
      ) { row in (id: try row.next(LeadID.self), name: try row.next(String.self)) }
      #expect(Set(rows.map(\.id)).count == rows.count)
      return Set(rows.map(\.name))
    }
  }

  @Test func `is found by what is inside of its words`() async throws {
    let names = ["Fenwick Quarries", "O'Brien-Smith", "Straße 12b", "ada@example.com", "Crème"]
    try await add(names)
    try await addOthers()
    #expect(try await found("enwic") == ["Fenwick Quarries"])
    #expect(try await found("wick Qua") == ["Fenwick Quarries"])
    #expect(try await found("'Brien-Sm") == ["O'Brien-Smith"])
    #expect(try await found("RASSE") == ["Straße 12b"])
    #expect(try await found("@examp") == ["ada@example.com"])
    #expect(try await found("CREM") == ["Crème"])
    #expect(try await found("quarrel") == [])
    #expect(try await found("wickqua") == [])
  }

  @Test func `is looked for without the index where that has nothing to say`() async throws {
    try await add(["Ada Lovelace"])
    #expect(try await found("lovel") == nil)
    try await addOthers()
    #expect(try await found("lovel") == ["Ada Lovelace"])
    for part in ["lo", "a L", "", "%", "山田太郎", "лов"] {
      #expect(try await found(part) == nil, "\(part)")
    }
    try await add((0..<100).map { "Lovely \($0)" })
    #expect(try await found("lovel") == nil)
  }

  @Test func `is found where too much of it for the index makes it one of those looked at`()
    async throws
  {
    let long = String(repeating: "ab", count: 40) + "xyz"
    let many = (0..<1_100).map { "w\($0)" }.joined(separator: " ") + " xyz"
    try await add([long, many])
    try await addOthers()
    #expect(try await found("xyz") == [long, many])
    #expect(try await found("qrs") == [long, many])
  }

  @Test func `is found by its new words once it has changed, and of its tenant alone`() async throws
  {
    try await add(["Hidden Treasure"], globex)
    try await addOthers()
    #expect(try await found("reasur") == [])
    try await fixture.store.write(acme, as: .test) { transaction in
      let ids = try transaction.rows("SELECT id FROM leads LIMIT 2") { row in
        try row.next(TenantID.self).words
      }
      for (id, word) in zip(ids, ["Platinum", "Palladium"]) {
        var text = SearchText()
        text.add(word)
        try Self.index.put(id, text, in: transaction)
        try transaction.execute("UPDATE leads SET name = \(word) WHERE id = \(id.bytes)")
      }
      var text = SearchText()
      text.add("Gold")
      try Self.index.put(ids[0], text, in: transaction)
      try Self.index.remove(ids[1], in: transaction)
    }
    #expect(try await found("atinu") == [])
    #expect(try await found("alladi") == [])
    #expect(try await found("gold") == ["Platinum"])
  }

  @Test(arguments: TestScale.seeds(4, long: 20))
  func `is found whatever it is and wherever the other is in it`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let letters = Array("abcdefghij0123 '-.@&+#_ßüéøİıæœŁñ山ж\u{301}ABCDEFGÅ’/")
    let names = (0..<300).map { _ in
      String(
        (0..<Int.random(in: 3...90, using: &random)).map { _ in
          letters.randomElement(using: &random)!
        }
      )
    }
    try await add(names)
    try await addOthers()
    var asked = 0
    for name in names {
      let start = Int.random(in: 0..<name.count, using: &random)
      let part = String(name.dropFirst(start).prefix(Int.random(in: 1...12, using: &random)))
      guard let found = try await found(part) else { continue }
      asked += 1
      let form = LooseText.form(of: part)
      for name in names where LooseText.form(of: name).contains(form) || name.contains(part) {
        #expect(found.contains(name), "\(part.debugDescription) in \(name.debugDescription)")
      }
    }
    #expect(asked > 50)
  }
}
