import MeshCore
import MeshLoop
import MeshTesting
import Testing

@testable import MeshStore

@Suite(.enabled(if: TestDatabase.isSQLite)) @LoopActor struct `A point read` {
  private struct Refusal: Error, Equatable {}

  /// Whose reads count as long beyond `longest`, however busy the machine is.
  private func fixture(longest: Duration = .seconds(3_600)) throws -> StoreFixture {
    try StoreFixture {
      $0.longestPointRead = longest
      $0.restOfPointReads = .seconds(3_600)
    }
  }

  private func names(_ fixture: StoreFixture, _ tenant: TenantID) async throws -> [String] {
    try await fixture.store.readOne(tenant) { transaction in
      try transaction.rows("SELECT name FROM leads") { row in try row.next(String.self) }
    }
  }

  private func isOnLoop(_ fixture: StoreFixture) async throws -> Bool {
    try await fixture.store.readOne(acme) { _ in Loop.isCurrentThread }
  }

  @Test func `is made on the loop and sees the tenant's rows as they were last written`()
    async throws
  {
    let fixture = try fixture()
    for name in ["Ada", "Bo"] {
      _ = try await fixture.addLead(acme, name)
      #expect(try await names(fixture, acme).last == name)
    }
    #expect(try await names(fixture, globex).isEmpty)
    #expect(try await isOnLoop(fixture))
  }

  @Test func `gives what its body throws and changes nothing`() async throws {
    let fixture = try fixture()
    await #expect(throws: Refusal()) {
      try await fixture.store.readOne(acme) { _ in throw Refusal() }
    }
    await #expect(throws: StoreError.self) {
      try await fixture.store.readOne(acme) { transaction in
        _ = try transaction.rows("DELETE FROM leads RETURNING name") { row in
          try row.next(String.self)
        }
      }
    }
    #expect(try await isOnLoop(fixture))
  }

  @Test func `goes to another thread for a while after one that took long`() async throws {
    let fixture = try fixture(longest: .zero)
    #expect(try await isOnLoop(fixture))
    #expect(try await !isOnLoop(fixture))
  }

  @Test func `is refused by a store that is closed`() async throws {
    let fixture = try fixture()
    #expect(try await isOnLoop(fixture))
    fixture.store.close()
    // What closing leaves to the loop is done before this goes on.
    await withCheckedContinuation { done in Loop.shared.enqueue { done.resume() } }
    let error = await #expect(throws: MeshError.self) { try await isOnLoop(fixture) }
    #expect(error?.code == .unavailable)
  }
}
