import CPostgreSQL
import MeshCore

/// One session with a PostgreSQL server, with its prepared statements.
///
/// Belongs to the thread that uses it. BEGIN waits for the first statement of its transaction and travels
/// with it, as do the tenant's setting and, where it is new, the statement's text (libpq's pipeline mode).
class PostgresConnection: StoreConnection {
  enum Scope { case tenant, system, owner }

  var dialect: Dialect { .postgres }
  let wire: PostgresWire
  private let scope: Scope
  /// Tables that have a tenant; for tenants' statements, which others refuse.
  private let tables: Set<String>
  private var tenant: TenantID?
  /// The BEGIN that waits for the first statement.
  private var opening: String?
  private var statements = PostgresStatements()
  /// Statements that travel with the next one, in their order, and what becomes of their rows.
  private var posted: [PostedStatement] = []
  private(set) var locks = PostgresLocks()
  /// How long the server may go by a plan that it made for a prepared statement.
  ///
  /// It makes another when it has analysed a table, but not when that has grown from nothing to thousands of
  /// rows meanwhile.
  var planLife = Duration.seconds(5)
  /// Since when plans are kept.
  private var plansTime = ContinuousClock.now

  /// - Throws: `.engine` of the kind `.connection` when the server cannot be reached or refuses the role.
  init(
    _ server: PostgresServer,
    as login: PostgresServer.Login,
    _ scope: Scope,
    service: String,
    tables: Set<String> = []
  ) throws(StoreError) {
    self.scope = scope
    self.tables = tables
    wire = try PostgresWire(server.parameters(as: login, service: service))
    wire.patience = PostgresWire.patience
    try wire.execute("SET bytea_output = hex; SET extra_float_digits = 3; SET timezone = 'UTC'")
    wire.patience = nil
  }

  /// Has the server end each statement after a time, and gives up one that has not said so a while later.
  func limitStatements(to time: Duration) throws(StoreError) {
    wire.patience = time + .seconds(5)
    try wire.execute("SET statement_timeout = \(Int(time / .milliseconds(1)))")
  }

  /// Has the server end the connection when a transaction asks for nothing for a time: one that is left
  /// open keeps the server from cleaning up and others from the rows that it wrote.
  func limitPauses(to time: Duration) throws(StoreError) {
    try wire.execute("SET idle_in_transaction_session_timeout = \(Int(time / .milliseconds(1)))")
  }

  /// Has the server end the connection, and give its locks back, when nothing is asked for a time, as its
  /// process hangs or is gone.
  func limitSilence(to time: Duration) throws(StoreError) {
    try wire.execute("SET idle_session_timeout = \(Int(time / .milliseconds(1)))")
  }

  // MARK: Transactions

  var isIdle: Bool { opening == nil && wire.isIdle }

  /// Whether the server has ended the connection, or it broke.
  var isLost: Bool { wire.isLost }

  /// Whether the transaction must be made again from its beginning, whatever its body makes of that.
  var mustRestart: Bool { wire.mustRestart }

  /// The request whose statements run: they end when it is cancelled.
  var request: StoreRequest? {
    get { wire.request }
    set { wire.request = newValue }
  }

  func enter(_ tenant: TenantID?) { self.tenant = tenant }

  func run(_ control: TransactionControl) throws(StoreError) {
    switch control {
    case .begin: begin("BEGIN ISOLATION LEVEL REPEATABLE READ")
    case .beginReading: begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    case .commit: try commit()
    case .rollback: try rollBack()
    case .rollbackToSavepoint, .rollbackToAttempt:
      posted = []
      try perform(control.text ?? .empty)
    default: try perform(control.text ?? .empty)
    }
  }

  private func begin(_ text: String) {
    posted = []
    opening = text
    wire.mustRestart = false
  }

  /// Commits what was done, if anything was.
  ///
  /// - Throws: also when the server rolls back instead, as it does with a transaction that failed and
  ///   went on; it calls that a success.
  private func commit() throws(StoreError) {
    if opening != nil, posted.isEmpty {
      opening = nil
      return
    }
    wire.isCommitting = true
    defer { wire.isCommitting = false }
    var status = ""
    let note = { (result: OpaquePointer) in status = String(cString: PQcmdStatus(result)) }
    if locks.isEmpty {
      let result = try exchange([PostgresWire.plain("COMMIT")])
      note(result)
      PQclear(result)
    } else {
      do throws(StoreError) {
        PQclear(
          try exchange(["COMMIT", Self.unlocking].map(PostgresWire.plain)) { index, result in
            if index == 0 { note(result) }
          }
        )
        locks = PostgresLocks()
      } catch {
        // What was committed stays so, whatever became of the locks: they end with the connection.
        guard status == "COMMIT" else { throw error }
        wire.giveUp()
      }
    }
    guard status == "COMMIT" else {
      throw .engine(EngineFault(.busy, code: "25P02", message: "rolled back"))
    }
  }

