import CSQLite
import CStoreIDs
import Glibc
import MeshCore

/// One handle on a database file, with its cache of prepared statements.
///
/// Belongs to the thread that uses it: one that moves between threads is handed over whole. A
/// connection is either for transactions of a tenant, where every table that has a tenant is
/// shadowed by a view of the current tenant's rows, or for those of the system.
class SQLiteConnection: StoreConnection {
  enum Purpose {
    case reading, writing
    /// Reading that does not wait for another process.
    case readingAtOnce
  }

  /// What confines the statements of a connection.
  enum Scope { case tenant, system }

  var dialect: Dialect { .sqlite }
  let scope: Scope
  private let handle: OpaquePointer
  private let authorizer = SQLiteAuthorizer()
  private let currentTenant = CurrentTenant()
  private var cache = StatementCache()

  /// Settings of the library, made once, before the first connection.
  private static let isConfigured: Bool = csqlite_configure_library(16 << 20) == SQLITE_OK

  /// Opens the file, which is made, for the process's user alone, if it does not exist.
  init(
    _ path: String,
    maximumSize: ByteCount? = nil,
    scope: Scope,
    purpose: Purpose
  ) throws(StoreError) {
    // Refused only if something else in the process uses SQLite already, and then only a saving.
    _ = Self.isConfigured
    // A file that is there is left to SQLite: to close a descriptor of it would give up the locks
    // that other connections of this process hold (POSIX), and then the next process that closes
    // the file would take itself for the last and remove the log under them.
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 || errno == EEXIST else {
      throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    if descriptor >= 0 { close(descriptor) }
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
    let code = sqlite3_open_v2(path, &opened, flags, nil)
    guard let opened else { throw .cannotOpen(path: path, reason: "out of memory") }
    handle = opened
    self.scope = scope
    guard code == SQLITE_OK else {
      throw .cannotOpen(path: path, reason: String(cString: sqlite3_errmsg(opened)))
    }
    sqlite3_extended_result_codes(handle, 1)
    // Another process may be recovering or closing the file.
    sqlite3_busy_timeout(handle, 5000)
    try checkIsStore(path)
    try configure(purpose, maximumSize)
    try loadCatalog()
    if purpose != .writing { try execute(script: "PRAGMA query_only = ON") }
    if purpose == .readingAtOnce { sqlite3_busy_timeout(handle, 0) }
  }

  deinit {
    cache.removeAll()
    sqlite3_close_v2(handle)
  }

  /// Refuses a file that another program made, before anything in it is changed.
  private func checkIsStore(_ path: String) throws(StoreError) {
    do throws(StoreError) {
      let identity = try integer("PRAGMA application_id")
      let tables = try integer("SELECT count(*) FROM sqlite_schema")
      guard identity == StoreTables.applicationID || identity == 0 && tables == 0 else {
        throw .cannotOpen(path: path, reason: "it is not a store of Leadmesh")
      }
    } catch .engine(let fault) {
      throw .cannotOpen(path: path, reason: fault.message)
    } catch .refused(let reason, _) {
      throw .cannotOpen(path: path, reason: reason)
    }
  }

  private func configure(_ purpose: Purpose, _ maximumSize: ByteCount?) throws(StoreError) {
    for (option, value) in [
      (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_DQS_DDL, 0), (SQLITE_DBCONFIG_DQS_DML, 0),
      (SQLITE_DBCONFIG_ENABLE_FKEY, 1),
    ] as [(Int32, Int32)] {
      csqlite_configure(handle, option, value)
    }
    try execute(
      script: """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 10000;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA temp_store = \(purpose == .writing ? "DEFAULT" : "MEMORY");
        PRAGMA secure_delete = FAST;
        PRAGMA cache_size = -\(scope == .tenant ? 8000 : 2000)
        """
    )
    if purpose == .writing, let maximumSize {
      let pageSize = Int(try integer("PRAGMA page_size"))
      try execute(script: "PRAGMA max_page_count = \(maximumSize.bytes / pageSize)")
    }
    SQLiteFunctions.register(on: handle, currentTenant)
    _ = cstore_register_ids(handle)
    try installAuthorizer()
  }

  private func installAuthorizer() throws(StoreError) {
    let code = sqlite3_set_authorizer(
      handle,
      { context, action, first, second, database, view in
        guard let context else { return SQLITE_DENY }
        func text(_ pointer: UnsafePointer<CChar>?) -> String? {
          pointer.map(String.init(cString:))
        }
        let access = SQLiteAuthorizer.Access(
          action: action,
          table: text(first),
          column: text(second),
          database: text(database),
          view: text(view)
        )
        let authorizer = Unmanaged<SQLiteAuthorizer>.fromOpaque(context).takeUnretainedValue()
        return authorizer.allows(access) ? SQLITE_OK : SQLITE_DENY
      },
      Unmanaged.passUnretained(authorizer).toOpaque()
    )
    guard code == SQLITE_OK else { throw failure }
  }

  // MARK: Scope

  /// The tables with a tenant and those without; read anew after migrations.
  var catalog: TableCatalog { authorizer.catalog }

  /// Sets or clears the tenant that `current_tenant()` answers.
  func enter(_ tenant: TenantID?) { currentTenant.bytes = tenant?.bytes }

  func loadCatalog() throws(StoreError) {
    let catalog = try SQLiteCatalog.read(from: self)
    if scope == .tenant {
      for table in catalog.tenantTables.union(StoreTables.scoped).sorted() {
        try execute(
          script: """
            CREATE TEMP VIEW "\(table)" AS
            SELECT * FROM main."\(table)" WHERE tenant_id = current_tenant()
            """
        )
      }
    }
    authorizer.catalog = catalog
  }

  // MARK: Statements

  /// The statement of `sql`, which a service wrote, prepared and confined to the scope.
  ///
  /// - Throws: `.refused` when it cannot be confined; `.engine` when SQLite does not take it.
  func statement(_ sql: SQL) throws(StoreError) -> SQLiteStatement {
    let key = StatementCache.Key(sql, isOwn: false)
    if let cached = cache.statement(key) { return entering(cached) }
    let prepared: SQLiteStatement
    switch scope {
    case .tenant:
      let scoped = try TenantScope.apply(
        to: sql,
        tokens: try SQLScanner.tokens(of: sql.text),
        tables: catalog.tenantTables
      )
      let written = scoped.target.map { catalog.neighbours[$0, default: []].union([$0]) } ?? []
      prepared = try prepare(
        scoped.text,
        reach: .tenant(written: written, searches: sql.namesStoreTables)
      )
    case .system:
      _ = try StatementShape(try SQLScanner.tokens(of: sql.text), of: sql)
      prepared = try prepare(sql.text, reach: .rows)
    }
    cache.insert(prepared, key)
    return prepared
  }

  /// The statement of `sql`, which is the store's own and names every table with its schema.
  func ownStatement(_ sql: SQL) throws(StoreError) -> SQLiteStatement {
    let key = StatementCache.Key(sql, isOwn: true)
    if let cached = cache.statement(key) { return entering(cached) }
    let prepared = try prepare(sql.text, reach: .everything)
    cache.insert(prepared, key)
    return prepared
  }

  private func entering(_ statement: SQLiteStatement) -> SQLiteStatement {
    authorizer.reach = statement.reach
    return statement
  }

  private func prepare(
    _ text: String,
    reach: StatementReach
  ) throws(StoreError) -> SQLiteStatement {
    authorizer.reach = reach
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v3(
      handle,
      text,
      -1,
      UInt32(SQLITE_PREPARE_PERSISTENT),
      &prepared,
      nil
    )
    if code == SQLITE_AUTH {
      throw .refused(reason: String(cString: sqlite3_errmsg(handle)), statement: text)
    }
    guard code == SQLITE_OK else {
      throw .refused(reason: String(cString: sqlite3_errmsg(handle)), statement: text)
    }
    guard let prepared else { throw .refused(reason: "it is empty", statement: text) }
    return SQLiteStatement(prepared, of: handle, reach: reach)
  }

  /// Runs the statements of `script`, which is the store's or a migration's, one after the other.
  func execute(script: String) throws(StoreError) {
    authorizer.reach = .everything
    guard sqlite3_exec(handle, script, nil, nil, nil) == SQLITE_OK else { throw failure }
  }

  func migrate(_ script: String, noting record: SQL) throws(StoreError) {
    let isRebuilding = try SQLiteCatalog.refers(to: Migration.droppedTables(script), self)
    // To drop a table deletes its rows first, and what refers to them: that is turned off outside of
    // transactions only.
    if isRebuilding { csqlite_configure(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 0) }
    defer { csqlite_configure(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1) }
    try inTransaction { () throws(StoreError) in
      try execute(script: script)
      if isRebuilding, let fault = try SQLiteCatalog.brokenKey(self) { throw .constraint(fault) }
      try perform(record)
    }
  }

  func run(_ control: TransactionControl) throws(StoreError) {
    try ownStatement(control.sqlite).run()
  }

  @discardableResult
  func run(_ sql: SQL, _ body: (inout Row) throws -> Bool) throws -> Int {
    try statement(sql).run(sql.parameters, body)
  }

  @discardableResult
  func runOwn(_ sql: SQL, _ body: (inout Row) throws -> Bool) throws -> Int {
    try ownStatement(sql).run(sql.parameters, body)
  }

  /// Nothing to do: transactions that write follow one another.
  func lock(_ key: Int64) {}

  func post(
    _ sql: SQL,
    isOwn: Bool,
    _ body: @escaping (inout Row) throws(StoreError) -> Void
  ) throws {
    _ =
      try isOwn
      ? runOwn(sql) {
        try body(&$0); return true
      }
      : run(sql) {
        try body(&$0); return true
      }
  }

  func runPosted() {}

  func storeVersion() throws(StoreError) -> Int { Int(try integer("PRAGMA user_version")) }

  func setStoreVersion(_ version: Int) throws(StoreError) {
    try execute(
      script: """
        PRAGMA application_id = \(StoreTables.applicationID);
        PRAGMA user_version = \(version)
        """
    )
  }

  func columns(of table: String) throws -> Set<String> {
    let names: SQL = "SELECT name FROM pragma_table_info(\(table))"
    return Set(try rows(names) { (row) throws(StoreError) in try row.next() })
  }

  func indexedColumns(of table: String) throws -> Set<String> {
    let names: SQL = """
      SELECT c.name FROM pragma_index_list(\(table)) AS i JOIN pragma_index_info(i.name) AS c
      WHERE c.seqno = 1 AND c.name IS NOT NULL
      """
    return Set(try rows(names) { (row) throws(StoreError) in try row.next() })
  }

  /// Checkpoints the log and truncates it, unless another connection is reading from it.
  ///
  /// A process that ended because fsync failed leaves a log of which nobody knows how much is on the disk,
  /// though all of it can be read; what came behind it might be lost with it.
  func emptyLog() throws(StoreError) {
    try execute(
      script: """
        PRAGMA busy_timeout = 0;
        PRAGMA wal_checkpoint(TRUNCATE);
        PRAGMA busy_timeout = 5000
        """
    )
  }

  // MARK: State

  /// Whether no transaction is open: after a failure, SQLite may have rolled all of it back.
  var isIdle: Bool { sqlite3_get_autocommit(handle) != 0 }

  /// Looks at a request now and then while its statements run, and interrupts them when its caller has gone
  /// or its time is up.
  func watch(_ request: StoreRequest?) {
    guard let request else {
      sqlite3_progress_handler(handle, 0, nil, nil)
      return
    }
    // One step may fold a text of thousands of characters.
    sqlite3_progress_handler(
      handle,
      500,
      { context in
        guard let context else { return 0 }
        let request = Unmanaged<StoreRequest>.fromOpaque(context).takeUnretainedValue()
        return request.isCancelled || request.isOverBudget ? 1 : 0
      },
      Unmanaged.passUnretained(request).toOpaque()
    )
  }

  private var failure: StoreError { Self.failure(of: handle) }

  static func failure(of handle: OpaquePointer) -> StoreError {
    let code = sqlite3_extended_errcode(handle)
    let message = String(cString: sqlite3_errmsg(handle))
    guard code & 0xff == SQLITE_CONSTRAINT else {
      return .engine(EngineFault(sqlite: code, message: message))
    }
    let subject = message.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? message
    switch code {
    case csqlite_constraint_unique, csqlite_constraint_primary_key: return .unique(subject)
    default: return .constraint(message)
    }
  }
}

extension TransactionControl {
  var sqlite: SQL {
    switch self {
    case .begin: "BEGIN IMMEDIATE"
    case .beginReading: "BEGIN"
    default: text ?? .empty
    }
  }
}
