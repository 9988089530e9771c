package import MeshCore

/// Work on many records that someone asked for at once, as the store keeps it.
package struct BulkOperation: Sendable {
  package enum State: Int, Sendable {
    case running = 1
    case done, undoing, undone
  }

  package enum Action: String, Sendable {
    case update, delete
  }

  /// How long an operation is kept, and can be undone.
  package static let lifetime = DeletedRecord.lifetime

  package let id: IDWords
  /// The kind of record.
  package let object: String
  package let action: Action
  /// Names of the fields that an update sets.
  package let mask: [String]
  /// A record with their values, as its wire bytes.
  package let draft: [UInt8]
  /// Who asked for it, and in whose name its changes are made.
  package var author: Author
  /// Names of the roles that the member had when asking.
  package var roles: [String]
  package var state = State.running
  package var total = 0
  /// Items that were worked through, there or back.
  package var position = 0
  package var done = 0
  package var failed = 0
  package var undone = 0
  package var undoFailed = 0
  package let createTime: Timestamp
  package var endTime: Timestamp?

  package init(
    id: IDWords,
    object: String,
    action: Action,
    mask: [String] = [],
    draft: [UInt8] = [],
    author: Author,
    roles: [String],
    createTime: Timestamp
  ) {
    self.id = id
    self.object = object
    self.action = action
    self.mask = mask
    self.draft = draft
    self.author = author
    self.roles = roles
    self.createTime = createTime
  }

  /// Whether there is work to do.
  package var isOpen: Bool { state == .running || state == .undoing }
}

/// One record of an operation, and what became of it.
package struct BulkItem: Sendable {
  package enum Outcome: Int, Sendable {
    case waiting = 1
    case done, failed, undone, changedSince, undoFailed
  }

  /// From 1, in the order in which they are worked through.
  package let number: Int
  package let record: IDWords
  package var outcome: Outcome
  /// The number of the change that was made; nil when none was.
  package var change: Int64?
  /// Why it was refused: one of the closed list, and a sentence.
  package var reason: String
  package var error: String
}

extension ReadTransaction {
  /// An operation that is at most 30 days old at `now`.
  package func operation(_ id: IDWords, at now: Timestamp) throws -> BulkOperation? {
    try session.firstOwn(
      """
      SELECT operation_id, object, action, mask, draft, actor, on_behalf_of, request_id, address,
        agent, roles, create_time, state, total, position, done, failed, undone, undo_failed, end_time
      FROM main.mesh_operations WHERE tenant_id = \(tenant) AND operation_id = \(id.bytes)
        AND create_time > \(now - BulkOperation.lifetime)
      """
    ) { row in try BulkOperation(&row) }
  }

  /// How many of the tenant's operations are at work; those of one actor, or of all.
  package func openOperations(of actor: String? = nil) throws -> Int {
    try session.firstOwn(
      """
      SELECT count(*) FROM main.mesh_operations
      WHERE tenant_id = \(tenant) AND state IN (\(list: BulkOperation.open))
        AND actor = coalesce(\(actor), actor)
      """
    ) { row in try row.next() } ?? 0
  }

  /// Up to `limit` records of an operation, after the one with that number.
  ///
  /// - Parameters:
  ///   - id: the operation's.
  ///   - number: 0 for the beginning.
  ///   - outcome: of those that are wanted; nil for all.
  ///   - limit: entries at most.
  /// - Returns: in the order of their numbers.
  /// - Throws: `StoreError`.
  package func items(
    of id: IDWords,
    after number: Int,
    outcome: BulkItem.Outcome? = nil,
    limit: Int
  ) throws -> [BulkItem] {
    var items: [BulkItem] = []
    let wanted: SQL = outcome.map { "AND outcome = \($0.rawValue)" } ?? .empty
    try session.runOwn(
      """
      SELECT item, record_id, outcome, change_sequence, reason, error
      FROM main.mesh_operation_items
      WHERE tenant_id = \(tenant) AND operation_id = \(id.bytes) AND item > \(number) \(wanted)
      ORDER BY item LIMIT \(limit)
      """
    ) { row in
      items.append(
        BulkItem(
          number: try row.next(),
          record: try row.next(),
          outcome: BulkItem.Outcome(rawValue: try row.next()) ?? .waiting,
          change: try row.next(),
          reason: try row.next(),
          error: try row.next()
        )
      )
      return true
    }
    return items
  }
}

extension ReadTransaction {
  /// One page of an operation's records, in the order of their numbers.
  ///
  /// - Throws: INVALID_ARGUMENT (INVALID_PAGE_TOKEN) for a token that is not of this list.
  package func results(
    of id: IDWords,
    outcome: BulkItem.Outcome?,
    _ request: PageRequest
  ) throws -> Page<BulkItem> {
    let list = NumberedList(
      ["operation", id.typeIDSuffix, "\(outcome?.rawValue ?? 0)"],
      of: self
    )
    let place = try list.place(of: request) ?? 0
    var items = try items(
      of: id,
      after: Int(place),
      outcome: outcome,
      limit: request.size + 1
    )
    guard items.count > request.size else { return Page(elements: items, nextToken: "") }
    items.removeLast()
    let next = items.last.map { list.token(at: Int64($0.number)) }
    return Page(elements: items, nextToken: next ?? "")
  }
}

