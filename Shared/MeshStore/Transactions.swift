package import MeshCore

/// Statements against one consistent state of the store.
///
/// A transaction belongs to the body it is handed to, on a store thread; used after the body has
/// returned, it throws `.transactionEnded`.
package class Transaction {
  let session: StoreSession

  init(_ session: StoreSession) { self.session = session }

  /// Tells the lists of one tenant from those of another; empty for the system.
  var scopeBytes: [UInt8] { [] }

  /// The rows of a query, or of a statement with RETURNING, in order.
  ///
  /// - Parameters:
  ///   - sql: the statement, confined to the transaction's scope.
  ///   - decode: reads one row's columns in order.
  /// - Returns: what `decode` made of each row.
  /// - Throws: `StoreError`, or what `decode` throws.
  package func rows<T>(_ sql: SQL, _ decode: (inout Row) throws -> T) throws -> [T] {
    var rows: [T] = []
    try session.run(sql) { row in
      rows.append(try decode(&row))
      return true
    }
    return rows
  }

  /// The first row of a query, if there is one.
  package func first<T>(_ sql: SQL, _ decode: (inout Row) throws -> T) throws -> T? {
    var found: T?
    try session.run(sql) { row in
      found = try decode(&row)
      return false
    }
    return found
  }

  /// The first column of the first row, if there is one.
  package func value<T: SQLDecodable>(_ sql: SQL, as _: T.Type = T.self) throws -> T? {
    try first(sql) { row in try row.next(T.self) }
  }

  /// Hands each row to `body` without keeping them, until it returns false.
  package func forEach(_ sql: SQL, _ body: (inout Row) throws -> Bool) throws {
    try session.run(sql, body)
  }
}

/// Reads one tenant's rows; no statement of it sees another's.
package class ReadTransaction: Transaction {
  package let tenant: TenantID

  init(_ session: StoreSession, tenant: TenantID) {
    self.tenant = tenant
    super.init(session)
  }

  override var scopeBytes: [UInt8] { tenant.bytes }
}

/// Writes one tenant's rows.
///
/// Durable, with all that it recorded, before its caller hears of it.
package final class WriteTransaction: ReadTransaction {
  package let author: Author
  /// The moment of everything in this transaction.
  package let now: Timestamp
  package var ids: IDGenerator { session.ids }

  init(_ session: StoreSession, tenant: TenantID, author: Author) {
    self.author = author
    now = session.clock.now
    super.init(session, tenant: tenant)
  }

  /// The service itself, on behalf of the member in whose transaction it acts: the author of what it
  /// computes.
  package var systemAuthor: Author {
    if author.actor.hasPrefix("system:") { return author }
    return Author(
      actor: "system:\(session.service)",
      onBehalfOf: author.actor,
      origin: author.origin
    )
  }

  /// Runs a statement that writes.
  ///
  /// - Returns: rows changed.
  /// - Throws: `.unique` or `.constraint` when a key or rule of the table is broken. On PostgreSQL no
  ///   statement can follow that in the same transaction, unless it happened within an `attempt`, whose end
  ///   takes it back. To go on without one, write ON CONFLICT.
  @discardableResult
  package func execute(_ sql: SQL) throws -> Int {
    try session.run(sql) { _ in true }
  }

  /// Runs a statement that writes and whose outcome nobody waits for.
  ///
  /// On PostgreSQL it travels with those that follow, so that many of them cost one exchange.
  ///
  /// - Throws: its failure, or at any later statement of the transaction, or at its end.
  package func post(_ sql: SQL) throws { try session.post(sql) }

  /// Appends `change` to the change log, in this transaction.
  ///
  /// - Parameters:
  ///   - change: what was done.
  ///   - other: who did it, when it was not the transaction's author.
  /// - Throws: what keeps the log from being written.
  package func record(_ change: Change, by other: Author? = nil) throws {
    try ChangeLog.append(change, tenant: tenant, author: other ?? author, at: now, session)
  }

  /// Lets transactions of the tenant that take the lock of `key` follow one another: until this one has
  /// ended, no other has it, and then sees what this one did.
  ///
  /// For what must not happen twice at once and no unique key prevents: a counter, a rotation, a check for
  /// duplicates. Best named to `Store.write` already: on PostgreSQL a transaction that has read begins
  /// again with the lock.
  package func lock(_ key: String) throws {
    try session.lock(StoreLock.key(session.service, tenant, key))
  }

  /// Runs a part of the transaction that leaves nothing if it throws, while the rest can go on.
  package func attempt<T>(_ body: () throws -> T) throws -> T { try session.attempt(body) }

  /// As above; a rehearsal leaves nothing but what the body returns, whether it throws or not.
  package func attempt<T>(rehearsing: Bool, _ body: () throws -> T) throws -> T {
    if !rehearsing { return try attempt(body) }
    var made: T?
    do {
      try attempt { () throws -> Void in
        made = try body()
        throw Rehearsed()
      }
    } catch is Rehearsed {}
    guard let value = made else { throw Rehearsed() }
    return value
  }
}

/// Ends the part of a transaction that is a rehearsal.
private struct Rehearsed: Error {}

/// Reads the rows of every tenant.
///
/// For what belongs to no tenant by nature: which tenant a host name is, the change feed, counts for
/// the operator. `current_tenant()` raises in it.
package class SystemReadTransaction: Transaction {}

/// Writes the rows of every tenant; what it inserts names its `tenant_id`.
package final class SystemWriteTransaction: SystemReadTransaction {
  package let author: Author
  /// The moment of everything in this transaction.
  package let now: Timestamp
  package var ids: IDGenerator { session.ids }

  init(_ session: StoreSession, author: Author) {
    self.author = author
    now = session.clock.now
    super.init(session)
  }

  /// Runs a statement that writes; as `WriteTransaction.execute`.
  @discardableResult
  package func execute(_ sql: SQL) throws -> Int {
    try session.run(sql) { _ in true }
  }

  /// Appends `change` to the change log of `tenant`, in this transaction.
  package func record(_ change: Change, of tenant: TenantID) throws {
    try ChangeLog.append(change, tenant: tenant, author: author, at: now, session)
  }
}
