import MeshCore
import MeshCrypto

/// An empty store that is filled with the rows of a backup, in one transaction.
///
/// Belongs to the thread that makes it. Without `commit`, nothing of it remains.
package final class StoreFilling {
  /// Parameters that a statement has at most, and bytes of rows that wait for one.
  private static let mostParameters = 512
  private static let mostBytes = 1 << 20

  package let service: String
  private let connection: any WholeConnection
  private let tables: [StoredTable]
  private var rows: PendingRows?

  /// Opens the store, which its service has made.
  ///
  /// - Parameters:
  ///   - store: where it is.
  ///   - schema: what the backup was made of.
  /// - Throws: `.cannotOpen` when it is not empty; `.schema` when its tables are not those of the backup;
  ///   `.engine`.
  package init(_ store: StoreConfiguration, _ schema: StoredSchema) throws(StoreError) {
    let connection: any WholeConnection
    switch store.database {
    case .file(let path):
      connection = try SQLiteConnection(path, scope: .system, purpose: .writing)
      // Every index of a large table is written to all over.
      try connection.execute(script: "PRAGMA cache_size = -65536")
    case .server(let server):
      connection = try PostgresConnection(
        server.withoutTimeouts,
        as: server.owner,
        .owner,
        service: "leadmesh restore"
      )
    }
    guard try StoredSchema(connection) == schema else {
      throw .schema(["the tables of \(store.place) are not those that the backup was made of"])
    }
    // All of them: an earlier release may have carried over what this one leaves out.
    let tables = try BackupCatalog(try connection.storedTables(), transient: []).tables
    try connection.run(.begin)
    for table in tables { try connection.requireEmpty(table, store.place) }
    service = store.service
    self.connection = connection
    self.tables = tables
  }

  deinit { if !connection.isIdle { try? connection.run(.rollback) } }

  /// The store's table of that name.
  ///
  /// - Throws: `.schema` when there is none that a backup may fill, or it lacks one of the columns.
  private func table(_ name: String, _ columns: [String]) throws(StoreError) -> StoredTable {
    guard let table = tables.first(where: { $0.name == name }), !columns.isEmpty,
      Set(columns).count == columns.count, Set(columns).isSubset(of: table.columns)
    else { throw .schema(["\(service): the backup's table \(name) is not one of the store's"]) }
    return table
  }

  /// Begins to fill a table.
  ///
  /// - Parameters:
  ///   - name: the table's.
  ///   - columns: those that each row has.
  /// - Throws: `StoreError`.
  package func begin(_ name: String, _ columns: [String]) throws(StoreError) {
    let table = try table(name, columns)
    // Only settings are there already.
    try connection.perform(
      SQL(storeText: "DELETE FROM main.\(name.quotedName) WHERE ") + table.carried
    )
    rows = PendingRows(table, columns)
  }

  /// Adds a row to the table that was begun.
  ///
  /// - Parameter row: its bytes in the backup.
  /// - Throws: `.schema` for bytes that are no row of the table; `StoreError`.
  package func add(_ row: ArraySlice<UInt8>) throws(StoreError) {
    guard var rows else { throw .schema(["\(service): a row belongs to no table"]) }
    self.rows = nil
    guard rows.add(row) else { throw .schema(["\(rows.table.name): a row is malformed"]) }
    if rows.values.count >= rows.batchSize * rows.columns.count || rows.bytes > Self.mostBytes {
      try insert(&rows)
    }
    self.rows = rows
  }

  /// Ends the table that was begun.
  package func endTable() throws(StoreError) {
    guard var rows else { return }
    self.rows = nil
    try insert(&rows)
  }

  private func insert(_ rows: inout PendingRows) throws(StoreError) {
    defer { rows.clear() }
    let width = rows.columns.count
    var start = 0
    while start < rows.values.count {
      // Two texts for each table: of many rows, and of one.
      let left = (rows.values.count - start) / width
      let count = left >= rows.batchSize ? rows.batchSize : 1
      let end = start + count * width
      do {
        try connection.perform(rows.insert(count, Array(rows.values[start..<end])))
      } catch {
        throw .schema(["\(service): rows of \(rows.table.name) were refused: \(error.operatorText)"]
        )
      }
      start = end
    }
  }

  /// Hands the rows that were filled in to `body`, as `StoreSnapshot.rows` does.
  package func rows(
    of name: String,
    _ columns: [String],
    _ body: (_ row: [UInt8]) throws -> Void
  ) throws { try connection.rows(of: try table(name, columns), columns, body) }

  /// Makes what follows from the rows, once all are there.
  ///
  /// The change log gets a new epoch, so that what others know of the log that it was copied from is not
  /// taken for a place in this one. Services that were restored together keep their places in each other's
  /// logs, in the new epochs.
  ///
  /// - Parameters:
  ///   - epoch: the log's from now on.
  ///   - epochs: of all services' logs: the new one by that in the backup.
  /// - Throws: `StoreError`.
  package func finish(epoch: UInt64, _ epochs: [UInt64: UInt64]) throws(StoreError) {
    if let documents = tables.first(where: { $0.name == SearchTables.documents }) {
      try index(documents)
    }
    try connection.numberOn()
    _ = try StoreTables.setting("log_epoch", else: epoch.bigEndianBytes, renewed: true, connection)
    let cursors = try connection.rows("SELECT feed, cursor FROM main.mesh_cursors") {
      (row) throws(StoreError) in
      (feed: try row.next(String.self), cursor: try row.next(String.self))
    }
    for (feed, text) in cursors {
      guard let cursor = LogCursor(text), let epoch = epochs[cursor.epoch] else { continue }
      let moved = LogCursor(epoch: epoch, position: cursor.position).text
      try connection.perform(
        "UPDATE main.mesh_cursors SET cursor = \(moved) WHERE feed = \(feed)"
      )
    }
    try connection.noteDistribution()
  }

  private func index(_ table: StoredTable) throws(StoreError) {
    // An earlier release had none.
    let hasParts: SQL = table.columns.contains("has_parts") ? "has_parts" : "FALSE"
    var last: Int64 = 0
    while true {
      let documents = try connection.rows(
        """
        SELECT entry, tenant_id, object, words, \(hasParts) FROM main.mesh_documents
        WHERE entry > \(last) ORDER BY entry LIMIT 500
        """
      ) { (row) throws(StoreError) in
        IndexedDocument(
          entry: try row.next(),
          tenant: try row.next(),
          object: try row.next(),
          words: try row.next(),
          hasParts: try row.next()
        )
      }
      guard let end = documents.last else { return }
      try connection.perform(connection.dialect.index(documents))
      last = end.entry
    }
  }

  /// Makes all that was filled in durable.
  package func commit() throws(StoreError) { try connection.run(.commit) }

  /// Rows that wait to be inserted together.
  private struct PendingRows {
    let table: StoredTable
    let columns: [String]
    /// How many rows a statement takes.
    let batchSize: Int
    private(set) var values: [SQLValue] = []
    private(set) var bytes = 0
    private let truths: [Int]

    init(_ table: StoredTable, _ columns: [String]) {
      self.table = table
      self.columns = columns
      batchSize = max(1, StoreFilling.mostParameters / columns.count)
      truths = columns.indices.filter { table.truths.contains(columns[$0]) }
    }

    /// - Returns: false when the bytes are no row.
    mutating func add(_ row: ArraySlice<UInt8>) -> Bool {
      guard var values = RowForm.values(row, count: columns.count) else { return false }
      for place in truths {
        if case .integer(let number) = values[place] { values[place] = .boolean(number != 0) }
      }
      self.values += values
      bytes += row.count
      return true
    }

    mutating func clear() {
      values.removeAll(keepingCapacity: true)
      bytes = 0
    }

    func insert(_ count: Int, _ values: [SQLValue]) -> SQL {
      let names = columns.map(\.quotedName).joined(separator: ", ")
      let row = "(" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
      let rows = [String](repeating: row, count: count).joined(separator: ", ")
      return SQL(
        storeText: "INSERT INTO main.\(table.name.quotedName) (\(names)) VALUES \(rows)",
        parameters: values
      )
    }
  }
}
