package import MeshCore
import MeshProto
package import MeshStore

extension ReadTransaction {
  /// A page of the records that name another one, newest first, for a caller who is known to be allowed to read them.
  ///
  /// - Parameters:
  ///   - record: the other one.
  ///   - field: a list of ids with a lookup table, whose rows have the time of the record that names.
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

extension ReadTransaction {
  /// A member's newest records of a kind for which a condition holds, for work that nobody is shown.
  ///
  /// - Parameters:
  ///   - owner: whose they are.
  ///   - condition: which of them.
  ///   - limit: how many at most.
  /// - Returns: the records, newest first.
  /// - Throws: `StoreError`.
  package func newest<Record: StoredRecord>(
    of owner: MemberID,
    where condition: SQL,
    limit: Int
  ) throws -> [Record] {
    let isTheirs: SQL = "\(SQL(name: Record.schema.holders.owner)) = \(owner)"
    let all = [isTheirs, condition].allHold
    return try records("WHERE \(all) ORDER BY create_time DESC, id DESC LIMIT \(limit)")
  }
}

extension WriteTransaction {
  /// Deletes one of a member's records of a kind when there are more than `most`: so many stay as others come.
  ///
  /// - Parameters:
  ///   - kind: of the records.
  ///   - owner: whose they are.
  ///   - most: how many stay.
  ///   - order: what goes first.
  /// - Throws: `StoreError`.
  package func keep<Record: StoredRecord>(
    _ kind: Record.Type,
    of owner: MemberID,
    most: Int,
    order: SQL
  ) throws {
    let table = SQL(name: Record.schema.table)
    let isTheirs: SQL = "\(SQL(name: Record.schema.holders.owner)) = \(owner)"
    guard case .moreThan = try count(from: table, where: isTheirs, upTo: most) else { return }
    let first: [Record] = try records("WHERE \(isTheirs) ORDER BY \(order) LIMIT 1")
    for record in first { try delete(record, by: NoRules<Record>()) }
  }
}
