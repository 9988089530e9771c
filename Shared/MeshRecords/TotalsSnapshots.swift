package import MeshCore
import MeshProto
package import MeshStore

/// Where the totals of a kind are kept as they were on earlier days.
///
/// The service's migration makes two tables. For `deal_forecasts` they are `deal_forecast_snapshots`, with the
/// columns of the totals and `snapshot_date` in front of the key, and `deal_forecast_days`, with each
/// `day` that has a snapshot, and whether it `is_whole`.
package struct TotalsSnapshots: Sendable {
  /// How many days before today keep all snapshots; of earlier ones, the first of each month is kept.
  package static let dailyDays = 35
  /// How many days before today keep the snapshot of the first of each month.
  package static let monthlyDays = 400
  /// Rows that one transaction copies or deletes at most.
  package static let partSize = 10_000

  /// The table of the totals.
  package let totals: String
  /// The table of the totals of earlier days.
  package let table: String
  /// The table of the days.
  package let days: String

  /// - Parameter totals: the table of the totals, whose name ends in `s`.
  package init(of totals: String) {
    self.totals = totals
    table = "\(totals.dropLast())_snapshots"
    days = "\(totals.dropLast())_days"
  }
}

extension ReadTransaction {
  /// The last day up to another one that has a complete snapshot.
  func snapshotDay(
    upTo day: CalendarDate,
    _ snapshots: TotalsSnapshots
  ) throws -> CalendarDate? {
    try value(
      """
      SELECT day FROM \(SQL(name: snapshots.days)) WHERE day <= \(day) AND is_whole
      ORDER BY day DESC LIMIT 1
      """
    )
  }
}

extension WriteTransaction {
  /// Stores the present totals as those of a day, unless the day has some, and deletes what is too old: a few
  /// rows in each transaction, as others wait for it.
  ///
  /// Totals that change between two of them are stored as they were before or as they are after. Each transaction
  /// holds the lock `snapshots.days`.
  ///
  /// - Parameters:
  ///   - snapshots: of which totals.
  ///   - type: the kind of record.
  ///   - today: the tenant's.
  ///   - size: the most rows that are copied, and that are deleted.
  /// - Returns: whether nothing is left to do.
  /// - Throws: what the store throws.
  package func takeSnapshot<Record: StoredRecord>(
    _ snapshots: TotalsSnapshots,
    of type: Record.Type,
    on today: CalendarDate,
    inPartsOf size: Int = TotalsSnapshots.partSize
  ) throws -> Bool {
    guard let totals = Record.schema.totals.first(where: { $0.table == snapshots.totals }) else {
      preconditionFailure("\(Record.schema.object) has no totals \(snapshots.totals)")
    }
    let days = SQL(name: snapshots.days)
    let isWhole: Bool? = try value("SELECT is_whole FROM \(days) WHERE day = \(today)")
    if isWhole == nil {
      try execute("INSERT INTO \(days) (day, is_whole) VALUES (\(today), FALSE)")
    }
    if isWhole != true {
      guard try copy(totals, snapshots, today, most: size) else { return false }
      try execute("UPDATE \(days) SET is_whole = TRUE WHERE day = \(today)")
    }
    return try dropSnapshots(totals, snapshots, today, most: size)
  }

  /// Copies the next totals.
  ///
  /// - Returns: whether there are no more.
  private func copy(
    _ totals: RecordTotals,
    _ snapshots: TotalsSnapshots,
    _ today: CalendarDate,
    most: Int
  ) throws -> Bool {
    let (table, key) = (SQL(name: snapshots.table), totals.key)
    let (order, backward) = (key.joined(by: ", "), key.map { "\($0) DESC" as SQL })
    let last = try first(
      """
      SELECT \(order) FROM \(table) WHERE snapshot_date = \(today)
      ORDER BY \(backward.joined(by: ", ")) LIMIT 1
      """
    ) { row in try key.map { _ in try row.next(SQLValue.self) } }
    let rest: SQL = last.map { "(\(order)) > (\(list: $0))" } ?? "TRUE"
    let columns = (key + totals.sumColumns.map { SQL(name: $0) }).joined(by: ", ")
    let copied = try execute(
      """
      INSERT INTO \(table) (snapshot_date, \(columns))
      SELECT \(today), \(columns) FROM \(SQL(name: snapshots.totals)) WHERE \(rest)
      ORDER BY \(order) LIMIT \(most)
      """
    )
    return copied < most
  }

  /// Deletes what is too old, and what was left unfinished on its day.
  ///
  /// - Returns: whether nothing is left to delete.
  private func dropSnapshots(
    _ totals: RecordTotals,
    _ snapshots: TotalsSnapshots,
    _ today: CalendarDate,
    most: Int
  ) throws -> Bool {
    let (table, days) = (SQL(name: snapshots.table), SQL(name: snapshots.days))
    let daily = today.advanced(by: -TotalsSnapshots.dailyDays)
    let monthly = today.advanced(by: -TotalsSnapshots.monthlyDays)
    let past = try rows("SELECT day, is_whole FROM \(days) WHERE day < \(today)") { row in
      (day: try row.next(CalendarDate.self), isWhole: try row.next(Bool.self))
    }
    let old = past.first { day, isWhole in
      !isWhole || day < monthly || day < daily && day.day != 1
    }
    guard let day = old?.day else { return true }
    let (key, order) = (totals.key, totals.key.joined(by: ", "))
    let next = try first(
      """
      SELECT \(order) FROM \(table) WHERE snapshot_date = \(day)
      ORDER BY \(order) LIMIT 1 OFFSET \(most)
      """
    ) { row in try key.map { _ in try row.next(SQLValue.self) } }
    let part: SQL = next.map { "(\(order)) < (\(list: $0))" } ?? "TRUE"
    try execute("DELETE FROM \(table) WHERE snapshot_date = \(day) AND \(part)")
    if next == nil {
      try execute("DELETE FROM \(days) WHERE day = \(day)")
    } else {
      try execute("UPDATE \(days) SET is_whole = FALSE WHERE day = \(day)")
    }
    return false
  }
}

extension RecordTotals {
  /// The columns that identify its rows.
  fileprivate var key: [SQL] { keys.map { SQL(name: $0.column) } + ["currency"] }
}
