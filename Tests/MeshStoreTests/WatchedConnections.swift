import MeshCore

@testable import MeshStore

/// Is told of each statement before it runs, and may refuse it, which ends the connection.
class StatementWatch {
  private var hasEnded = false

  static let lost = StoreError.engine(
    EngineFault(.connection, code: "08006", message: "the connection is lost")
  )

  /// Whether to go on with `statement`.
  func goesOn(with statement: String) -> Bool { true }

  /// Takes no more statements, not even one that rolls back, once it has refused one.
  fileprivate func pass(_ statement: String) throws(StoreError) {
    if hasEnded { throw Self.lost }
    hasEnded = !goesOn(with: statement)
    if hasEnded { throw Self.lost }
  }

  fileprivate func pass(_ sql: SQL) throws(StoreError) {
    // Blobs are random where they are not what migrations hash to.
    let values = sql.parameters.map { value in
      if case .blob = value { "blob" } else { "\(value)" }
    }
    try pass("\(sql.text) \(values)")
  }
}

/// A file whose statements run one by one, watched.
final class WatchedSQLite: SQLiteConnection {
  var watch: StatementWatch?

  override func execute(script: String) throws(StoreError) {
    guard let watch else { return try super.execute(script: script) }
    for statement in Statements.of(script) {
      try watch.pass(statement)
      try super.execute(script: statement)
    }
  }

  override func run(_ control: TransactionControl) throws(StoreError) {
    try watch?.pass("\(control)")
    try super.run(control)
  }

  override func run(_ sql: SQL, _ body: (inout Row) throws -> Bool) throws -> Int {
    try watch?.pass(sql)
    return try super.run(sql, body)
  }

  override func runOwn(_ sql: SQL, _ body: (inout Row) throws -> Bool) throws -> Int {
    try watch?.pass(sql)
    return try super.runOwn(sql, body)
  }
}

/// A server's connection whose statements run one by one, watched.
final class WatchedPostgres: PostgresConnection {
  var watch: StatementWatch?

  /// A script that is sent at once is one transaction (PostgreSQL 15, 55.2.2.1), and so it is here.
  override func executeUnchanged(script: String) throws(StoreError) {
    guard let watch else { return try super.executeUnchanged(script: script) }
    let isAlone = wire.isIdle && !script.hasPrefix("BEGIN")
    if isAlone { try super.executeUnchanged(script: "BEGIN") }
    for statement in Statements.of(script) {
      try watch.pass(statement)
      try super.executeUnchanged(script: statement)
    }
    if isAlone { try super.executeUnchanged(script: "COMMIT") }
  }

  override func run(_ control: TransactionControl) throws(StoreError) {
    try watch?.pass("\(control)")
    try super.run(control)
  }

  override func run(_ sql: SQL, _ body: (inout Row) throws -> Bool) throws -> Int {
    try watch?.pass(sql)
    return try super.run(sql, body)
  }

  override func runOwn(_ sql: SQL, _ body: (inout Row) throws -> Bool) throws -> Int {
    try watch?.pass(sql)
    return try super.runOwn(sql, body)
  }
}

/// A script's statements.
enum Statements {
  static func of(_ script: String) -> [String] {
    var (statements, current): ([String], String) = ([], "")
    // What ends the quote or comment that is open.
    var closing: String?
    var rest = Substring(script)
    func take(_ text: some StringProtocol) {
      current += text
      rest.removeFirst(text.count)
    }
    while let first = rest.first {
      if let end = closing {
        if rest.hasPrefix(end) {
          take(end)
          closing = nil
        } else {
          take("\(first)")
        }
      } else if rest.hasPrefix("--") {
        closing = "\n"
      } else if first == "'" || first == "\"" {
        take("\(first)")
        closing = "\(first)"
      } else if let tag = rest.prefixMatch(of: #/\$[a-z]*\$/#) {
        take(tag.0)
        closing = String(tag.0)
      } else if first == ";" {
        rest.removeFirst()
        statements.append(current)
        current = ""
      } else {
        take("\(first)")
      }
    }
    return (statements + [current]).filter { statement in
      statement.split(separator: "\n").contains { line in
        let text = line.drop { $0 == " " }
        return !text.isEmpty && !text.hasPrefix("--")
      }
    }
  }
}
