import Testing

@testable import MeshCore
@testable import MeshStore

@Suite struct `A part of a transaction` {
  private struct Refusal: Error, Equatable {}

  private func add(_ name: String, _ transaction: WriteTransaction) throws -> LeadID {
    let id = transaction.ids.next(LeadKind.self)
    try transaction.execute("INSERT INTO leads (id, name) VALUES (\(id), \(name))")
    var text = SearchText()
    text.add(name)
    try SearchIndex(object: "lead").put(id.words, text, in: transaction)
    try transaction.record(Change(action: "create", object: "lead", id: "\(id)"))
    return id
  }

  private func found(_ word: String, _ fixture: StoreFixture) async throws -> Int {
    try await fixture.store.read(acme) { transaction in
      let matches = try SearchIndex(object: "lead").matches(word, in: transaction)
      return try matches.map { matches in
        try transaction.rows("SELECT found.id FROM \(matches.found)") { try $0.next([UInt8].self) }
          .count
      } ?? 0
    }
  }

  @Test func `leaves nothing when it throws, and the rest goes on`() async throws {
    let fixture = try StoreFixture()
    try await fixture.store.write(acme, as: .test) { transaction in
      _ = try add("Before", transaction)
      #expect(throws: Refusal()) {
        try transaction.attempt {
          _ = try add("Inside", transaction)
          throw Refusal()
        }
      }
      #expect(throws: StoreError.self) {
        try transaction.attempt { try transaction.execute("INSERT INTO leads (id) VALUES (NULL)") }
      }
      let value = try transaction.attempt { try add("Kept", transaction) }
      #expect(try transaction.value("SELECT count(*) FROM leads WHERE id = \(value)") == 1)
    }
    #expect(try await fixture.names(acme) == ["Before", "Kept"])
    let changes = try await fixture.store.changes(after: 0, max: 10)
    #expect(changes.entries.count == 2 && changes.position == changes.entries[1].sequence)
    #expect(try await found("before", fixture) == 1)
    #expect(try await found("kept", fixture) == 1)
    #expect(try await found("inside", fixture) == 0)
  }

  @Test func `shows what would be and leaves nothing when it is rehearsed`() async throws {
    let fixture = try StoreFixture()
    try await fixture.store.write(acme, as: .test) { transaction in
      let count = try transaction.attempt(rehearsing: true) { () throws -> Int? in
        let id = try add("Inside", transaction)
        return try transaction.value("SELECT count(*) FROM leads WHERE id = \(id)")
      }
      #expect(count == 1)
      #expect(throws: Refusal()) {
        try transaction.attempt(rehearsing: true) { () throws -> Void in throw Refusal() }
      }
      _ = try add("Kept", transaction)
    }
    #expect(try await fixture.names(acme) == ["Kept"])
    #expect(try await fixture.store.changes(after: 0, max: 10).entries.count == 1)
    #expect(try await found("inside", fixture) == 0)
  }
}