  private func rollBack() throws(StoreError) {
    posted = []
    opening = nil
    guard !wire.isIdle else { return }
    PQclear(try wire.exchange([PostgresWire.plain("ROLLBACK")]))
  }

  // MARK: Locks

  /// Holds the lock of `key` until the transaction has ended, so that two with the same key follow one
  /// another and the later sees what the earlier has done.
  ///
  /// - Throws: `.engine` of the kind `.conflict` when the transaction has read already, which might miss
  ///   what the last holder wrote: it is made again, and begins with the lock.
  func lock(_ key: Int64) throws(StoreError) {
    if locks.isHeld(key) { return }
    locks.want(key)
    guard opening != nil, posted.isEmpty else {
      wire.mustRestart = true
      throw .engine(EngineFault(.conflict, code: "40001", message: "the lock comes first"))
    }
    try acquireLocks()
  }

  /// Notes the locks that the transaction to come is known to need.
  func want(_ locks: PostgresLocks) { self.locks = locks }

  /// Takes the locks that are wanted.
  func acquireLocks() throws(StoreError) {
    while let key = locks.next {
      try perform("SELECT pg_advisory_lock(\(key))", outsideTransaction: true)
      locks.take(key)
    }
  }

  /// Gives all locks back; the transaction has ended.
  func releaseLocks() throws(StoreError) {
    let held = !locks.isEmpty
    locks = PostgresLocks()
    if held { PQclear(try wire.exchange([PostgresWire.plain(Self.unlocking)])) }
  }

  private static let unlocking = "SELECT pg_advisory_unlock_all()"

  private func perform(_ sql: SQL, outsideTransaction: Bool) throws(StoreError) {
    let waiting = opening
    opening = nil
    defer { opening = waiting }
    try perform(sql)
  }

  // MARK: Statements

  @discardableResult
  func run(_ sql: SQL, _ body: (inout Row) throws -> Bool) throws -> Int {
    try run(sql, isOwn: false, body)
  }

  @discardableResult
  func runOwn(_ sql: SQL, _ body: (inout Row) throws -> Bool) throws -> Int {
    try run(sql, isOwn: true, body)
  }

  private func run(
    _ sql: SQL,
    isOwn: Bool,
    _ body: (inout Row) throws -> Bool
  ) throws -> Int {
    let result = try result(of: sql, isOwn: isOwn)
    defer { PQclear(result) }
    for row in 0..<PQntuples(result) {
      var row = Row(StatementCursor(PostgresRow(result, row: row)))
      guard try body(&row) else { break }
    }
    return Int(String(cString: PQcmdTuples(result))) ?? 0
  }

  /// The text for the server, which must be one that a service may run unless it is the store's own.
  private func text(of sql: SQL, isOwn: Bool) throws(StoreError) -> String {
    let tokens = try SQLScanner.tokens(
      of: sql.text,
      allowing: isOwn ? "@[]" : sql.namesStoreTables ? "@" : ""
    )
    if !isOwn {
      if scope == .tenant {
        _ = try TenantScope.apply(to: sql, tokens: tokens, tables: tables)
      } else {
        _ = try StatementShape(tokens, of: sql)
      }
    }
    return PostgresStatement.text(sql, tokens, isOwn: isOwn)
  }

  private func result(of sql: SQL, isOwn: Bool) throws(StoreError) -> OpaquePointer {
    let key = StatementCache.Key(sql, isOwn: isOwn)
    if let form = statements.form(key, sql.parameters) {
      let parameters = PostgresParameters(sql.parameters, form.types)
      return try exchange([PostgresWire.prepared(form.name, parameters)])
    }
    var known = statements.text(key)
    if known == nil { known = try text(of: sql, isOwn: isOwn) }
    let text = known ?? ""
    for name in statements.makeRoom() {
      try runPosted()
      try wire.execute("DEALLOCATE \(name)")
    }
    let name = statements.newName()
    let types = sql.parameters.map(PostgresParameters.type)
    let sends: [PostgresWire.Send] = [
      { handle in
        types.withUnsafeBufferPointer {
          PQsendPrepare(handle, name, text, Int32($0.count), $0.baseAddress)
        }
      },
      { PQsendDescribePrepared($0, name) },
      PostgresWire.prepared(name, PostgresParameters(sql.parameters, types)),
    ]
    return try exchange(sends) { index, result in
      guard index == 1 else { return }
      // The server keeps it, whatever comes of running it.
      let types = (0..<PQnparams(result)).map { PQparamtype(result, $0) }
      statements.insert(PostgresStatement.Form(name: name, types: types), of: key, text: text)
    }
  }

  // MARK: Statements that travel with the next

