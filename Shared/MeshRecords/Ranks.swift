package import MeshAccess
package import MeshCore
import MeshProto
package import MeshStore

// Records that people put in order by hand, such as the cards of a board: kinds with a background field rank.
// Lower ranks come first. A new record gets `Rank.newest`, which comes before all older ones.

/// Places in an order that people make by hand.
package enum Rank {
  /// The distance between the last record and one that is put behind it, and between two new ones made a second
  /// apart.
  private static let step: Int64 = 1_000_000
  /// The distance between records that move to make room: about ten more then fit in one place.
  fileprivate static let room: Int64 = 1_000

  /// The rank of a record that is made or moved to the top now.
  package static func newest(at now: Timestamp) -> Int64 { -now.microseconds }

  fileprivate static func behind(_ rank: Int64) -> Int64 { rank + step }
}

extension WriteTransaction {
  /// The rank for a place among some records; makes room there if there is none.
  ///
  /// - Parameters:
  ///   - record: to be placed.
  ///   - position: from 0; beyond the last record it means the end.
  ///   - column: the totals of the records that share one order, such as those of a stage.
  ///   - scope: the records that the position counts.
  /// - Returns: a rank between those of the neighbours.
  /// - Throws: what the store throws.
  package func rank<Record: StoredRecord>(
    of record: Record,
    at position: Int,
    among column: TotalsQuery,
    in scope: Scope<Record>
  ) throws -> Int64 {
    let table = SQL(name: Record.schema.table)
    let others: SQL = record.recordID.map { "\(table).id <> \($0.bytes)" } ?? "TRUE"
    let condition = [column.condition(on: Record.schema), others].allHold
    var source: SQL = "\(table) WHERE \(condition)"
    // The first of all records is before the caller's first one, too.
    if position > 0, !scope.isWhole {
      let count = try totals(column, in: scope).values.reduce(0) { $0 + $1.count }
      source =
        count <= OwnRecords.most
        ? "(\(scope.query(for: "\(table).rank, \(table).id", where: condition))) AS few"
        : "\(table) WHERE \([condition, scope.predicate(walks: true)].allHold)"
    }
    let cards = try rows(
      "SELECT id, rank FROM \(source) ORDER BY rank, id LIMIT \(position + 1)"
    ) { row in (id: try row.next(IDWords.self), rank: try row.next(Int64.self)) }
    guard position > 0, let last = cards.last else {
      return min(Rank.newest(at: now), (cards.first?.rank ?? 0) - 1)
    }
    if cards.count <= position { return Rank.behind(last.rank) }
    let (above, below) = (cards[position - 1].rank, last.rank)
    if below - above > 1 { return above + (below - above) / 2 }
    // There is no room: the records above move up as far as necessary, and leave some room for the next ones.
    var free = below - Rank.room
    for card in cards.prefix(position).reversed() {
      if card.rank < free { break }
      free -= Rank.room
      try move(card.id, to: free, Record.self)
    }
    return below - Rank.room
  }

  private func move<Record: StoredRecord>(_ id: IDWords, to rank: Int64, _: Record.Type) throws {
    let all: Scope<Record> = scope(forCalculation: "ranks")
    guard let field = Record.schema["rank"], let record = try record(id, in: all) else { return }
    var moved = record
    moved[field: field.index] = FieldValue(rank)
    _ = try save(moved, before: record, by: NoRules())
  }
}
