import MeshCore
import MeshLoop
import MeshTesting
import Testing

@testable import MeshStore

@Suite struct `Writers at the same time` {
  @Test func `count each other's work, whichever way they read it`() async throws {
    let fixture = try StoreFixture()
    let id = try await fixture.addLead(acme, "Counter")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<40 {
        group.addTask {
          try await fixture.store.write(acme, as: .test) { transaction in
            let score = try transaction.value(
              "SELECT score FROM leads WHERE id = \(id)",
              as: Int.self
            )
            try transaction.execute("UPDATE leads SET score = \((score ?? 0) + 1) WHERE id = \(id)")
          }
        }
      }
      try await group.waitForAll()
    }
    let score = try await fixture.store.read(acme) { transaction in
      try transaction.value("SELECT score FROM leads WHERE id = \(id)", as: Int.self)
    }
    #expect(score == 40)
  }

  @Test func `who take a lock see what its last holder did, also when they have read before`()
    async throws
  {
    let fixture = try StoreFixture()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<24 {
        group.addTask {
          try await fixture.store.write(acme, as: .test) { transaction in
            if index.isMultiple(of: 2) { _ = try transaction.value("SELECT 1", as: Int.self) }
            try transaction.lock("rotation")
            let count = try transaction.value("SELECT count(*) FROM leads", as: Int.self)
            try transaction.execute(
              """
              INSERT INTO leads (id, name, score)
              VALUES (\(transaction.ids.next(LeadKind.self)), 'Lead', \(count ?? -1))
              """
            )
          }
        }
      }
      try await group.waitForAll()
    }
    let scores = try await fixture.store.read(acme) { transaction in
      try transaction.rows("SELECT score FROM leads ORDER BY score") { try $0.next(Int.self) }
    }
    #expect(scores == Array(0..<24))
  }

  @Test func `with the same key do it once, and all hear the same`() async throws {
    let fixture = try StoreFixture()
    let ids = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<16 {
        group.addTask {
          try await fixture.store.write(acme, as: .test) { transaction in
            try transaction.once(
              key: "the same",
              method: "Create",
              requestHash: [1],
              encode: { $0 },
              decode: { $0 }
            ) {
              let id = transaction.ids.next(LeadKind.self)
              try transaction.execute("INSERT INTO leads (id, name) VALUES (\(id), 'Lead')")
              return id.bytes
            }
          }
        }
      }
      return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
    }
    let count = try await fixture.store.read(acme) { transaction in
      try transaction.value("SELECT count(*) FROM leads", as: Int.self)
    }
    #expect(ids.count == 1 && count == 1)
  }

  @Test func `follow one another when they name a lock before they begin`() async throws {
    let fixture = try StoreFixture()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<24 {
        group.addTask {
          try await fixture.store.write(acme, as: .test, lock: "rotation") { transaction in
            let count = try transaction.value("SELECT count(*) FROM leads", as: Int.self)
            try transaction.execute(
              """
              INSERT INTO leads (id, name, score)
              VALUES (\(transaction.ids.next(LeadKind.self)), 'Lead', \(count ?? -1))
              """
            )
          }
        }
      }
      try await group.waitForAll()
    }
    let scores = try await fixture.store.read(acme) { transaction in
      try transaction.rows("SELECT score FROM leads ORDER BY score") { try $0.next(Int.self) }
    }
    #expect(scores == Array(0..<24))
  }

  @Test(.enabled(if: TestDatabase.isPostgreSQL))
  @LoopActor func `leave the work in the background to one store, and then to the next`()
    async throws
  {
    let first = try StoreFixture()
    await first.store.lease.becomes(true)
    let second = try StoreFixture(reopening: first)
    for _ in 0..<30 { try await second.changeNumbers() }
    #expect(!second.store.lease.isHeld)
    first.store.close()
    await second.store.lease.becomes(true)
    #expect(second.store.lease.isHeld)
  }

  @Test(.enabled(if: TestDatabase.isPostgreSQL))
  func `show readers of the log no change before one that may still come`() async throws {
    let fixture = try StoreFixture()
    let store = fixture.store
    let (begun, ended) = (Completion(), Completion())
    let slow = Task {
      try await store.write(acme, as: .test) { transaction in
        try transaction.record(Change(action: "create", object: "lead", id: "slow"))
        begun.signal()
        ended.wait()
      }
    }
    await begun.passed()
    try await store.write(acme, as: .test) { transaction in
      try transaction.record(Change(action: "create", object: "lead", id: "quick"))
    }
    let early = try await store.changes(after: 0, max: 10)
    #expect(early.entries.isEmpty && early.position == 0)
    ended.signal()
    try await slow.value
    try await fixture.changeNumbers()
    let all = try await store.changes(after: early.position, max: 10)
    #expect(all.entries.map(\.id) == ["slow", "quick"])
  }
}
