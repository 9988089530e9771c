import Glibc
import MeshCore
import MeshLoop

/// A store in a SQLite file: one thread writes, two read, and the loop reads single records.
struct SQLiteEngine: StoreEngine {
  let path: String
  let maximumSize: ByteCount?

  func connect(
    _ scope: SQLiteConnection.Scope,
    _ purpose: SQLiteConnection.Purpose
  ) throws(StoreError) -> SQLiteConnection {
    try SQLiteConnection(path, maximumSize: maximumSize, scope: scope, purpose: purpose)
  }

  func open(
    _ configuration: StoreConfiguration,
    _ migrations: [Migration],
    at now: Timestamp
  ) throws(StoreError) -> OpenedStore {
    try OpeningLock.whileHeld(path) { () throws(StoreError) in
      let connection = try connect(.system, .writing)
      try connection.emptyLog()
      let opened = try OpenedStore(connection, configuration, migrations, at: now)
      try connection.loadCatalog()
      let faults = try SQLiteCatalog.faults(connection)
      guard faults.isEmpty else { throw .schema(faults) }
      return opened
    }
  }

  func start(_ core: StoreCore) throws(StoreError) {
    let writer = Handover(try StoreWriter(core, self))
    startThread(named: "store-writer") { writer.take()?.run() }
    for _ in 0..<core.configuration.threads.readers {
      let reader = Handover(try StoreReader(core, self))
      startThread(named: "store-reader") { reader.take()?.run() }
    }
  }

  func close() {}

  /// The process ends with it.
  var fault: EngineFault? { nil }

  var logSize: ByteCount {
    var status = stat()
    return .bytes(stat("\(path)-wal", &status) == 0 ? Int(status.st_size) : 0)
  }

  func pointReads(_ core: StoreCore) throws(StoreError) -> PointReads? {
    PointReads(core, Handover(try connect(.tenant, .readingAtOnce)))
  }
}
