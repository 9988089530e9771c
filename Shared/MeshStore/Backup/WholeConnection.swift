import MeshCore

/// What reading and filling a whole database needs of a connection.
protocol WholeConnection: StoreConnection {
  /// Asks how many of the store's own scripts were run.
  static var versionQuery: SQL { get }

  /// Every table, with those of the store and of the engine.
  func storedTables() throws(StoreError) -> [StoredTable]

  /// Hands each row of a query of the store's own to `body`, until that returns false, without holding all
  /// of them.
  func stream(_ sql: SQL, _ body: (inout Row) throws -> Bool) throws

  /// Lets rows that come later be numbered behind those that were filled in.
  func numberOn() throws(StoreError)

  /// Notes how the values of all rows are distributed, for an engine that would otherwise plan without
  /// knowing for some time.
  func noteDistribution() throws(StoreError)
}

extension WholeConnection {
  /// Hands each row of a table to `body` in the form that it has in a backup.
  ///
  /// - Parameters:
  ///   - table: whose rows, in the order of its primary key.
  ///   - columns: of the table.
  ///   - body: gets the bytes of a row.
  /// - Throws: `.schema` for a text that is not UTF-8; `StoreError`; what `body` throws.
  func rows(
    of table: StoredTable,
    _ columns: [String],
    _ body: (_ row: [UInt8]) throws -> Void
  ) throws {
    var bytes: [UInt8] = []
    try stream(table.rows(columns)) { row in
      bytes.removeAll(keepingCapacity: true)
      guard RowForm.append(row, to: &bytes) else {
        throw StoreError.schema(["\(table.name): a text is not UTF-8"])
      }
      try body(bytes)
      return true
    }
  }
}
