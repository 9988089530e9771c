package import MeshCore
import MeshCrypto
import MeshLoop
import Synchronization

/// A service's database: transactions of a tenant, made durable, with their changes.
///
/// What a body and its caller may rely on is in this folder's README, under "What a service may rely on".
package final class Store: Sendable {
  /// How far the schema was when the store was opened.
  package let schema: SchemaVersion
  let core: StoreCore
  private let engine: any StoreEngine
  private let points: PointReads?

  /// Opens or makes the database, brings its schema up to date and starts the threads.
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
    engine = configuration.engine
    let opened = try engine.open(configuration, migrations, at: clock.now)
    schema = opened.schema
    core = StoreCore(configuration, clock: clock, ids: ids, opened)
    points = try engine.pointReads(core)
    try engine.start(core)
  }

  deinit { close() }

  /// Makes the schema that a database had at some version, with nothing in it, for a backup of it to be
  /// filled in.
  ///
  /// - Parameters:
  ///   - end: the version.
  ///   - configuration: a database that is not there yet.
  ///   - migrations: the service's; those beyond `end` are made when the store is opened.
  ///   - now: the moment.
  /// - Throws: as `init`; `.cannotOpen` or `.migration` for a version of a newer release.
  package static func makeSchema(
    _ end: SchemaEnd,
    _ configuration: StoreConfiguration,
    _ migrations: [Migration],
    at now: Timestamp
  ) throws(StoreError) {
    var configuration = configuration
    configuration.end = end
    _ = try configuration.engine.open(configuration, migrations, at: now)
  }

  /// The service whose store it is.
  package var service: String { core.configuration.service }

  /// The services that follow the change log, for which writes wait.
  package var followers: ChangeFollowers { core.followers }

  /// Whether this process does the service's work in the background.
  package var lease: WorkLease { core.lease }

  /// Whether other processes of the service may use the database too.
  package var isShared: Bool { core.configuration.isShared }

  /// How often to look for work that other processes have left; nil when there are none.
  package var lookAgain: Duration? { isShared ? .milliseconds(500) : nil }

  /// Tells the moment of each transaction.
  package var clock: Clock { core.clock }

  /// Takes no more requests.
  ///
  /// Those that wait are still done; then the threads close the file.
  package func close() {
    core.writes.close()
    core.reads.close()
    points?.close()
    engine.close()
  }

  /// What the store has done, and what waits.
  package var metrics: StoreMetrics {
    var metrics = core.metrics.current
    metrics.queuedWrites = core.writes.depth
    metrics.queuedReads = core.reads.depth
    metrics.backgroundWrites = core.writes.steps
    metrics.backgroundReads = core.reads.steps
    return metrics
  }

  /// Why writes cannot be made at present; nil when they can.
  package var failure: String? {
    if let fault = engine.fault { return fault.obstacle }
    return core.lacksRoom.load(ordering: .relaxed) ? "no room left" : nil
  }

  /// What the server, or who connects with it, has said of why it cannot be reached; nil while it can.
  package var fault: StoreError? { engine.fault.map(StoreError.engine) }

  /// What an operator should know of the database before it fails; nil when all is well.
  package var warning: String? {
    let size = engine.logSize
    guard size > core.configuration.largestLog else { return nil }
    return
      "the write-ahead log has \(size.bytes >> 20) MiB, as something has been reading the database"
      + " for a long time"
  }

  /// If there was no room, writes something that needs some, and takes it away again.
  package func probe() async {
    guard core.lacksRoom.load(ordering: .relaxed) else { return }
    // Small rows may find room in pages that a full disk has already.
    let value = SecureRandom.bytes(1 << 16)
    let isWritten: Void? = try? await systemWrite(as: Author(actor: "system:\(service)")) {
      try $0.session.runOwn(
        """
        INSERT INTO main.mesh_settings (name, value) VALUES ('probe', \(value))
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """
      )
      try $0.session.runOwn("DELETE FROM main.mesh_settings WHERE name = 'probe'")
    }
    if isWritten != nil { core.lacksRoom.store(false, ordering: .relaxed) }
  }

  // MARK: Transactions

  /// Reads `tenant`'s rows in one consistent state.
  ///
  /// - Throws: what `body` throws; UNAVAILABLE or CANCELLED as the README says.
  package func read<Value: Sendable>(
    _ tenant: TenantID,
    priority: StorePriority = .people,
    _ body: @escaping @Sendable (ReadTransaction) throws -> Value
  ) async throws -> Value {
    try await BodyRequest(scope: .tenant(tenant), priority: priority) { session in
      try body(ReadTransaction(session, tenant: tenant))
    }.submit(to: core.reads)
  }

  /// Reads one record of `tenant`, or a few that belong to it, as `read` does: at once where that can be.
  ///
  /// For bodies that take as long as that, since nothing else is done on the loop meanwhile.
  @LoopActor
  package func readOne<Value: Sendable>(
    _ tenant: TenantID,
    _ body: @escaping @Sendable (ReadTransaction) throws -> Value
  ) async throws -> Value {
    if !Task.isCancelled, let outcome = points?.read(tenant, body) { return try outcome.get() }
    do {
      return try await read(tenant, body)
    } catch let error as MeshError where error.reason == .tooExpensive {
      // One record is never too much to ask for.
      throw MeshError.unavailable("the database takes too long to answer")
    }
  }

  /// Writes `tenant`'s rows as `author`, and returns once that is durable, and known to the services
  /// that follow what was changed or `ChangeFollowers.patience` has passed.
  ///
  /// - Parameters:
  ///   - tenant: whose rows.
  ///   - author: who writes.
  ///   - lock: as `WriteTransaction.lock` takes it, held from before the body begins.
  ///   - priority: `.background` for a step of work that nobody waits for.
  ///   - body: the transaction.
  /// - Returns: what `body` returned.
  /// - Throws: what `body` throws, and then nothing of it remains; UNAVAILABLE or CANCELLED as the README
  ///   says.
  @discardableResult
  package func write<Value: Sendable>(
    _ tenant: TenantID,
    as author: Author,
    lock: String? = nil,
    priority: StorePriority = .people,
    _ body: @escaping @Sendable (WriteTransaction) throws -> Value
  ) async throws -> Value {
    let requireLease = WorkLease.guardOfTask
    return try await written(
      BodyRequest(
        scope: .tenant(tenant),
        priority: priority,
        author: author,
        lock: lock.map { StoreLock.key(service, tenant, $0) }
      ) { session in
        try requireLease?()
        let value = try body(WriteTransaction(session, tenant: tenant, author: author))
        return try Written(value, session)
      }
    )
  }

  /// Reads rows of every tenant: for what belongs to none by nature.
  package func systemRead<Value: Sendable>(
    priority: StorePriority = .people,
    _ body: @escaping @Sendable (SystemReadTransaction) throws -> Value
  ) async throws -> Value {
    try await BodyRequest(scope: .system, priority: priority) { session in
      try body(SystemReadTransaction(session))
    }.submit(to: core.reads)
  }

  /// Writes rows of every tenant: for what belongs to none by nature.
  @discardableResult
  package func systemWrite<Value: Sendable>(
    as author: Author,
    priority: StorePriority = .people,
    _ body: @escaping @Sendable (SystemWriteTransaction) throws -> Value
  ) async throws -> Value {
    let requireLease = WorkLease.guardOfTask
    return try await written(
      BodyRequest(scope: .system, priority: priority, author: author) { session in
        try requireLease?()
        let value = try body(SystemWriteTransaction(session, author: author))
        return try Written(value, session)
      }
    )
  }

  /// What a transaction gave, and which changes it recorded.
  private struct Written<Value: Sendable>: Sendable {
    let value: Value
    let lastChange: Int64
    let objects: [String]

    init(_ value: Value, _ session: StoreSession) throws {
      try session.connection.runPosted()
      self.value = value
      lastChange = session.lastChange
      objects = session.changedObjects
    }
  }

  @LoopActor
  private func written<Value: Sendable>(_ request: BodyRequest<Written<Value>>) async throws
    -> Value
  {
    let written = try await request.submit(to: core.writes)
    if !written.objects.isEmpty {
      await core.followers.taken(written.lastChange, of: written.objects)
    }
    return written.value
  }
}
