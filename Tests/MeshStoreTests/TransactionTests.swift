import MeshCore
import MeshTesting
import Synchronization
import Testing

@testable import MeshStore

@Suite struct `Transactions of a tenant` {
  private struct Refusal: Error, Equatable {}

  @Test func `give back what was written`() async throws {
    let fixture = try StoreFixture()
    let id = try await fixture.addLead(acme, "Ada", score: 7)
    let found = try await fixture.store.read(acme) { transaction in
      try transaction.first("SELECT id, name, score, email FROM leads") { row in
        (
          try row.next(LeadID.self), try row.next(String.self), try row.next(Int.self),
          try row.next(String?.self)
        )
      }
    }
    #expect(found?.0 == id)
    #expect(found?.1 == "Ada")
    #expect(found?.2 == 7)
    #expect(found.map { $0.3 == nil } == true)
  }

  @Test func `leave nothing of a body that throws`() async throws {
    let fixture = try StoreFixture()
    await #expect(throws: Refusal()) {
      try await fixture.store.write(acme, as: .test) { transaction in
        try transaction.execute("INSERT INTO leads (id, name) VALUES (\(LeadID.some), 'Ada')")
        try transaction.record(Change(action: "create", object: "lead", id: "lead_1"))
        throw Refusal()
      }
    }
    #expect(try await fixture.names(acme).isEmpty)
    let changes = try await fixture.store.changes(after: 0, max: 10)
    #expect(changes.entries.isEmpty)
  }

  @Test func `change the rows they say and count them`() async throws {
    let fixture = try StoreFixture()
    for score in 1...3 { _ = try await fixture.addLead(acme, "Lead", score: score) }
    let changed = try await fixture.store.write(acme, as: .test) { transaction in
      try transaction.execute("UPDATE leads SET name = 'Warm' WHERE score > \(1) OR score = 100")
    }
    #expect(changed == 2)
    let deleted = try await fixture.store.write(acme, as: .test) { transaction in
      try transaction.execute("DELETE FROM leads")
    }
    #expect(deleted == 3)
  }

  @Test func `cannot be used after their body`() async throws {
    let fixture = try StoreFixture()
    final class Escape: @unchecked Sendable {
      // Touched by the store thread, then by the test after that has answered.
      var transaction: ReadTransaction?
    }
    let escape = Escape()
    try await fixture.store.read(acme) { escape.transaction = $0 }
    #expect(throws: StoreError.transactionEnded) {
      try escape.transaction?.rows("SELECT 1") { try $0.next(Int.self) }
    }
  }

  @Test func `cannot write while reading`() async throws {
    let fixture = try StoreFixture()
    await #expect(throws: StoreError.self) {
      try await fixture.store.read(acme) { transaction in
        try transaction.rows(
          "INSERT INTO leads (id, name) VALUES (\(LeadID.some), 'Ada') RETURNING id"
        ) {
          try $0.next(LeadID.self)
        }
      }
    }
    #expect(try await fixture.names(acme).isEmpty)
  }

  @Test func `see one state while others write`() async throws {
    let fixture = try StoreFixture()
    let store = fixture.store
    let count: SQL = "SELECT count(*) FROM leads"
    let counts = try await store.read(acme) { transaction in
      let before = try transaction.value(count, as: Int.self)
      let written = Completion()
      // The store's own threads are waited for here, as no caller of a real one would.
      Task {
        _ = try await fixture.addLead(acme, "Ada")
        written.signal()
      }
      written.wait()
      return (before, try transaction.value(count, as: Int.self))
    }
    #expect(counts.0 == 0)
    #expect(counts.1 == 0)
    #expect(try await fixture.names(acme) == ["Ada"])
  }

  @Test func `say which unique key is taken`() async throws {
    let fixture = try StoreFixture()
    let key = TestDatabase.isSQLite ? "leads.tenant_id, leads.email" : "leads_tenant_id_email_key"
    await #expect(throws: StoreError.unique(key)) {
      try await fixture.store.write(acme, as: .test) { transaction in
        for _ in 1...2 {
          try transaction.execute(
            """
            INSERT INTO leads (id, name, email)
            VALUES (\(transaction.ids.next(LeadKind.self)), 'Ada', 'ada@example.com')
            """
          )
        }
      }
    }
  }

  @Test func `run a query inside the rows of the same query`() async throws {
    let fixture = try StoreFixture()
    for name in ["Ada", "Bob"] { _ = try await fixture.addLead(acme, name) }
    let pairs = try await fixture.store.read(acme) { transaction in
      let names: SQL = "SELECT name FROM leads ORDER BY name"
      return try transaction.rows(names) { row in
        let name = try row.next(String.self)
        return try transaction.rows(names) { name + (try $0.next(String.self)) }
      }
    }
    #expect(pairs == [["AdaAda", "AdaBob"], ["BobAda", "BobBob"]])
  }
}

extension LeadID {
  static let some = LeadID(high: 7, low: 7)
}
