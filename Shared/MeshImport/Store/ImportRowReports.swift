import MeshCore
import MeshStore
import TypeAPI

// What reports say of single rows: the first remarks, and the rows themselves.
extension ReadTransaction {
  /// The first remarks on rows of an import, by line.
  func rowRemarks(of id: ImportID) throws -> [RowRemark] {
    try rows(
      """
      SELECT line, heading, value, remark FROM import_row_remarks
      WHERE import_id = \(id) ORDER BY line, part LIMIT \(ImportLimits.rowRemarks)
      """
    ) { row in
      RowRemark(
        line: try row.next(),
        heading: try row.next(),
        value: try row.next(),
        text: try row.next()
      )
    }
  }

  /// How many remarks on rows an import has singly.
  func rowRemarkCount(of id: ImportID) throws -> Int {
    try value(
      "SELECT count(*) FROM import_row_remarks WHERE import_id = \(id)",
      as: Int.self
    ) ?? 0
  }

  /// Rows that were kept, in the order of the file.
  ///
  /// - Parameters:
  ///   - id: the import's.
  ///   - refusedOnly: whether to leave out those that were taken.
  ///   - line: after which the rows begin.
  ///   - limit: how many at most.
  /// - Returns: each row as CSV, with its line.
  /// - Throws: `StoreError`.
  func keptRows(of id: ImportID, refusedOnly: Bool, after line: Int, limit: Int) throws
    -> [(line: Int, content: [UInt8])]
  {
    let kind: SQL = refusedOnly ? "is_refused" : "TRUE"
    return try rows(
      """
      SELECT line, content FROM import_rows_kept
      WHERE import_id = \(id) AND line > \(line) AND \(kind) ORDER BY line LIMIT \(limit)
      """
    ) { row in (line: try row.next(Int.self), content: try row.next([UInt8].self)) }
  }
}

extension WriteTransaction {
  func insert(_ remark: RowRemark, part: Int, of id: ImportID) throws {
    try post(
      """
      INSERT INTO import_row_remarks (import_id, line, part, heading, value, remark)
      VALUES (
        \(id), \(remark.line), \(part), \(remark.heading), \(remark.value), \(remark.text)
      )
      """
    )
  }

  func keep(_ content: [UInt8], line: Int, refused isRefused: Bool, of id: ImportID) throws {
    try post(
      """
      INSERT INTO import_rows_kept (import_id, line, is_refused, content)
      VALUES (\(id), \(line), \(isRefused), \(content))
      ON CONFLICT (tenant_id, import_id, line) DO NOTHING
      """
    )
  }

  /// Deletes what a report says of an import that is read once more.
  func clearReport(of id: ImportID) throws {
    for table in ["import_remarks", "import_row_remarks", "import_rows_kept", "import_faults"]
      as [SQL]
    {
      try post("DELETE FROM \(table) WHERE import_id = \(id)")
    }
  }
}