extension SystemReadTransaction {
  /// Operations that are at work, of all tenants, the oldest first.
  package func openOperations() throws -> [(tenant: TenantID, id: IDWords)] {
    var found: [(tenant: TenantID, id: IDWords)] = []
    try session.runOwn(
      """
      SELECT tenant_id, operation_id FROM main.mesh_operations
      WHERE state IN (\(list: BulkOperation.open)) ORDER BY create_time
      """
    ) { row in
      found.append((try row.next(), try row.next()))
      return true
    }
    return found
  }
}

extension WriteTransaction {
  /// Keeps a new operation on `records`, each of which is named once.
  package func add(_ operation: BulkOperation, on records: [IDWords]) throws {
    let (author, origin) = (operation.author, operation.author.origin)
    try session.runOwn(
      """
      INSERT INTO main.mesh_operations (
        tenant_id, operation_id, object, action, mask, draft, actor, on_behalf_of, request_id,
        address, agent, roles, create_time, state, total, position, done, failed, undone, undo_failed,
        end_time
      ) VALUES (
        \(tenant), \(operation.id.bytes), \(operation.object), \(operation.action.rawValue),
        \(operation.mask.joined(separator: "\n")), \(operation.draft), \(author.actor),
        \(author.onBehalfOf), \(origin.requestID), \(origin.address), \(origin.agent),
        \(operation.roles.joined(separator: "\n")), \(operation.createTime),
        \(operation.state.rawValue), \(records.count), 0, 0, 0, 0, 0, \(operation.endTime)
      )
      """
    )
    try session.runOwn(
      """
      INSERT INTO main.mesh_operation_items (
        tenant_id, operation_id, item, record_id, outcome, reason, error
      ) SELECT \(tenant), \(operation.id.bytes), rowid + 1, id, \(BulkItem.Outcome.waiting.rawValue),
        '', '' FROM mesh_ids(\(records.flatMap(\.bytes)))
      """
    )
  }

  /// Keeps how far an operation is, and who has it undone.
  package func save(_ operation: BulkOperation) throws {
    let (author, origin) = (operation.author, operation.author.origin)
    try session.runOwn(
      """
      UPDATE main.mesh_operations SET
        state = \(operation.state.rawValue), position = \(operation.position),
        done = \(operation.done), failed = \(operation.failed), undone = \(operation.undone),
        undo_failed = \(operation.undoFailed), actor = \(author.actor),
        on_behalf_of = \(author.onBehalfOf), request_id = \(origin.requestID),
        address = \(origin.address), agent = \(origin.agent),
        roles = \(operation.roles.joined(separator: "\n")), end_time = \(operation.endTime)
      WHERE tenant_id = \(tenant) AND operation_id = \(operation.id.bytes)
      """
    )
  }

  /// Keeps what became of a record.
  package func save(_ item: BulkItem, of operation: IDWords) throws {
    try session.runOwn(
      """
      UPDATE main.mesh_operation_items SET
        outcome = \(item.outcome.rawValue), change_sequence = \(item.change),
        reason = \(item.reason), error = \(item.error)
      WHERE tenant_id = \(tenant) AND operation_id = \(operation.bytes) AND item = \(item.number)
      """
    )
  }

  /// Deletes up to a limit the records of operations that are past their time, and the operations that have none
  /// left.
  package func forgetOldOperations(_ limit: Int) throws {
    let old: SQL = "tenant_id = \(tenant) AND create_time <= \(now - BulkOperation.lifetime)"
    try session.runOwn(
      """
      DELETE FROM main.mesh_operation_items WHERE (tenant_id, operation_id, item) IN (
        SELECT i.tenant_id, i.operation_id, i.item FROM main.mesh_operation_items AS i
        WHERE i.tenant_id = \(tenant) AND i.operation_id IN (
          SELECT operation_id FROM main.mesh_operations WHERE \(old)
        ) LIMIT \(limit)
      )
      """
    )
    try session.runOwn(
      """
      DELETE FROM main.mesh_operations WHERE \(old) AND NOT EXISTS (
        SELECT 1 FROM main.mesh_operation_items AS i WHERE i.tenant_id = mesh_operations.tenant_id
          AND i.operation_id = mesh_operations.operation_id
      )
      """
    )
  }
}

extension BulkOperation {
  fileprivate static let open = [State.running.rawValue, State.undoing.rawValue]

  fileprivate init(_ row: inout Row) throws {
    id = try row.next()
    object = try row.next()
    action = Action(rawValue: try row.next()) ?? .update
    mask = try row.next(String.self).split(separator: "\n").map(String.init)
    draft = try row.next()
    author = try Author(&row)
    roles = try row.next(String.self).split(separator: "\n").map(String.init)
    createTime = try row.next()
    state = State(rawValue: try row.next()) ?? .done
    total = try row.next()
    position = try row.next()
    done = try row.next()
    failed = try row.next()
    undone = try row.next()
    undoFailed = try row.next()
    endTime = try row.next()
  }
}
