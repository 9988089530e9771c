import CSQLite
import FoundationEssentials
import MeshCore
import MeshLoop
import MeshTesting
import Testing

@testable import MeshStore

/// The same trigger for either engine.
private let trigger =
  TestDatabase.isSQLite
  ? "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END"
  : """
  CREATE TRIGGER r BEFORE UPDATE ON t
  FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()
  """

@Suite struct `The schema of a store` {
  private static func migration(_ name: String, _ sql: String) -> Migration {
    Migration(name, Array(sql.utf8))
  }

  private static let second = migration(
    "m0002_add_city",
    "ALTER TABLE leads ADD COLUMN city TEXT NOT NULL DEFAULT ''"
  )

  private func columns(_ fixture: StoreFixture) async throws -> Set<String> {
    try await fixture.store.systemRead { transaction in
      try transaction.session.connection.columns(of: "leads")
    }
  }

  @Test func `is brought forward step by step, each once`() async throws {
    let first = try StoreFixture()
    _ = try await first.addLead(acme, "Ada")
    #expect(first.store.schema == SchemaVersion(applied: 1, known: 1))
    for _ in 1...2 {
      let next = try StoreFixture(
        reopening: first,
        migrations: [Self.second, StoreFixture.migration]
      )
      #expect(next.store.schema == SchemaVersion(applied: 2, known: 2))
      #expect(try await columns(next).contains("city"))
      #expect(try await next.names(acme) == ["Ada"])
    }
  }

  @Test func `has an index of just those commands about whose subject no other begins`() {
    let condition = "WHERE subject <> '' AND \(StoredCommand.holdSubject.text);"
    for dialect in [Dialect.sqlite, .postgres] {
      let scripts = StoreTables.scripts(dialect)
      #expect(scripts.contains { $0.contains(condition) })
    }
  }

  @Test func `is refused when it is newer than the code`() async throws {
    let new = try StoreFixture(migrations: [StoreFixture.migration, Self.second])
    let error = #expect(throws: StoreError.self) { try StoreFixture(reopening: new) }
    #expect(
      error
        == .migration(
          name: "m0002_add_city",
          reason: "is of a newer release; start that release or a newer one"
        )
    )
  }

  @Test func `is refused when a newer release has made tables of the store's own`() throws {
    let new = try StoreFixture()
    try new.noteStoreVersion(1_000)
    let error = #expect(throws: StoreError.self) { try StoreFixture(reopening: new) }
    guard case .cannotOpen(_, let reason) = error else {
      Issue.record("opened or failed otherwise: \(String(describing: error))")
      return
    }
    #expect(reason == "a newer release has changed it; start that release or a newer one")
  }

  @Test func `may be older than the code, which says that it is not current`() async throws {
    let old = try StoreFixture()
    let new = try StoreFixture(
      reopening: old,
      migrations: [StoreFixture.migration, Self.second]
    ) { $0.migrates = false }
    #expect(new.store.schema == SchemaVersion(applied: 1, known: 2))
    #expect(!new.store.schema.isCurrent)
    _ = try await new.addLead(acme, "Ada")
  }

  @Test func `is not made where migrations are not`() throws {
    let error = #expect(throws: StoreError.self) { try StoreFixture { $0.migrates = false } }
    guard case .cannotOpen(_, let reason) = error else {
      Issue.record("opened or failed otherwise: \(String(describing: error))")
      return
    }
    #expect(reason == "its tables are those of an earlier release; start with migrations first")
  }

  @Test(.enabled(if: TestDatabase.isPostgreSQL), .timeLimit(.minutes(2)))
  func `is made by one of the processes that start at the same time, and the others wait`()
    async throws
  {
    let folder = TemporaryFolder()
    let configuration = try TestDatabase.make("leads", in: folder.path)
    guard case .server(let server) = configuration.database else { return }
    let first = try PostgresConnection(server, as: server.owner, .owner, service: "first")
    try first.perform("SELECT pg_advisory_lock(\(StoreLock.key(server.schema, "schema")))")
    let opened = try await withThrowingTaskGroup(of: SchemaVersion.self) { group in
      for _ in 1...3 {
        group.addTask {
          try await BlockingPool.shared.run {
            let migrations = [StoreFixture.migration, Self.second]
            let store = try Store(configuration: configuration, migrations: migrations)
            defer { store.close() }
            return store.schema
          }
        }
      }
      let waiting: SQL = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
      while try first.integer(waiting) < 3 {
        try Task.checkCancellation()
        await Task.yield()
      }
      #expect(try first.columns(of: "mesh_migrations").isEmpty, "they wait with all they do")
      try first.perform("SELECT pg_advisory_unlock_all()")
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(opened == Array(repeating: SchemaVersion(applied: 2, known: 2), count: 3))
    #expect(try first.integer("SELECT count(*) FROM main.mesh_migrations") == 2)
  }

  @Test func `is refused when a step differs from the one applied`() throws {
    let fixture = try StoreFixture()
    let other = Self.migration("m0001_create_leads", "SELECT 1")
    #expect(
      throws: StoreError.migration(
        name: "m0001_create_leads",
        reason: "differs from the one applied"
      )
    ) { try StoreFixture(reopening: fixture, migrations: [other]) }
  }

  @Test(arguments: [
    ["m0002_x"], ["m0001_x", "m0003_y"], ["m0001_x", "m0001_y"], ["x"], ["m1_x"], ["m0001x"],
  ])
  func `is refused when steps are not numbered one after the other`(names: [String]) throws {
    #expect(throws: StoreError.self) {
      try StoreFixture(migrations: names.map { Self.migration($0, "SELECT 1") })
    }
  }

  @Test func `keeps nothing of a step that fails`() async throws {
    let fixture = try StoreFixture()
    let broken = Self.migration(
      "m0002_break",
      "ALTER TABLE leads ADD COLUMN city TEXT NOT NULL DEFAULT ''; INSERT INTO nowhere VALUES (1)"
    )
    #expect(throws: StoreError.self) {
      try StoreFixture(reopening: fixture, migrations: [StoreFixture.migration, broken])
    }
    let again = try StoreFixture(
      reopening: fixture,
      migrations: [StoreFixture.migration, Self.second]
    )
    #expect(try await columns(again).contains("city"))
  }

  @Test(arguments: [
    ("CREATE TABLE t (tenant_id BYTEA, id BYTEA PRIMARY KEY)", "primary key"),
    ("CREATE TABLE t (tenant_id BYTEA, id BYTEA)", "primary key"),
    ("CREATE TABLE t (tenant_id BYTEA PRIMARY KEY, a TEXT UNIQUE)", "unique key"),
    (
      "CREATE TABLE t (tenant_id BYTEA PRIMARY KEY, a TEXT); CREATE UNIQUE INDEX i ON t (a, tenant_id)",
      "unique key i"
    ),
    (
      """
      CREATE TABLE p (id BYTEA PRIMARY KEY);
      CREATE TABLE t (tenant_id BYTEA PRIMARY KEY, p BYTEA REFERENCES p (id))
      """, "foreign key"
    ),
    ("CREATE VIEW v AS SELECT 1", "view v"),
    ("CREATE TABLE t (tenant_id BYTEA PRIMARY KEY); \(trigger)", "trigger r"),
  ])
  func `is refused when it could mix tenants`(sql: String, fault: String) throws {
    #expect {
      try StoreFixture(migrations: [Self.migration("m0001_x", sql)])
    } throws: { error in
      guard case StoreError.schema(let faults) = error else { return false }
      return faults.contains { $0.contains(fault) }
    }
  }
}

