import Synchronization

// Rows of the counts and sums that are kept of a kind of record. For MeshRecords, which keeps them in the
// transaction of each change.
extension WriteTransaction {
  /// Adds to the row of a key, which comes with its first record and goes with its last.
  ///
  /// - Parameters:
  ///   - sums: what is added to each column, the count of records first; may be negative.
  ///   - key: the columns that the row is found by, in the order of the table's key.
  ///   - table: of the service.
  /// - Throws: what the store throws.
  package func add(_ sums: RecordColumns, toTotals key: RecordColumns, in table: String) throws {
    let statements = TotalStatements.of(table, key, sums)
    try post(SQL(storeText: statements.addition, parameters: key.values + sums.values))
    guard case .integer(let count)? = sums.values.first, count < 0 else { return }
    try post(SQL(storeText: statements.removal, parameters: key.values))
  }
}

/// The statements for the rows of one table.
private struct TotalStatements {
  let addition: String
  /// Takes a row away that has no records left.
  let removal: String

  /// By table: a table's columns do not change while the process runs.
  private static let known = Mutex<[String: TotalStatements]>([:])

  static func of(_ table: String, _ key: RecordColumns, _ sums: RecordColumns) -> TotalStatements {
    known.withLock { known in
      if let statements = known[table] { return statements }
      let statements = TotalStatements(
        SQL(name: table).text,
        key.names.map { SQL(name: $0).text },
        sums.names.map { SQL(name: $0).text }
      )
      known[table] = statements
      return statements
    }
  }

  private init(_ table: String, _ key: [String], _ sums: [String]) {
    let places = repeatElement("?", count: key.count + sums.count).joined(separator: ", ")
    let added = sums.map { "\($0) = \(table).\($0) + excluded.\($0)" }.joined(separator: ", ")
    addition = """
      INSERT INTO \(table) (\((key + sums).joined(separator: ", "))) VALUES (\(places))
      ON CONFLICT (tenant_id, \(key.joined(separator: ", "))) DO UPDATE SET \(added)
      """
    let found = key.map { "\($0) = ?" }.joined(separator: " AND ")
    removal = "DELETE FROM \(table) WHERE \(found) AND \(sums.first ?? "record_count") = 0"
  }
}
