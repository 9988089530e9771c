package import MeshCore
import MeshProto
package import MeshStore

extension ReadTransaction {
  /// A page of the records that name another record, newest first.
  ///
  /// The caller must be known to be allowed to read that record, and with it those that name it.
  ///
  /// - Parameters:
  ///   - record: the other record.
  ///   - field: a list of ids whose lookup table also has the time of the naming record.
  ///   - request: which page.
  /// - Returns: the page.
  /// - Throws: INVALID_ARGUMENT for a page token of another list; `StoreError`.
  package func page<Record: StoredRecord>(
    naming record: TypeID,
    in field: String,
    _ request: PageRequest
  ) throws -> Page<Record> {
    let (field, lookup) = (Record.schema[field], Record.schema[field]?.rule.lookup ?? "")
    let (records, names) = (SQL(name: Record.schema.table), SQL(name: lookup))
    let target = field?.type == .refs ? record.key : record.words.bytes
    return try page(
      Record.columns,
      from: "\(names) CROSS JOIN \(records)",
      where: "\(names).target_id = \(target) AND \(records).id = \(names).record_id",
      by: Keyset([.descending("\(names).time")], unique: "\(names).record_id"),
      request,
      bound: [lookup, record.description]
    ) { row in Record(row: row, at: row.place) }
  }
}
