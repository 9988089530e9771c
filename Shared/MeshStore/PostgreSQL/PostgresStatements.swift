import CPostgreSQL

/// A connection's prepared statements by their text, the least recently used of which make room for others.
struct PostgresStatements {
  private var statements: [StatementCache.Key: PostgresStatement] = [:]
  private var uses: UInt64 = 0
  private var names: UInt64 = 0

  /// How the statement was prepared for parameters such as `values`; nil when it was not.
  mutating func form(_ key: StatementCache.Key, _ values: [SQLValue]) -> PostgresStatement.Form? {
    guard let index = statements.index(forKey: key) else { return nil }
    uses += 1
    statements.values[index].lastUse = uses
    return statements.values[index].forms.first { $0.takes(values) }
  }

  /// The text for the server, if it is known.
  func text(_ key: StatementCache.Key) -> String? { statements[key]?.text }

  mutating func newName() -> String {
    names += 1
    return "s\(names)"
  }

  mutating func insert(_ form: PostgresStatement.Form, of key: StatementCache.Key, text: String) {
    uses += 1
    statements[key, default: PostgresStatement(text: text)].forms.append(form)
    statements[key]?.lastUse = uses
  }

  /// Drops the older half when there are too many, and gives the names of what the server is to forget.
  mutating func makeRoom() -> [String] {
    guard statements.count >= StatementCache.capacity else { return [] }
    let median = statements.values.map(\.lastUse).sorted()[statements.count / 2]
    let old = statements.filter { $0.value.lastUse < median }
    for key in old.keys { statements[key] = nil }
    return old.values.flatMap { $0.forms.map(\.name) }
  }
}

/// A statement that travels with the next one.
struct PostedStatement {
  let send: PostgresWire.Send
  let body: (inout Row) throws(StoreError) -> Void

  /// Hands the rows of `result` to `body`.
  static func take(
    _ result: OpaquePointer,
    _ body: (inout Row) throws(StoreError) -> Void
  ) throws(StoreError) {
    for row in 0..<PQntuples(result) {
      var row = Row(StatementCursor(PostgresRow(result, row: row)))
      try body(&row)
    }
  }
}
