package import MeshCore
import MeshProto
package import MeshStore

extension ReadTransaction {
  /// A member's newest records of a kind that meet a condition, for calculations whose records no caller sees.
  ///
  /// - Parameters:
  ///   - owner: the member.
  ///   - condition: must hold for each record.
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
  /// Deletes one of a member's records of a kind when there are more than `most`: called with each new one.
  ///
  /// - Parameters:
  ///   - kind: of the records.
  ///   - owner: the member.
  ///   - most: how many stay.
  ///   - order: the first record in it is deleted.
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
