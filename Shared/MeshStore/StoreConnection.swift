import MeshCore

/// What a transaction needs of its engine's connection.
///
/// A connection belongs to the thread that uses it, and is either for transactions of tenants or for
/// those of the system.
protocol StoreConnection: AnyObject {
  var dialect: Dialect { get }

  /// Whether no transaction is open: after a failure, the engine may have rolled all of it back.
  var isIdle: Bool { get }

  /// Sets or clears the tenant whose rows the next transaction sees.
  func enter(_ tenant: TenantID?)

  func run(_ control: TransactionControl) throws(StoreError)

  /// Holds a lock until the transaction has ended; see `WriteTransaction.lock`.
  func lock(_ key: Int64) throws(StoreError)

  /// Runs a service's statement, confined to the connection's scope, and hands each row to `body` until
  /// that returns false.
  ///
  /// - Returns: rows changed, for a statement that changes rows.
  /// - Throws: `StoreError`, or what `body` throws.
  @discardableResult
  func run(_ sql: SQL, _ body: (inout Row) throws -> Bool) throws -> Int

  /// The same with a statement of the store's own, which names its tables as `main.mesh_...`.
  @discardableResult
  func runOwn(_ sql: SQL, _ body: (inout Row) throws -> Bool) throws -> Int

  /// Runs a statement without waiting for its outcome, at the latest when the transaction ends: what comes
  /// after throws its failure.
  ///
  /// - Parameters:
  ///   - sql: the statement.
  ///   - isOwn: whether it is the store's own.
  ///   - body: gets the rows that it returns, when they are there.
  /// - Throws: its failure, where it was run at once, or that of one before it.
  func post(
    _ sql: SQL,
    isOwn: Bool,
    _ body: @escaping (inout Row) throws(StoreError) -> Void
  ) throws

  /// Runs what was posted, if it still waits.
  func runPosted() throws

  /// Runs the statements of `script`, which is the store's or a migration's, one after the other.
  func execute(script: String) throws(StoreError)

  /// Runs a migration's script in a transaction of its own, together with what notes it.
  ///
  /// It may drop a table that others refer to and make it anew: the rows of those stay, and foreign keys are
  /// checked at the end.
  func migrate(_ script: String, noting record: SQL) throws(StoreError)

  /// How many of the store's own scripts were run; 0 for a new database.
  func storeVersion() throws(StoreError) -> Int

  func setStoreVersion(_ version: Int) throws(StoreError)

  /// The columns of a table; none when there is no such table.
  func columns(of table: String) throws -> Set<String>

  /// The columns of a table that an index begins with, after the tenant.
  func indexedColumns(of table: String) throws -> Set<String>
}

/// The statements that begin, mark and end transactions.
enum TransactionControl: Int, CaseIterable {
  case begin, beginReading, commit, rollback, savepoint, releaseSavepoint, rollbackToSavepoint
  case attempt, releaseAttempt, rollbackToAttempt

  /// What both engines call it; nil for those that they begin differently.
  var text: SQL? {
    switch self {
    case .begin, .beginReading: nil
    case .commit: "COMMIT"
    case .rollback: "ROLLBACK"
    case .savepoint: "SAVEPOINT request"
    case .releaseSavepoint: "RELEASE request"
    case .rollbackToSavepoint: "ROLLBACK TO request"
    case .attempt: "SAVEPOINT attempt"
    case .releaseAttempt: "RELEASE attempt"
    case .rollbackToAttempt: "ROLLBACK TO attempt"
    }
  }
}

extension StoreConnection {
  /// Runs `body` in a transaction, which leaves nothing if it throws.
  func inTransaction(_ body: () throws(StoreError) -> Void) throws(StoreError) {
    try run(.begin)
    do throws(StoreError) {
      try body()
      try run(.commit)
    } catch {
      try? run(.rollback)
      throw error
    }
  }

  /// Runs a statement of the store's own that gives no rows.
  func perform(_ sql: SQL) throws(StoreError) {
    do {
      try runOwn(sql) { _ in true }
    } catch {
      throw error as? StoreError ?? .schema(["\(error)"])
    }
  }

  /// The rows of a statement of the store's own.
  func rows<T>(
    _ sql: SQL,
    _ decode: (inout Row) throws(StoreError) -> T
  ) throws(StoreError) -> [T] {
    var rows: [T] = []
    do {
      try runOwn(sql) { row in
        rows.append(try decode(&row))
        return true
      }
    } catch {
      throw error as? StoreError ?? .schema(["\(error)"])
    }
    return rows
  }

  /// The first column of the first row of a statement of the store's own; 0 when there is none.
  func integer(_ sql: SQL) throws(StoreError) -> Int64 {
    try rows(sql) { (row) throws(StoreError) in try row.next(Int64.self) }.first ?? 0
  }
}
