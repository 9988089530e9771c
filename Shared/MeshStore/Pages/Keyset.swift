/// One column that a list is ordered by.
package struct OrderTerm: Sendable {
  /// Never NULL.
  let value: SQL
  let isDescending: Bool
  /// Where rows without a value are: after all others, whichever the direction.
  let absence: Absence?
  /// Of a column that holds keys of a tenant's list: what they are ordered by.
  var list: ListOrder?

  /// Keys in the order of a list's positions.
  struct ListOrder: Sendable {
    let column: SQL
    /// The table with the column.
    let rows: SQL
    let table: SQL
    let isNullable: Bool
    /// Which rows have none of the list's keys; nil for none.
    var others: SQL?
    /// The keys of each position, from the first; nil until they are read, and for a long list.
    var keys: [(position: Int64, keys: [String])]?
  }

  struct Absence: Sendable {
    /// The order among rows that have a value, such as the bare column, which an index serves.
    let present: SQL
    let isEmpty: SQL
    let hasValue: SQL
    /// Whether rows without a value are in the order of the column too, which does not have one value for them.
    var isOrdered = false
  }

  /// From the least value of `expression`, which is never NULL, up.
  package static func ascending(_ expression: SQL) -> OrderTerm {
    OrderTerm(value: expression, isDescending: false, absence: nil)
  }

  /// From the greatest value of `expression`, which is never NULL, down.
  package static func descending(_ expression: SQL) -> OrderTerm {
    OrderTerm(value: expression, isDescending: true, absence: nil)
  }

  /// By a column that may be NULL; rows without a value come last.
  ///
  /// - Parameters:
  ///   - column: what is ordered by.
  ///   - zero: any value of its type.
  ///   - isDescending: whether the greatest value comes first.
  /// - Returns: the term.
  package static func nullable(_ column: SQL, zero: SQL, isDescending: Bool) -> OrderTerm {
    let absence = Absence(
      present: column,
      isEmpty: "\(column) IS NULL",
      hasValue: "\(column) IS NOT NULL"
    )
    return OrderTerm(
      value: "coalesce(\(column), \(zero))",
      isDescending: isDescending,
      absence: absence
    )
  }

  /// By a column that keeps no value as the least of its type, `none`; such rows come last.
  ///
  /// SQLite may have lesser ones: where the default of a column of bytes is `''`, that is a text.
  package static func notNull(_ column: SQL, none: SQL, isDescending: Bool) -> OrderTerm {
    let absence = Absence(
      present: column,
      isEmpty: "\(column) <= \(none)",
      hasValue: "\(column) > \(none)",
      isOrdered: true
    )
    return OrderTerm(value: column, isDescending: isDescending, absence: absence)
  }

  /// By a text column that keeps no value as the empty text; such rows come last.
  ///
  /// As that is one value, an index gives them in the order of what follows.
  package static func text(_ column: SQL, isDescending: Bool) -> OrderTerm {
    let absence = Absence(
      present: column,
      isEmpty: "\(column) = ''",
      hasValue: "\(column) > ''"
    )
    return OrderTerm(value: column, isDescending: isDescending, absence: absence)
  }

  /// By the positions that a tenant's list has for the keys in a column; others come last.
  ///
  /// - Parameters:
  ///   - column: with the keys.
  ///   - rows: the column's table.
  ///   - table: of the list, with `key` and `position`.
  ///   - isNullable: whether a row without a key has NULL there, and not the empty text.
  ///   - isDescending: whether the last position comes first.
  /// - Returns: the term.
  package static func listed(
    _ column: SQL,
    of rows: SQL,
    by table: SQL,
    isNullable: Bool = false,
    isDescending: Bool
  ) -> OrderTerm {
    let position: SQL =
      "(SELECT \(table).position FROM \(table) WHERE \(table).key = \(column))"
    var term = nullable(position, zero: "0", isDescending: isDescending)
    term.list = ListOrder(column: column, rows: rows, table: table, isNullable: isNullable)
    return term
  }

  var isEmptyNumber: SQL? {
    absence.map { "CASE WHEN \($0.isEmpty) THEN 1 ELSE 0 END" }
  }
}

