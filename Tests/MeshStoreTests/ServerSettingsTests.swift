import MeshTesting
import Testing

@testable import MeshCore
@testable import MeshStore

@Suite(.enabled(if: TestDatabase.isPostgreSQL)) struct `What a server sets for a role` {
  private let folder = TemporaryFolder()

  /// A schema with roles of its own, called after `name`.
  private func place(_ name: String, schema: String) throws -> StoreConfiguration {
    var configuration = try TestDatabase.make("leads", in: folder.path)
    guard case .server(var server) = configuration.database else { return configuration }
    server.schema = schema
    server.owner = .init(role: "\(name)_owner", password: "owner")
    server.tenants = .init(role: "\(name)_tenants", password: "tenants")
    server.system = .init(role: "\(name)_system", password: "system")
    try PostgresPreparation.run(server, as: .init(role: "postgres"))
    configuration.database = .server(server)
    return configuration
  }

  private func server(_ place: StoreConfiguration) throws -> PostgresServer {
    guard case .server(let server) = place.database else { throw CancellationError() }
    return server
  }

  private func asAdministrator(_ place: StoreConfiguration, _ script: String) throws {
    let connection = try PostgresConnection(
      try server(place),
      as: .init(role: "postgres"),
      .system,
      service: "test"
    )
    try connection.execute(script: script)
  }

  private func makeStore(_ place: StoreConfiguration) throws -> Store {
    try Store(configuration: place, migrations: [StoreFixture.migration])
  }

  @Test func `ends neither a backup nor a restore that takes longer`() throws {
    let from = try place("hurried", schema: "hurried_from")
    let to = try place("hurried", schema: "hurried_to")
    for place in [from, to] { _ = try makeStore(place) }
    let times = [
      "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout",
      "idle_session_timeout",
    ]
    for role in ["hurried_owner", "hurried_system"] {
      let script = times.map { "ALTER ROLE \(role) SET \($0) = 20;" }.joined()
      try asAdministrator(from, script)
    }
    let takesLong = "SELECT pg_sleep(0.2)"

    let snapshots = try PostgresSnapshots.open([try server(from)])
    try #require(snapshots.count == 1)
    try snapshots[0].perform("SELECT pg_sleep(0.2)")
    try asAdministrator(from, takesLong)
    let schema = try StoredSchema(snapshots[0])

    let filling = try StoreFilling(to, schema)
    try asAdministrator(from, takesLong)
    try filling.begin("leads", ["tenant_id", "id", "name", "score"])
    try filling.endTable()
    try filling.commit()

    try EmptySchema.clear(to)
  }

  @Test func `is a database that cannot be reached, where it takes no writes`() async throws {
    let place = try place("readonly", schema: "readonly")
    try asAdministrator(
      place,
      "ALTER ROLE readonly_tenants SET default_transaction_read_only = on"
    )
    let store = try makeStore(place)
    let error = await #expect(throws: MeshError.self) {
      try await store.write(acme, as: .test) { transaction in
        try transaction.execute("INSERT INTO leads (id, name) VALUES (\(LeadID.some), 'A')")
      }
    }
    #expect(error?.code == .unavailable)
    let count = try await store.read(acme) { transaction in
      try transaction.rows("SELECT count(*) FROM leads") { try $0.next(Int.self) }
    }
    #expect(count == [0])
  }

  @Test func `differs from a defect of a transaction that only reads, and writes`() async throws {
    let store = try makeStore(try place("defective", schema: "defective"))
    await #expect(throws: StoreError.self) {
      try await store.read(acme) { transaction in
        try transaction.session.runOwn("INSERT INTO leads (id, name) VALUES (\(LeadID.some), 'A')")
      }
    }
  }
}
