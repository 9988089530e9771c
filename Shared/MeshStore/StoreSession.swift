import MeshCore

/// What the transactions of one request share: the connection, the author and the moment.
final class StoreSession {
  let connection: any StoreConnection
  let author: Author?
  let clock: Clock
  let ids: IDGenerator
  let pageKey: [UInt8]
  /// The service whose store it is.
  let service: String
  private let planned: (@Sendable (StatementPlan) -> Void)?
  /// The number of the last change recorded; 0 when none was.
  private(set) var lastChange: Int64 = 0
  /// How many changes were recorded, also those that an attempt took back.
  private var changes = 0
  static let mostChanges = 1_000_000
  /// How many changes of the engine's transaction come before this session's.
  var changesBefore = 0
  /// How many changes the engine's transaction has by now.
  var changeCount: Int { changesBefore + changes }
  /// The kinds of resource that the changes recorded are to.
  private(set) var changedObjects: [String] = []
  /// How often the body has set or cancelled timers.
  private(set) var timerEdits = 0
  /// Changes to the text index, made when the batch is committed.
  private(set) var searchUpdates: [SearchUpdate] = []
  /// Whether the body has returned, so that what it let escape must not run on.
  private var hasEnded = false

  init(
    _ connection: any StoreConnection,
    author: Author?,
    clock: Clock,
    ids: IDGenerator,
    pageKey: [UInt8],
    service: String,
    planned: (@Sendable (StatementPlan) -> Void)?
  ) {
    self.connection = connection
    self.author = author
    self.clock = clock
    self.ids = ids
    self.pageKey = pageKey
    self.service = service
    self.planned = planned
  }

  func end() { hasEnded = true }

  func note(_ update: SearchUpdate) { searchUpdates.append(update) }

  func noteTimerEdit() { timerEdits += 1 }

  /// The number of the next change, for its INSERT.
  ///
  /// - Throws: `.refused` for more changes than a transaction may make.
  func nextChange() throws(StoreError) -> SQL {
    guard changes < Self.mostChanges else {
      throw .refused(
        reason: "a transaction makes at most \(Self.mostChanges) changes",
        statement: ""
      )
    }
    changes += 1
    return connection.dialect.changeSequence(changeCount)
  }

  func noteChange(_ sequence: Int64, of object: String) {
    lastChange = max(lastChange, sequence)
    if !changedObjects.contains(object) { changedObjects.append(object) }
  }

  func lock(_ key: Int64) throws {
    guard !hasEnded else { throw StoreError.transactionEnded }
    try connection.lock(key)
  }

  /// Runs `body` in a savepoint: nothing of it remains when it throws.
  func attempt<T>(_ body: () throws -> T) throws -> T {
    guard !hasEnded else { throw StoreError.transactionEnded }
    // Takes along what was posted before.
    try connection.run(.attempt)
    let before = (change: lastChange, updates: searchUpdates.count)
    do {
      let value = try body()
      try connection.run(.releaseAttempt)
      return value
    } catch {
      lastChange = before.change
      searchUpdates.removeSubrange(before.updates...)
      // A failure may have made the engine roll everything back, which the writer notices.
      if !connection.isIdle {
        try connection.run(.rollbackToAttempt)
        try connection.run(.releaseAttempt)
      }
      throw error
    }
  }

  /// Runs a service's statement, confined to the session's scope.
  @discardableResult
  func run(_ sql: SQL, _ body: (inout Row) throws -> Bool) throws -> Int {
    guard !hasEnded else { throw StoreError.transactionEnded }
    if let planned, let plan = try connection.plan(of: sql) { planned(plan) }
    return try connection.run(sql, body)
  }

  /// Runs a statement of the store's own.
  @discardableResult
  func runOwn(_ sql: SQL, _ body: (inout Row) throws -> Bool = { _ in true }) throws -> Int {
    guard !hasEnded else { throw StoreError.transactionEnded }
    if let planned, let plan = try connection.plan(of: sql) { planned(plan) }
    return try connection.runOwn(sql, body)
  }

  /// Runs a service's statement whose outcome nobody waits for; see `StoreConnection.post`.
  func post(_ sql: SQL) throws {
    guard !hasEnded else { throw StoreError.transactionEnded }
    try connection.post(sql, isOwn: false) { (_) throws(StoreError) in }
  }

  /// The same with a statement of the store's own.
  func postOwn(
    _ sql: SQL,
    _ body: @escaping (inout Row) throws(StoreError) -> Void = { (_) throws(StoreError) in }
  ) throws {
    guard !hasEnded else { throw StoreError.transactionEnded }
    try connection.post(sql, isOwn: true, body)
  }

  /// The first row of a statement of the store's own.
  func firstOwn<T>(_ sql: SQL, _ decode: (inout Row) throws -> T) throws -> T? {
    var found: T?
    try runOwn(sql) { row in
      found = try decode(&row)
      return false
    }
    return found
  }
}
