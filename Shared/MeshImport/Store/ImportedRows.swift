import MeshCore
import MeshStore

extension ReadTransaction {
  /// Which of some rows already became records, and which.
  func imported(_ keys: [RowKey], from system: String) throws -> [RowKey: IDWords] {
    if keys.isEmpty { return [:] }
    let found = try rows(
      """
      SELECT row_key, record_id FROM imported_rows
      WHERE source_system = \(system) AND row_key IN (\(list: keys.map(\.digest)))
      """
    ) { row in (RowKey(digest: try row.next()), try row.next(IDWords.self)) }
    return Dictionary(found) { first, _ in first }
  }
}

extension WriteTransaction {
  /// Remembers permanently which record a row became.
  func remember(_ key: RowKey, from system: String, as record: IDWords) throws {
    try post(
      """
      INSERT INTO imported_rows (source_system, row_key, record_id)
      VALUES (\(system), \(key.digest), \(record.bytes))
      ON CONFLICT (tenant_id, source_system, row_key) DO UPDATE SET record_id = excluded.record_id
      """
    )
  }
}
