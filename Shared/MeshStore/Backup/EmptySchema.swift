import MeshCore

/// A service's PostgreSQL schema into which a backup is to be restored.
package enum EmptySchema {
  /// Removes tables in which there is nothing, as a restore leaves them that was not finished.
  ///
  /// - Parameter store: in a database that was prepared.
  /// - Throws: `.cannotOpen` when the schema is missing, or when one of its tables has rows; `.engine`.
  package static func clear(_ store: StoreConfiguration) throws(StoreError) {
    guard case .server(let server) = store.database else { return }
    let connection = try PostgresConnection(
      server.withoutTimeouts,
      as: server.owner,
      .owner,
      service: "leadmesh restore"
    )
    let schemas = try connection.integer(
      "SELECT count(*) FROM pg_namespace WHERE nspname = current_schema()"
    )
    guard schemas > 0 else {
      throw .cannotOpen(
        path: store.place,
        reason: "the schema is missing; make it with `leadmesh database prepare`"
      )
    }
    let tables = try connection.storedTables()
    for table in try BackupCatalog(tables, transient: []).tables {
      try connection.requireEmpty(table, store.place)
    }
    if tables.isEmpty { return }
    let names = tables.map(\.name.quotedName).joined(separator: ", ")
    try connection.executeUnchanged(script: "DROP TABLE \(names) CASCADE")
  }
}

extension StoreConnection {
  /// Checks that a table has no rows but the settings that every store has.
  ///
  /// - Throws: `.cannotOpen` when it has.
  func requireEmpty(_ table: StoredTable, _ place: String) throws(StoreError) {
    if table.name == "mesh_settings" { return }
    let sql = SQL(storeText: "SELECT 1 FROM main.\(table.name.quotedName) LIMIT 1")
    let found = try rows(sql) { (row) throws(StoreError) in try row.next(Int.self) }
    guard found.isEmpty else {
      throw .cannotOpen(path: place, reason: "it is not empty: \(table.name) has rows")
    }
  }
}
