/// How the database goes about a query, in its own words.
package struct StatementPlan: Sendable {
  /// The query's text, with `?` for each value.
  package let statement: String
  /// What SQLite's EXPLAIN QUERY PLAN or PostgreSQL's EXPLAIN says; deeper lines have more blanks in front.
  package let lines: [String]
}

extension StoreConnection {
  /// The plan of a query for the values that it has; nil for a statement that is none.
  func plan(of sql: SQL) throws -> StatementPlan? {
    guard sql.text.hasPrefix("SELECT ") else { return nil }
    return StatementPlan(statement: sql.text, lines: try dialect.plan(sql, self))
  }
}

extension Dialect {
  /// SQLite has each step with the number of the one that it belongs to.
  static func sqlitePlan(
    of sql: SQL,
    _ connection: any StoreConnection
  ) throws -> [String] {
    var depths: [Int: Int] = [:]
    var lines: [String] = []
    try connection.runOwn("EXPLAIN QUERY PLAN \(sql)") { row in
      let (step, parent) = (try row.next(Int.self), try row.next(Int.self))
      row.skip(1)
      let depth = depths[parent].map { $0 + 1 } ?? 0
      depths[step] = depth
      lines.append(String(repeating: "  ", count: depth) + (try row.next(String.self)))
      return true
    }
    return lines
  }

  static func postgresPlan(
    of sql: SQL,
    _ connection: any StoreConnection
  ) throws -> [String] {
    var lines: [String] = []
    try connection.runOwn("EXPLAIN \(sql)") { row in
      lines.append(try row.next())
      return true
    }
    return lines
  }
}
