package import MeshCore
import MeshCrypto
import MeshLoop

/// A service's database: transactions of a tenant, made durable in groups, with their changes.
///
/// The contract, each sentence of which has a test:
///
/// * A transaction of a tenant reads and writes that tenant's rows only, whatever its statements say;
///   statements that cannot be held to it are refused.
/// * A write is answered after it is durable, and not at all if it is not. If its body throws, nothing
///   of it remains, and what else was committed with it does.
/// * Writes happen one after the other; a read sees one state from its first statement on, and every
///   write that was answered before it began.
/// * A full queue, a busy file and a closed store are UNAVAILABLE, a full disk is RESOURCE_EXHAUSTED,
///   and a cancelled task's request is CANCELLED and does not run if it has not begun. Errors of the
///   body reach the caller as they are.
/// * When the disk fails, the process ends.
package final class Store: Sendable {
  /// How far the schema was when the store was opened.
  package let schema: SchemaVersion
  let core: StoreCore

  /// Opens or makes the file, brings its schema up to date and starts the threads.
  ///
  /// Blocks for some milliseconds: call it while starting.
  ///
  /// - Throws: `.cannotOpen` for a file that is damaged, or another service's; `.migration`;
  ///   `.schema` when tables break the rules of tenancy.
  package init(
    configuration: StoreConfiguration,
    migrations: [Migration],
    clock: Clock = .system,
    ids: IDGenerator = .system
  ) throws(StoreError) {
    let connection = try SQLiteConnection(configuration, scope: .system, purpose: .writing)
    try StoreTables.prepare(connection, configuration)
    schema = try Migrator(connection, migrations)
      .run(applies: configuration.migrates, at: clock.now)
    try connection.loadCatalog()
    let faults = try SQLiteCatalog.faults(connection)
    guard faults.isEmpty else { throw .schema(faults) }
    core = StoreCore(
      configuration,
      clock: clock,
      ids: ids,
      lastChange: try connection.integer(
        "SELECT coalesce(max(sequence), 0) FROM main.mesh_changes"
      ),
      pageKey: try StoreTables.setting("page_key", else: SecureRandom.bytes(32), connection)
    )
    try startThreads()
  }

  private func startThreads() throws(StoreError) {
    let writer = Handover(try StoreWriter(core))
    startThread(named: "store-writer") { writer.take()?.run() }
    for _ in 0..<2 {
      let reader = Handover(try StoreReader(core))
      startThread(named: "store-reader") { reader.take()?.run() }
    }
  }

  deinit { close() }

  /// The service whose store it is.
  package var service: String { core.configuration.service }

  /// Tells the moment of each transaction.
  package var clock: Clock { core.clock }

  /// Takes no more requests.
  ///
  /// Those that wait are still done; then the threads close the file.
  package func close() {
    core.writes.close()
    core.reads.close()
  }

  /// What the store has done, and what waits.
  package var metrics: StoreMetrics {
    var metrics = core.metrics.current
    metrics.queuedWrites = core.writes.depth
    metrics.queuedReads = core.reads.depth
    return metrics
  }

  // MARK: Transactions

  /// Reads `tenant`'s rows in one consistent state.
  ///
  /// - Throws: what `body` throws; UNAVAILABLE or CANCELLED as said above.
  package func read<Value: Sendable>(
    _ tenant: TenantID,
    _ body: @escaping @Sendable (ReadTransaction) throws -> Value
  ) async throws -> Value {
    try await BodyRequest(scope: .tenant(tenant)) { session in
      try body(ReadTransaction(session, tenant: tenant))
    }.submit(to: core.reads)
  }

  /// Writes `tenant`'s rows as `author`, and returns once that is durable.
  ///
  /// - Throws: what `body` throws, and then nothing of it remains; UNAVAILABLE, RESOURCE_EXHAUSTED or
  ///   CANCELLED as said above.
  @discardableResult
  package func write<Value: Sendable>(
    _ tenant: TenantID,
    as author: Author,
    _ body: @escaping @Sendable (WriteTransaction) throws -> Value
  ) async throws -> Value {
    try await BodyRequest(scope: .tenant(tenant), author: author) { session in
      try body(WriteTransaction(session, tenant: tenant, author: author))
    }.submit(to: core.writes)
  }

  /// Reads rows of every tenant: for what belongs to none by nature.
  package func systemRead<Value: Sendable>(
    _ body: @escaping @Sendable (SystemReadTransaction) throws -> Value
  ) async throws -> Value {
    try await BodyRequest(scope: .system) { session in
      try body(SystemReadTransaction(session))
    }.submit(to: core.reads)
  }

  /// Writes rows of every tenant: for what belongs to none by nature.
  @discardableResult
  package func systemWrite<Value: Sendable>(
    as author: Author,
    _ body: @escaping @Sendable (SystemWriteTransaction) throws -> Value
  ) async throws -> Value {
    try await BodyRequest(scope: .system, author: author) { session in
      try body(SystemWriteTransaction(session, author: author))
    }.submit(to: core.writes)
  }
}
