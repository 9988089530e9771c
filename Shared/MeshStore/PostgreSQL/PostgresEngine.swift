import MeshCore
import MeshLoop
import Synchronization

/// A store in a PostgreSQL database: a connection for each transaction that may run at a time.
///
/// Several processes of a service may use one; each sees what the others commit.
final class PostgresEngine: StoreEngine {
  let server: PostgresServer
  let service: String
  /// Tables that have a tenant, once the schema is there.
  private let tables = Mutex<Set<String>>([])
  private let news = PostgresListener()
  let reach = PostgresReach()

  init(server: PostgresServer, service: String) {
    self.server = server
    self.service = service
  }

  /// A new connection for tenants' or for the system's transactions.
  func connect(_ scope: PostgresConnection.Scope) throws(StoreError) -> PostgresConnection {
    let login =
      switch scope {
      case .tenant: server.tenants
      case .system: server.system
      case .owner: server.owner
      }
    let place = scope == .owner ? server.withoutTimeouts : server
    let connection = try reach.attempt(scope) { () throws(StoreError) in
      try PostgresConnection(
        place,
        as: login,
        scope,
        service: service,
        tables: tables.withLock { $0 }
      )
    }
    connection.wire.reach = reach
    return connection
  }

  func open(
    _ configuration: StoreConfiguration,
    _ migrations: [Migration],
    at now: Timestamp
  ) throws(StoreError) -> OpenedStore {
    let connection = try connect(.owner)
    // Others that start wait for it.
    try connection.limitPauses(to: .seconds(30))
    try connection.limitSilence(to: .seconds(30))
    return try prepare(connection, configuration, migrations, at: now)
  }

  /// Brings the schema up to date while other processes of the service wait with doing the same.
  func prepare(
    _ connection: PostgresConnection,
    _ configuration: StoreConfiguration,
    _ migrations: [Migration],
    at now: Timestamp
  ) throws(StoreError) -> OpenedStore {
    guard
      try connection.integer("SELECT count(*) FROM pg_namespace WHERE nspname = current_schema()")
        > 0
    else {
      throw .cannotOpen(
        path: configuration.place,
        reason: "the schema is missing; make it with `leadmesh database prepare`"
      )
    }
    try requireRowSecurity(connection)
    // Given back when the connection ends.
    try connection.perform("SELECT pg_advisory_lock(\(StoreLock.key(server.schema, "schema")))")
    try connection.executeUnchanged(script: PostgresSchema.functions)
    try PostgresLetters.fill(connection)
    try connection.executeUnchanged(script: PostgresSchema.logBase + PostgresSchema.settled)
    let opened = try OpenedStore(connection, configuration, migrations, at: now)
    let catalog = try PostgresSchema.catalog(connection)
    let faults = try PostgresSchema.faults(connection, catalog)
    guard faults.isEmpty else { throw .schema(faults) }
    try PostgresSchema.secure(connection, server)
    tables.withLock { $0 = catalog.tenantTables }
    return opened
  }

  /// Checks that row security holds for the roles of transactions.
  private func requireRowSecurity(_ connection: PostgresConnection) throws(StoreError) {
    for role in [server.tenants.role, server.system.role] {
      let passes = try connection.rows(
        """
        SELECT r.rolsuper OR r.rolbypassrls OR pg_has_role(r.oid, n.nspowner, 'MEMBER')
        FROM pg_roles AS r, pg_namespace AS n WHERE r.rolname = \(role) AND n.nspname = current_schema()
        """
      ) { (row) throws(StoreError) in try row.next(Bool.self) }
      guard passes == [false] else {
        throw .cannotOpen(
          path: server.schema,
          reason: passes.isEmpty
            ? "the role \(role) is missing; make it with `leadmesh database prepare`"
            : "row security does not hold for the role \(role): it must be neither a superuser nor the "
              + "schema's owner, nor pass row security"
        )
      }
    }
  }

  /// Takes note of a transaction's last change, which is in the log for all to read once nothing can come
  /// before it.
  func committed(_ change: Int64) { news.committed(change) }

  func start(_ core: StoreCore) throws(StoreError) {
    let news = self.news
    startThread(named: "store-news") { news.run(core, self) }
    for _ in 0..<server.writers {
      startThread(named: "store-writer") { PostgresWorker(core, self, .writing).run() }
    }
    for _ in 0..<server.readers {
      startThread(named: "store-reader") { PostgresWorker(core, self, .reading).run() }
    }
  }

  func close() { news.close() }

  var fault: EngineFault? { reach.fault }

  /// The server's own concern.
  var logSize: ByteCount { .bytes(0) }

  func pointReads(_ core: StoreCore) -> PointReads? { nil }
}

/// The numbers of locks.
enum StoreLock {
  /// A number for a lock, from what names it.
  static func key(_ parts: String...) -> Int64 { key(parts.map { Array($0.utf8) }) }

  /// Of a tenant of a service.
  static func key(_ service: String, _ tenant: TenantID, _ name: String) -> Int64 {
    key([Array(service.utf8), tenant.bytes, Array(name.utf8)])
  }

  private static func key(_ parts: [[UInt8]]) -> Int64 {
    // FNV-1a; two locks that share a number cost a wait, and nothing else.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for part in parts {
      for byte in part + [0xff] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    return Int64(bitPattern: hash)
  }
}
