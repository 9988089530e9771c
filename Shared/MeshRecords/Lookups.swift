import MeshCore
import MeshProto
import MeshStore

// Lists of ids that filters search: each id has a row in a table of the service.
extension WriteTransaction {
  /// Updates the rows of the lists that changed.
  func noteLookups<Record: StoredRecord>(
    of record: Record,
    _ schema: RecordSchema,
    changed: FieldBits
  ) throws {
    let fields = schema.lookups.filter { changed.contains($0.index) }
    if let id = record.recordID, !fields.isEmpty { try noteLookups(of: record, id, fields) }
  }

  /// As above, for some fields.
  ///
  /// - Parameters:
  ///   - record: nil for one that was deleted.
  ///   - id: the record's.
  ///   - fields: whose rows are replaced.
  /// - Throws: `StoreError`.
  func noteLookups(of record: (any RecordMessage)?, _ id: IDWords, _ fields: [RecordField]) throws {
    for field in fields {
      let table = SQL(name: field.rule.lookup)
      try post("DELETE FROM \(table) WHERE record_id = \(id.bytes)")
      guard case .list(let values)? = record?.value(of: field) else { continue }
      for target in Set(values.compactMap(\.id)) {
        let bytes = field.type == .refs ? target.key : target.words.bytes
        try post("INSERT INTO \(table) (record_id, target_id) VALUES (\(id.bytes), \(bytes))")
      }
    }
  }
}
