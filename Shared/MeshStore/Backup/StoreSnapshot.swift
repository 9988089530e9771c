import MeshCore

/// A store's rows as they are at one moment, while services go on writing.
///
/// Belongs to the thread that takes it. As long as it is held, a SQLite file's log cannot be taken into the
/// file, and PostgreSQL keeps the rows that were changed since: read it and let it go.
package final class StoreSnapshot {
  package let service: String
  package let schema: StoredSchema
  /// Those that belong in a backup, each behind those that its foreign keys lead to.
  package let tables: [StoredTable]
  /// Of the change log.
  package let epoch: UInt64
  private let connection: any WholeConnection

  private init(_ store: StoreConfiguration, _ connection: any WholeConnection) throws(StoreError) {
    func refuse(_ reason: String) -> StoreError { .cannotOpen(path: store.place, reason: reason) }
    service = store.service
    self.connection = connection
    func setting(_ name: String) throws(StoreError) -> [UInt8]? {
      try connection.rows("SELECT value FROM main.mesh_settings WHERE name = \(name)") {
        (row) throws(StoreError) in try row.next([UInt8].self)
      }.first
    }
    let schema = try StoredSchema(connection)
    self.schema = schema
    guard schema.storeVersion <= StoreTables.scripts(connection.dialect).count else {
      throw refuse("a newer release has changed it; take that release's backup command")
    }
    guard try setting("service") == Array(store.service.utf8) else {
      throw refuse("it does not belong to the service \(store.service)")
    }
    guard let transient = try setting("transient") else {
      throw refuse("it was last opened by an earlier release; start this release once before")
    }
    let names = String(decoding: transient, as: UTF8.self).split(separator: "\n").map(String.init)
    tables = try BackupCatalog(try connection.storedTables(), transient: Set(names)).tables
    epoch = UInt64(bigEndianBytes: try setting("log_epoch") ?? [])
  }

  deinit { if !connection.isIdle { try? connection.run(.rollback) } }

  /// Snapshots of several services' stores, all at the same moment, in which no service is seen to have
  /// taken a change of another that the other has not made.
  ///
  /// - Parameter stores: all files, or all in one PostgreSQL database.
  /// - Returns: a snapshot of each.
  /// - Throws: `.cannotOpen` for a store that is missing or not of this release; `.schema` for tables that
  ///   cannot be in a backup; `.engine`.
  package static func take(_ stores: [StoreConfiguration]) throws(StoreError) -> [StoreSnapshot] {
    var (paths, servers): ([String], [PostgresServer]) = ([], [])
    for store in stores {
      switch store.database {
      case .file(let path): paths.append(path)
      case .server(let server): servers.append(server)
      }
    }
    precondition(paths.isEmpty || servers.isEmpty, "stores of one backup have one engine")
    let connections: [any WholeConnection] =
      servers.isEmpty ? try SQLiteSnapshots.open(paths) : try PostgresSnapshots.open(servers)
    var snapshots: [StoreSnapshot] = []
    for (store, connection) in zip(stores, connections) {
      snapshots.append(try StoreSnapshot(store, connection))
    }
    return snapshots
  }

  /// Hands each row of a table to `body`, in the order of its primary key.
  ///
  /// - Parameters:
  ///   - table: one of `tables`.
  ///   - body: gets the bytes of a row, the same on either engine; valid until it returns.
  /// - Throws: `StoreError`, or what `body` throws.
  package func rows(of table: StoredTable, _ body: (_ row: [UInt8]) throws -> Void) throws {
    try connection.rows(of: table, table.columns, body)
  }
}
