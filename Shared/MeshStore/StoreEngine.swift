import MeshCore
import MeshCrypto

/// The database under a store: what it does once to open it, and the threads that run its transactions.
protocol StoreEngine: Sendable {
  /// Brings the schema up to date and reads what every store keeps in its settings.
  func open(
    _ configuration: StoreConfiguration,
    _ migrations: [Migration],
    at now: Timestamp
  ) throws(StoreError) -> OpenedStore

  /// Starts the threads that work off the queues of `core` until these are closed and empty.
  func start(_ core: StoreCore) throws(StoreError)

  /// Ends what does not end by itself when the queues are closed.
  func close()

  /// What keeps transactions from being made, other than a lack of room; nil when nothing does.
  var fault: EngineFault? { get }

  /// The write-ahead log, as far as it is this process's to care for.
  var logSize: ByteCount { get }

  /// Reads of single records on the loop's own thread; nil where there are none.
  func pointReads(_ core: StoreCore) throws(StoreError) -> PointReads?
}

extension StoreConfiguration {
  var engine: any StoreEngine {
    switch database {
    case .file(let path): SQLiteEngine(path: path, maximumSize: maximumSize)
    case .server(let server): PostgresEngine(server: server, service: service)
    }
  }
}

/// What opening a store has found.
struct OpenedStore {
  let schema: SchemaVersion
  /// The number of the last change in the log; 0 for none.
  let lastChange: Int64
  /// Of the change log.
  let epoch: UInt64
  /// Signs page tokens; kept in the store, so that they outlive the process.
  let pageKey: [UInt8]
}

extension OpenedStore {
  /// Makes the store's tables and runs migrations on `connection`, which is the owner's.
  init(
    _ connection: some StoreConnection,
    _ configuration: StoreConfiguration,
    _ migrations: [Migration],
    at now: Timestamp
  ) throws(StoreError) {
    try StoreTables.prepare(connection, configuration)
    schema = try Migrator(connection, migrations).run(
      applies: configuration.migrates,
      upTo: configuration.end,
      at: now
    )
    lastChange = try connection.integer(ChangeLog.lastSequence(connection.dialect))
    epoch = UInt64(
      bigEndianBytes: try StoreTables.setting(
        "log_epoch",
        else: SecureRandom.bytes(8),
        renewed: configuration.beginsEpoch,
        connection
      )
    )
    pageKey = try StoreTables.setting("page_key", else: SecureRandom.bytes(32), connection)
  }
}
