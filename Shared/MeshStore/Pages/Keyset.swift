/// One column that a list is ordered by.
package struct OrderTerm: Sendable {
  let expression: SQL
  let isDescending: Bool

  /// From the least value of `expression`, which is never NULL, up.
  package static func ascending(_ expression: SQL) -> OrderTerm {
    OrderTerm(expression: expression, isDescending: false)
  }

  /// From the greatest value of `expression`, which is never NULL, down.
  package static func descending(_ expression: SQL) -> OrderTerm {
    OrderTerm(expression: expression, isDescending: true)
  }
}

/// A total order of rows, and what comes after a row in it.
///
/// Pages cut by it neither skip nor repeat a row while others are inserted, and cost the same
/// however far in they are.
package struct Keyset: Sendable {
  private let terms: [OrderTerm]

  /// - Parameters:
  ///   - terms: what was asked for, the most significant first.
  ///   - unique: tells rows apart that are otherwise alike; goes the way of the last term.
  package init(_ terms: [OrderTerm], unique: SQL) {
    let isDescending = terms.last?.isDescending ?? false
    self.terms = terms + [OrderTerm(expression: unique, isDescending: isDescending)]
  }

  /// Rows by one unique column, from its greatest value down.
  package init(descending unique: SQL) {
    terms = [.descending(unique)]
  }

  var count: Int { terms.count }

  /// The columns, for SELECT.
  var columns: SQL { terms.map(\.expression).joined(by: ", ") }

  /// The order, for ORDER BY.
  var order: SQL {
    terms.map { $0.isDescending ? "\($0.expression) DESC" : "\($0.expression)" as SQL }
      .joined(by: ", ")
  }

  /// Whether a row comes after the one with `values`.
  ///
  /// Terms of one direction are compared as a row, which an index answers in one search. Where the
  /// direction changes, the row before is compared for equality.
  func after(_ values: [SQLValue]) -> SQL {
    var runs: [Run] = []
    for (term, value) in zip(terms, values) {
      if runs.last?.isDescending != term.isDescending {
        runs.append(Run(isDescending: term.isDescending))
      }
      runs[runs.count - 1].columns.append(term.expression)
      runs[runs.count - 1].values.append(value)
    }
    return Self.after(runs[...])
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