/// A total order of rows, and what comes after a row in it.
///
/// Pages cut by it neither skip nor repeat a row while others are inserted, and cost the same
/// however far in they are.
package struct Keyset: Sendable {
  /// Rows that come one after the other in a list.
  struct Part {
    /// Which rows.
    let condition: SQL
    /// For ORDER BY.
    let order: SQL
  }

  private var terms: [OrderTerm]
  /// Whether rows are read from the last to the first.
  private let isBackward: Bool

  /// - Parameters:
  ///   - terms: what was asked for, the most significant first.
  ///   - unique: tells rows apart that are otherwise alike; goes the way of the last term.
  package init(_ terms: [OrderTerm], unique: SQL) {
    let isDescending = terms.last?.isDescending ?? false
    self.terms =
      terms + [OrderTerm(value: unique, isDescending: isDescending, absence: nil)]
    isBackward = false
  }

  /// Rows by one unique column, from its greatest value down.
  package init(descending unique: SQL) {
    terms = [.descending(unique)]
    isBackward = false
  }

  private init(_ terms: [OrderTerm], isBackward: Bool) {
    self.terms = terms
    self.isBackward = isBackward
  }

  /// The same rows from the last to the first: what came before a row comes after it.
  var backward: Keyset { Keyset(terms, isBackward: !isBackward) }

  /// How many columns there are.
  var count: Int { terms.reduce(0) { $0 + ($1.absence == nil ? 1 : 2) } }

  /// The columns, for SELECT: a row's place in the order.
  var columns: SQL {
    terms.flatMap { term in [term.isEmptyNumber, term.value].compactMap { $0 } }.joined(by: ", ")
  }

  /// What there is to read, one part after the other, to get the rows after the one with `values`.
  ///
  /// Rows that have no value to be ordered by first are a part of their own, so that an index serves both.
  func parts(after values: [SQLValue]?) -> [Part] {
    if let parts = listParts(after: values) { return parts }
    guard let absence = terms.first?.absence else {
      return [Part(condition: Self.after(values, in: steps), order: Self.order(steps))]
    }
    let rest = Array(steps.dropFirst(2))
    let present = [step(absence.present, isDescending: terms[0].isDescending)] + rest
    // Ordered by the column too: PostgreSQL does not take NULLs for equal, and would use no index.
    func without(_ values: [SQLValue]?) -> Part {
      Part(
        condition: [
          absence.isEmpty, Self.after(values, in: absence.isOrdered ? present : rest),
        ].allHold,
        order: Self.order(present)
      )
    }
    func with(_ values: [SQLValue]?) -> Part {
      Part(
        condition: [absence.hasValue, Self.after(values, in: present)].allHold,
        order: Self.order(present)
      )
    }
    let isEmpty = values.map { $0.first != .integer(0) }
    let ofValue = values.map { Array($0.dropFirst()) }
    let ofNone = absence.isOrdered ? ofValue : values.map { Array($0.dropFirst(2)) }
    switch (isBackward, isEmpty) {
    case (false, true?): return [without(ofNone)]
    case (true, false?): return [with(ofValue)]
    case (false, _): return [with(ofValue), without(nil)]
    case (true, _): return [without(ofNone), with(nil)]
    }
  }

  /// Entries of a list up to which each is read as a part of its own.
  private static let mostListParts = 64

  /// With the keys of the list that rows are ordered by first, so that an index on them serves the order.
  func readingList(in transaction: some Transaction) throws -> Keyset {
    guard let list = terms.first?.list else { return self }
    var keys: [(position: Int64, keys: [String])] = []
    try transaction.forEach(
      "SELECT position, key FROM \(list.table) ORDER BY position, key LIMIT \(Self.mostListParts + 1)"
    ) { row in
      let position: Int64 = try row.next()
      if keys.last?.position != position { keys.append((position, [])) }
      keys[keys.count - 1].keys.append(try row.next())
      return true
    }
    guard keys.reduce(0, { $0 + $1.keys.count }) <= Self.mostListParts else { return self }
    var keyset = self
    keyset.terms[0].list?.keys = terms[0].isDescending ? keys.reversed() : keys
    keyset.terms[0].list?.others = try transaction.others(list, keys.flatMap(\.keys))
    return keyset
  }

  /// A part for each position of the list that rows are ordered by first, and one for all other rows.
  private func listParts(after values: [SQLValue]?) -> [Part]? {
    guard let list = terms.first?.list, let positions = list.keys else { return nil }
    let rest = Array(steps.dropFirst(2))
    func part(_ condition: SQL, after values: [SQLValue]?) -> Part {
      Part(condition: [condition, Self.after(values, in: rest)].allHold, order: Self.order(rest))
    }
    func others(after values: [SQLValue]?) -> [Part] {
      list.others.map { [part($0, after: values)] } ?? []
    }
    // The last row's place; nil for one that is not in the list, and before the first.
    var place: Int64?
    if let values, values.first == .integer(0), case .integer(let number) = values[1] {
      place = number
    }
    let ofRest = values.map { Array($0.dropFirst(2)) }
    let isAmongOthers = values != nil && place == nil
    if isAmongOthers, !isBackward { return others(after: ofRest) }
    let isFalling = terms[0].isDescending != isBackward
    let left = positions.filter { entry in
      place.map { isFalling ? entry.position <= $0 : entry.position >= $0 } ?? true
    }
    let listed = (isBackward ? left.reversed() : left).map { entry in
      part(
        "\(list.column) IN (\(list: entry.keys.map(SQLValue.text)))",
        after: entry.position == place ? ofRest : nil
      )
    }
    if !isBackward { return listed + others(after: nil) }
    if place != nil { return listed }
    return others(after: isAmongOthers ? ofRest : nil) + listed
  }

  private struct Step {
    let value: SQL
    let isDescending: Bool
  }

  private var steps: [Step] {
    terms.flatMap { term in
      let value = step(term.value, isDescending: term.isDescending)
      return term.isEmptyNumber.map { [step($0, isDescending: false), value] } ?? [value]
    }
  }

  private func step(_ value: SQL, isDescending: Bool) -> Step {
    Step(value: value, isDescending: isDescending != isBackward)
  }

  private static func order(_ steps: [Step]) -> SQL {
    steps.map { $0.isDescending ? "\($0.value) DESC" : "\($0.value)" as SQL }.joined(by: ", ")
  }

  /// Whether a row comes after the one with `values`; any row does when there are none.
  ///
  /// Terms of one direction are compared as a row, which an index answers in one search. Where the
  /// direction changes, the row before is compared for equality.
  private static func after(_ values: [SQLValue]?, in steps: [Step]) -> SQL {
    guard let values else { return "TRUE" }
    var runs: [Run] = []
    for (step, value) in zip(steps, values) {
      if runs.last?.isDescending != step.isDescending {
        runs.append(Run(isDescending: step.isDescending))
      }
      runs[runs.count - 1].columns.append(step.value)
      runs[runs.count - 1].values.append(value)
    }
    return after(runs[...])
  }

  private struct Run {
    let isDescending: Bool
    var columns: [SQL] = []
    var values: [SQLValue] = []

    init(isDescending: Bool) { self.isDescending = isDescending }

    func compared(_ comparison: SQL) -> SQL {
      if columns.count == 1 { return "\(columns[0]) \(comparison) \(values[0])" }
      return "(\(columns.joined(by: ", "))) \(comparison) (\(list: values))"
    }
  }

  private static func after(_ runs: ArraySlice<Run>) -> SQL {
    guard let first = runs.first else { return "FALSE" }
    let strict: SQL = first.isDescending ? "<" : ">"
    if runs.count == 1 { return first.compared(strict) }
    // The first comparison is implied by the rest; it is what an index can search by.
    let reachable = first.compared(first.isDescending ? "<=" : ">=")
    let further = after(runs.dropFirst())
    return
      "\(reachable) AND (\(first.compared(strict)) OR (\(first.compared("=")) AND \(further)))"
  }
}

