package import MeshAccess
package import MeshCore
package import MeshProto
package import MeshStore

/// What a request asks of the kept totals of a kind.
package struct TotalsQuery: Sendable {
  /// A key's column, and the values of which it must have one, or the first and the last of them.
  struct Condition: Sendable {
    let key: RecordTotals.Key
    let values: [SQLValue]
    var isRange = false

    fileprivate func holds(of column: SQL) -> SQL {
      if isRange, let first = values.first, let last = values.last {
        return "\(column) >= \(first) AND \(column) <= \(last)"
      }
      if values.count == 1, let value = values.first { return "\(column) = \(value)" }
      return "\(column) IN (\(list: values))"
    }
  }

  let totals: RecordTotals
  let groups: [RecordTotals.Key]
  let conditions: [Condition]

  /// - Parameters:
  ///   - table: of the totals, which the schema names.
  ///   - schema: of the records.
  ///   - groups: columns of the table that the sums are grouped by, 8 at most.
  ///   - conditions: values of columns of the table: each must have one of them.
  ///   - days: the first and the last day for a column with days.
  package init(
    _ table: String,
    of schema: RecordSchema,
    by groups: [String] = [],
    where conditions: [String: [SQLValue]] = [:],
    within days: [String: ClosedRange<CalendarDate>] = [:]
  ) {
    guard let totals = schema.totals.first(where: { $0.table == table }) else {
      preconditionFailure("\(schema.object) has no totals \(table)")
    }
    self.totals = totals
    self.groups = groups.compactMap { name in totals.keys.first { $0.column == name } }
    self.conditions = totals.keys.compactMap { key -> Condition? in
      if let range = days[key.column] {
        let bounds = [range.lowerBound.sqlValue, range.upperBound.sqlValue]
        return Condition(key: key, values: bounds, isRange: true)
      }
      return conditions[key.column].map { Condition(key: key, values: $0) }
    }
    precondition(groups.count < TotalsReading.places.count, "too many groups")
    precondition(
      self.groups.count == groups.count && self.conditions.count == conditions.count + days.count,
      "\(table) has no such column"
    )
  }
}

extension ReadTransaction {
  /// Counts and sums of the records in a scope.
  ///
  /// Kept totals are added up by owner and team. Records that the scope has for another reason, such as a share, are
  /// looked up and added.
  ///
  /// - Parameters:
  ///   - query: which sums.
  ///   - source: where the records are that a filter finds in the scope, which are added up instead; nil for all.
  ///   - scope: the records that the caller may read.
  ///   - visible: the fields that the caller sees.
  /// - Returns: sums by the values of the groups, as the table has them; without amounts, or weighted
  ///   ones, that the caller does not see.
  /// - Throws: PERMISSION_DENIED where the caller does not see the fields of the query.
  func totals<Record: StoredRecord>(
    _ query: TotalsQuery,
    of source: RecordSource?,
    in scope: Scope<Record>,
    visible: FieldSet
  ) throws -> [[SQLValue]: TotalSums] {
    var reading = try TotalsReading(query, Record.schema, visible: visible)
    if let source {
      try reading.addRecords(of: source, in: self)
      return reading.found
    }
    let (kept, others) = scope.parts(
      keptBy: query.totals.columnNames,
      in: SQL(name: query.totals.table)
    )
    try reading.addKept(in: SQL(name: query.totals.table), where: kept, self)
    if let others {
      let source = RecordSource(others.ids, SQL(name: Record.schema.table))
        .adding(others.condition).adding(query.condition(on: Record.schema))
      try reading.addRecords(of: source, in: self)
    }
    return reading.found
  }

  /// The kept totals of a scope by owner and team, without records that it has for another reason, such as a share.
  ///
  /// - Parameters:
  ///   - query: which sums.
  ///   - snapshot: the table to read and its day; nil for the present.
  ///   - scope: the records that the caller may read.
  /// - Returns: as `totals`.
  /// - Throws: as `totals`.
  func keptTotals<Record: StoredRecord>(
    _ query: TotalsQuery,
    of snapshot: (tables: TotalsSnapshots, day: CalendarDate)? = nil,
    in scope: Scope<Record>
  ) throws -> [[SQLValue]: TotalSums] {
    var reading = try TotalsReading(query, Record.schema, visible: scope.visible)
    let table = SQL(name: snapshot?.tables.table ?? query.totals.table)
    let (kept, _) = scope.parts(keptBy: query.totals.columnNames, in: table)
    let isOfDay = snapshot.map { "\(table).snapshot_date = \($0.day)" as SQL } ?? .empty
    try reading.addKept(in: table, where: [isOfDay, kept].allHold, self)
    return reading.found
  }

  /// Counts and sums of all records that the caller may read, as `totals` of a source returns them.
  package func totals<Record: StoredRecord>(
    _ query: TotalsQuery,
    in scope: Scope<Record>
  ) throws -> [[SQLValue]: TotalSums] {
    try totals(query, of: nil, in: scope, visible: scope.visible)
  }
}

extension TotalsQuery {
  /// The condition on rows of totals in a table.
  fileprivate func keptCondition(in table: SQL) -> SQL {
    conditions.map { $0.holds(of: "\(table).\(SQL(name: $0.key.column))") }.allHold
  }