@Suite(.enabled(if: TestDatabase.isSQLite)) struct `The file of a store` {
  private func open(_ path: String) throws {
    _ = try Store(configuration: StoreConfiguration(path: path, service: "leads"), migrations: [])
  }

  @Test func `is refused to another service`() throws {
    let fixture = try StoreFixture()
    let reason = "it belongs to the service leads"
    #expect(throws: StoreError.cannotOpen(path: fixture.folder.path("leads.db"), reason: reason)) {
      try StoreFixture(reopening: fixture) { $0.service = "deals" }
    }
  }

  @Test func `is refused and left alone when another program made it`() throws {
    let folder = TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let path = folder.path("leads.db")
    var database: OpaquePointer?
    sqlite3_open(path, &database)
    sqlite3_exec(database, "CREATE TABLE places (url TEXT)", nil, nil, nil)
    sqlite3_close(database)
    let before = FileManager.default.contents(atPath: path)
    #expect(throws: StoreError.cannotOpen(path: path, reason: "it is not a store of Leadmesh")) {
      try open(path)
    }
    #expect(FileManager.default.contents(atPath: path) == before)
  }

  @Test func `is refused when it is no database or not there to be made`() throws {
    let folder = TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let path = folder.path("leads.db")
    try Data(repeating: UInt8(ascii: "x"), count: 10_000).write(to: URL(filePath: path))
    #expect(throws: StoreError.cannotOpen(path: path, reason: "file is not a database")) {
      try open(path)
    }
    #expect(throws: StoreError.self) {
      try open(folder.path("nowhere/leads.db"))
    }
  }

  @Test func `is for its owner's eyes only`() throws {
    let fixture = try StoreFixture()
    for name in ["leads.db", "leads.db-wal"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: fixture.folder.path(name))
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }
}

extension StoreFixture {
  /// Notes that so many of the store's own scripts were run.
  fileprivate func noteStoreVersion(_ version: Int) throws {
    switch configuration.database {
    case .file(let path):
      try SQLiteConnection(path, scope: .system, purpose: .writing).setStoreVersion(version)
    case .server(let server):
      try PostgresConnection(server, as: server.owner, .owner, service: "test")
        .setStoreVersion(version)
    }
  }
}
