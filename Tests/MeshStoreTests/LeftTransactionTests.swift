import MeshCore
import MeshTesting
import Synchronization
import Testing

@testable import MeshStore

@Suite(.enabled(if: TestDatabase.isPostgreSQL)) struct `A transaction that is left open` {
  /// Waits until no transaction of the service is open that does nothing.
  private static func waitUntilNoneIsIdle(_ server: PostgresServer) throws {
    let connection = try PostgresConnection(server, as: server.tenants, .tenant, service: "probe")
    let end = ContinuousClock.now + .seconds(20)
    let count: SQL = """
      SELECT count(*) FROM pg_stat_activity
      WHERE application_name = 'leads' AND state LIKE 'idle in transaction%'
      """
    while try connection.integer(count) > 0 {
      if ContinuousClock.now > end { throw CancellationError() }
    }
  }

  @Test func `is ended by the server, and made again`() async throws {
    let fixture = try StoreFixture { $0.longestPause = .milliseconds(50) }
    guard case .server(let server) = fixture.configuration.database else { return }
    let attempts = Attempts()
    try await fixture.store.write(acme, as: .test) { transaction in
      let id = transaction.ids.next(LeadKind.self)
      try transaction.execute("INSERT INTO leads (id, name) VALUES (\(id), 'Lead')")
      if attempts.next() == 1 { try Self.waitUntilNoneIsIdle(server) }
      try transaction.execute("UPDATE leads SET score = score + 1 WHERE id = \(id)")
    }
    #expect(attempts.next() == 3)
    #expect(try await fixture.names(acme) == ["Lead"])
  }
}

private final class Attempts: Sendable {
  private let count = Atomic(0)

  func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