  /// The same condition on records.
  func condition(on schema: RecordSchema) -> SQL {
    conditions.map { condition in
      guard let field = schema[condition.key.field] else { return "FALSE" }
      let none = RecordTotals.Key.none(of: field.type)
      // In the form in which an index has the column.
      let isPlain = !condition.key.isMonth && !condition.values.contains(none)
      return condition.holds(
        of: isPlain ? field.column(schema) : condition.key.expression(field, schema)
      )
    }.allHold
  }
}

extension TotalsQuery {
  /// What distinguishes its conditions from those of other queries.
  var texts: [String] {
    conditions.map { condition in
      let values = condition.values.map { value -> String in
        switch value {
        case .blob(let bytes): Base64.encode(bytes)
        case .text(let text): text
        case .boolean(let flag): "\(flag)"
        case .null, .integer, .real: ""
        }
      }
      return "\(condition.key.column) \(values)"
    }
  }
}

extension RecordTotals.Key {
  /// The value under which a record is counted.
  fileprivate func expression(_ field: RecordField, _ schema: RecordSchema) -> SQL {
    let column = field.column(schema)
    let value: SQL = isMonth ? "substr(\(column), 1, 7)" : column
    return field.traits.contains(.nullable)
      ? "coalesce(\(value), \(Self.none(of: field.type)))" : value
  }
}

/// Totals as the store yields them.
private struct TotalsReading {
  private let query: TotalsQuery
  private let schema: RecordSchema
  private let showsAmounts: Bool
  private let showsWeighted: Bool
  private let showsNumber: Bool
  private(set) var found: [[SQLValue]: TotalSums] = [:]

  init(_ query: TotalsQuery, _ schema: RecordSchema, visible: FieldSet) throws(MeshError) {
    func isVisible(_ name: String) -> Bool { schema[name].map(visible.contains) ?? false }
    let hidden = (query.groups + query.conditions.map(\.key)).map(\.field)
      .filter { !isVisible($0) }
    guard hidden.isEmpty else {
      throw .permissionDenied("you do not see \(Set(hidden).sorted().joined(separator: ", "))")
    }
    self.query = query
    self.schema = schema
    showsAmounts = isVisible(query.totals.amount)
    showsWeighted = showsAmounts && isVisible(query.totals.percent)
    showsNumber = isVisible(query.totals.number)
  }

  mutating func addKept(
    in table: SQL,
    where condition: SQL,
    _ transaction: ReadTransaction
  ) throws {
    let groups = query.groups.map { key -> SQL in
      let column: SQL = "\(table).\(SQL(name: key.column)), "
      // The index by this id has the groups in order, but ignores the condition: the sign prevents its use.
      guard case .id = schema[key.field]?.type else { return column }
      return "+\(column)"
    }
    let sums = query.totals.sumColumns.map { "sum(\(table).\(SQL(name: $0)))" as SQL }
    try add(
      """
      SELECT \(groups.joined(by: ""))\(table).currency, \(sums.joined(by: ", ")) FROM \(table)
      WHERE \([query.keptCondition(in: table), condition].allHold) GROUP BY \(places)
      """,
      in: transaction
    )
  }

  mutating func addRecords(of source: RecordSource, in transaction: ReadTransaction) throws {
    guard let amount = schema[query.totals.amount] else { return }
    let groups = query.groups.map { key in
      schema[key.field].map { "\(key.expression($0, schema)), " as SQL } ?? ""
    }
    let minor = amount.column(schema, "_minor")
    let halves: [SQL] = ["(\(minor) >> 32)", "(\(minor) & 4294967295)"]
    var sums = halves.map { "sum(\($0))" as SQL }
    if let percent = schema[query.totals.percent]?.column(schema) {
      sums += halves.map { "sum(\($0) * \(percent))" as SQL }
    }
    if let number = schema[query.totals.number]?.column(schema) { sums.append("sum(\(number))") }
    try add(
      """
      SELECT \(groups.joined(by: ""))coalesce(\(amount.column(schema, "_currency")), ''),
        count(*), \(sums.joined(by: ", "))
      FROM \(source.tables) WHERE \(source.condition) GROUP BY \(places)
      """,
      in: transaction
    )
  }

  /// The places that groups and the currency can have in a statement.
  static let places: [SQL] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"]

  /// The places that they have in this one.
  private var places: SQL { Array(Self.places.prefix(query.groups.count + 1)).joined(by: ", ") }

  private mutating func add(_ statement: SQL, in transaction: ReadTransaction) throws {
    try transaction.forEach(statement) { row in
      let group = try query.groups.map { _ in try row.next(SQLValue.self) }
      let currency = CurrencyCode(try row.next(String.self))
      let count = try row.next(Int64.self)
      let amount = try Self.whole(&row)
      let weighted = query.totals.percent.isEmpty ? nil : try Self.whole(&row)
      let number: Int64? = query.totals.number.isEmpty ? nil : try row.next()
      found[group, default: TotalSums()].add(
        records: count,
        number: showsNumber ? number ?? 0 : nil
      )
      if let currency, showsAmounts {
        let shown = showsWeighted ? weighted : nil
        found[group, default: TotalSums()].add(amount, weighted: shown, currency)
      }
      return true
    }
  }

  /// A sum in two columns; 0 if there is none.
  private static func whole(_ row: inout Row) throws -> Int128 {
    let (high, low) = (try row.next(Int64?.self), try row.next(Int64?.self))
    return Int128(high ?? 0) << 32 + Int128(low ?? 0)
  }
}