extension Transaction {
  /// Which rows have none of a list's keys; nil for none.
  ///
  /// That is asked of the gaps between the keys, which an index answers without a look at any row that has one.
  /// Where the others all have no key, they are found by that.
  fileprivate func others(_ list: OrderTerm.ListOrder, _ keys: [String]) throws -> SQL? {
    let column = list.column
    let hasNone: SQL = list.isNullable ? "\(column) IS NULL" : "\(column) = ''"
    var gaps: [SQL] = []
    var last = ""
    for key in keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      gaps.append("\(column) > \(last) AND \(column) < \(key)")
      last = key
    }
    gaps.append("\(column) > \(last)")
    // Each by itself: of an OR, no index is used where one side can be no row's.
    func exists(_ condition: SQL) -> SQL {
      "EXISTS (SELECT 1 FROM \(list.rows) WHERE \(condition))"
    }
    let found = try first(
      """
      SELECT CASE WHEN \(exists(hasNone)) THEN 1 ELSE 0 END,
        CASE WHEN \(gaps.map(exists).joined(by: " OR ")) THEN 1 ELSE 0 END
      """
    ) { row in (none: try row.next(Int.self) == 1, unknown: try row.next(Int.self) == 1) }
    guard let found, found.none || found.unknown else { return nil }
    if !found.unknown { return hasNone }
    if keys.isEmpty { return "TRUE" }
    let unknown: SQL = "\(column) NOT IN (\(list: keys.map(SQLValue.text)))"
    return list.isNullable ? "(\(hasNone) OR \(unknown))" : unknown
  }
}