  /// The most statements that wait: their parameters are held until they leave.
  private static let mostPosted = 64

  func post(
    _ sql: SQL,
    isOwn: Bool,
    _ body: @escaping (inout Row) throws(StoreError) -> Void
  ) throws {
    let key = StatementCache.Key(sql, isOwn: isOwn)
    guard let form = statements.form(key, sql.parameters) else {
      // It is prepared with its first use.
      let result = try result(of: sql, isOwn: isOwn)
      defer { PQclear(result) }
      return try PostedStatement.take(result, body)
    }
    let parameters = PostgresParameters(sql.parameters, form.types)
    posted.append(PostedStatement(send: PostgresWire.prepared(form.name, parameters), body: body))
    if posted.count >= Self.mostPosted { try runPosted() }
  }

  /// Ends the savepoint of a request, with the next statement.
  func postRelease() {
    let send = PostgresWire.plain("RELEASE request")
    posted.append(PostedStatement(send: send) { (_) throws(StoreError) in })
  }

  func runPosted() throws(StoreError) {
    guard let last = posted.popLast() else { return }
    let result = try exchange([last.send])
    defer { PQclear(result) }
    try PostedStatement.take(result, last.body)
  }

  /// Sends statements, with all that goes before them, in one flush.
  ///
  /// - Returns: the last one's result; the caller frees it.
  /// - Throws: the first failure, also of what was posted.
  private func exchange(
    _ sends: [PostgresWire.Send],
    taken: (_ index: Int, _ result: OpaquePointer) -> Void = { _, _ in }
  ) throws(StoreError) -> OpaquePointer {
    let (first, waiting) = (takeOpening(), posted)
    posted = []
    var fault: StoreError?
    let result = try wire.exchange(first + waiting.map(\.send) + sends) { index, result in
      let place = index - first.count
      guard place >= 0, fault == nil else { return }
      guard place < waiting.count else { return taken(place - waiting.count, result) }
      do throws(StoreError) {
        try PostedStatement.take(result, waiting[place].body)
      } catch {
        fault = error
      }
    }
    guard let fault else { return result }
    PQclear(result)
    throw fault
  }

  /// What goes before the first statement of a transaction.
  private func takeOpening() -> [PostgresWire.Send] {
    guard let opening else { return [] }
    self.opening = nil
    var sends = [PostgresWire.plain(opening)]
    let now = ContinuousClock.now
    if now - plansTime > planLife {
      plansTime = now
      sends.append(PostgresWire.plain("DISCARD PLANS"))
    }
    guard scope == .tenant else { return sends }
    let tenant = tenant.map { Hex.encode($0.bytes) } ?? ""
    return sends + [PostgresWire.setting(tenant: tenant)]
  }

  func execute(script: String) throws(StoreError) {
    if let text = opening {
      opening = nil
      try executeUnchanged(script: text)
    }
    try executeUnchanged(script: scope == .owner ? PostgresStatement.script(script) : script)
  }

  /// Runs statements that are PostgreSQL's own, outside of a transaction or in one that has begun.
  func executeUnchanged(script: String) throws(StoreError) { try wire.execute(script) }

  func migrate(_ script: String, noting record: SQL) throws(StoreError) {
    let dropped = try Migration.droppedTables(script)
    try inTransaction { () throws(StoreError) in
      let keys = try dropped.isEmpty ? [] : PostgresSchema.keys(to: dropped, self)
      for key in keys { try executeUnchanged(script: key.drop) }
      try execute(script: script)
      for key in keys {
        if try key.isWanted(self) { try executeUnchanged(script: key.add) }
      }
      try perform(record)
    }
  }

  func storeVersion() throws(StoreError) -> Int {
    try execute(
      script: """
        CREATE TABLE IF NOT EXISTS mesh_version (version BIGINT NOT NULL);
        INSERT INTO mesh_version (version) SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM mesh_version)
        """
    )
    return Int(try integer("SELECT version FROM main.mesh_version"))
  }

  func setStoreVersion(_ version: Int) throws(StoreError) {
    try perform("UPDATE main.mesh_version SET version = \(version)")
  }

  func columns(of table: String) throws -> Set<String> {
    let names: SQL = """
      SELECT column_name FROM information_schema.columns
      WHERE table_schema = current_schema() AND table_name = \(table)
      """
    return Set(try rows(names) { (row) throws(StoreError) in try row.next() })
  }

  func indexedColumns(of table: String) throws -> Set<String> {
    let names: SQL = """
      SELECT a.attname FROM pg_index AS x JOIN pg_class AS c ON c.oid = x.indrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = x.indkey[1]
      WHERE n.nspname = current_schema() AND c.relname = \(table)
      """
    return Set(try rows(names) { (row) throws(StoreError) in try row.next() })
  }
}
