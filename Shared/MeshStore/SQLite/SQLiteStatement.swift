import CSQLite

/// A prepared statement; finalised when the last reference goes.
///
/// Confined, like its connection, to the connection's thread.
final class SQLiteStatement {
  private let handle: OpaquePointer
  private let connection: OpaquePointer
  /// What the authorizer lets it reach, now and whenever SQLite prepares it anew.
  let reach: StatementReach
  /// Whether it stands on a row, so that the same text needs another statement.
  private(set) var isRunning = false
  /// When it was last used, in the cache's own counting.
  var lastUse: UInt64 = 0

  init(_ handle: OpaquePointer, of connection: OpaquePointer, reach: StatementReach) {
    self.handle = handle
    self.connection = connection
    self.reach = reach
  }

  deinit { sqlite3_finalize(handle) }

  /// Runs the statement and hands each row to `body`, until that returns false.
  ///
  /// - Returns: rows changed, for a statement that changes rows.
  /// - Throws: `StoreError`, or what `body` throws.
  @discardableResult
  func run(_ parameters: [SQLValue], _ body: (inout Row) throws -> Bool) throws -> Int {
    isRunning = true
    defer {
      sqlite3_reset(handle)
      isRunning = false
    }
    try bind(parameters)
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW:
        var row = Row(StatementCursor(SQLiteRow(handle)))
        guard try body(&row) else { return 0 }
      case SQLITE_DONE: return Int(sqlite3_changes64(connection))
      default: throw SQLiteConnection.failure(of: connection)
      }
    }
  }

  /// Runs a statement without parameters that gives no rows.
  func run() throws(StoreError) {
    isRunning = true
    defer {
      sqlite3_reset(handle)
      isRunning = false
    }
    guard sqlite3_step(handle) == SQLITE_DONE else {
      throw SQLiteConnection.failure(of: connection)
    }
  }

  private func bind(_ parameters: [SQLValue]) throws(StoreError) {
    for (index, parameter) in parameters.enumerated() {
      let place = Int32(index + 1)
      let code =
        switch parameter {
        case .null: sqlite3_bind_null(handle, place)
        case .boolean(let value): sqlite3_bind_int(handle, place, value ? 1 : 0)
        case .integer(let value): sqlite3_bind_int64(handle, place, value)
        case .real(let value): sqlite3_bind_double(handle, place, value)
        case .text(var value):
          value.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) {
              csqlite_bind_text(handle, place, $0.baseAddress, Int32($0.count))
            }
          }
        case .blob(let value):
          value.withUnsafeBytes {
            csqlite_bind_blob(handle, place, $0.baseAddress, Int32($0.count))
          }
        }
      guard code == SQLITE_OK else { throw SQLiteConnection.failure(of: connection) }
    }
  }
}
