import MeshCore
import MeshTesting
import Synchronization
import Testing

@testable import MeshStore

@Suite(.enabled(if: TestDatabase.isPostgreSQL)) struct `A deadlock that the server ends` {
  /// An administrator's connection, which the server does not choose for its victim.
  private static func rival(_ server: PostgresServer) throws -> PostgresConnection {
    let rival = try PostgresConnection(
      server,
      as: .init(role: "postgres"),
      .owner,
      service: "rival"
    )
    try rival.executeUnchanged(script: "SET deadlock_timeout = '10min'")
    return rival
  }

  @Test func `has the transaction made again, also where that had only begun`() async throws {
    let fixture = try StoreFixture { configuration in
      guard case .server(var server) = configuration.database else { return }
      server.writers = 1
      configuration.database = .server(server)
    }
    guard case .server(let server) = fixture.configuration.database else { return }
    let keys = ["first", "second"].map { (name: $0, number: StoreLock.key("leads", acme, $0)) }
      .sorted { $0.number < $1.number }
    let rival = try Self.rival(server)
    // The store's side looks for a deadlock once the rival certainly waits.
    try rival.executeUnchanged(script: "ALTER ROLE leadmesh_tenants SET deadlock_timeout = '3s'")
    let reset = "ALTER ROLE leadmesh_tenants RESET deadlock_timeout"
    defer { try? rival.executeUnchanged(script: reset) }
    try rival.perform("SELECT pg_advisory_lock(\(keys[1].number))")
    let attempts = Count()
    async let written: Void = fixture.store.write(acme, as: .test) { transaction in
      let attempt = attempts.next()
      try transaction.lock(keys[0].name)
      // Now both are known to be needed, and are taken before the body runs again.
      if attempt == 1 { _ = try transaction.value("SELECT count(*) FROM leads", as: Int.self) }
      try transaction.lock(keys[1].name)
    }
    let waiting: SQL = """
      SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
      AND CAST(objid AS BIGINT) = \(keys[1].number & 0xFFFF_FFFF)
      """
    while try rival.integer(waiting) == 0 { await Task.yield() }
    try rival.perform("SELECT pg_advisory_lock(\(keys[0].number))")
    // The rival got it, as the store's side gave all of its locks back.
    try rival.executeUnchanged(script: "SELECT pg_advisory_unlock_all()")
    try await written
    #expect(attempts.next() == 3)
  }
}

private final class Count: Sendable {
  private let count = Atomic(0)

  func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
