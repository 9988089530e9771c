package import MeshCore

/// What a transaction did to one resource.
package struct Change: Hashable, Sendable {
  /// `create`, `update`, `delete` or the object's own verb.
  package let action: String
  /// The kind of resource: `lead`.
  package let object: String
  /// The resource's id as clients see it.
  package let id: String
  /// The resource's proto message on the wire, as it was; nil when it did not exist.
  package let before: [UInt8]?
  /// The same as it is now; nil when it no longer exists.
  package let after: [UInt8]?
  /// Whether `before` and `after` hold only the fields that changed, and the id.
  ///
  /// What is in neither is unchanged; what is in one alone was set or cleared.
  package let isPartial: Bool

  package init(
    action: String,
    object: String,
    id: String,
    before: [UInt8]? = nil,
    after: [UInt8]? = nil,
    isPartial: Bool = false
  ) {
    self.action = action
    self.object = object
    self.id = id
    self.before = before
    self.after = after
    self.isPartial = isPartial
  }
}

/// A change as the log keeps it.
package struct ChangeEntry: Hashable, Sendable {
  /// Its place in the service's log, from 1; later commits have greater numbers.
  package let sequence: Int64
  package let tenant: TenantID
  package let actor: String
  package let onBehalfOf: String?
  package let change: Change
  package let requestID: String
  package let address: String
  package let agent: String
  package let time: Timestamp

  package init(
    sequence: Int64,
    tenant: TenantID,
    actor: String,
    onBehalfOf: String?,
    change: Change,
    requestID: String,
    address: String,
    agent: String,
    time: Timestamp
  ) {
    self.sequence = sequence
    self.tenant = tenant
    self.actor = actor
    self.onBehalfOf = onBehalfOf
    self.change = change
    self.requestID = requestID
    self.address = address
    self.agent = agent
    self.time = time
  }

  package var action: String { change.action }
  package var object: String { change.object }
  package var id: String { change.id }
  package var before: [UInt8]? { change.before }
  package var after: [UInt8]? { change.after }
  package var isPartial: Bool { change.isPartial }
}

extension ChangeEntry {
  /// About how many bytes it has on the wire: its own, and the prefixes of its fields.
  package var byteCount: Int {
    let texts = [actor, onBehalfOf ?? "", action, object, id, requestID, address, agent]
    return texts.reduce(160) { $0 + $1.utf8.count } + (before?.count ?? 0) + (after?.count ?? 0)
  }
}

/// The statements of the change log.
enum ChangeLog {
  static func append(
    _ change: Change,
    tenant: TenantID,
    author: Author,
    at time: Timestamp,
    _ session: StoreSession
  ) throws {
    let origin = author.origin
    try session.postOwn(
      """
      INSERT INTO main.mesh_changes (
        sequence, tenant_id, actor, on_behalf_of, action, object, object_id, before_value, after_value,
        is_partial, request_id, address, agent, time
      ) VALUES (
        \(try session.nextChange()), \(tenant), \(author.actor), \(author.onBehalfOf),
        \(change.action), \(change.object), \(change.id), \(change.before), \(change.after),
        \(change.isPartial), \(origin.requestID), \(origin.address), \(origin.agent), \(time)
      ) RETURNING sequence
      """
    ) { (row) throws(StoreError) in
      session.noteChange(try row.next(), of: change.object)
    }
  }

  /// Up to `limit` entries after `sequence`, of `objects` or, if there are none, of all.
  ///
  /// Those beyond the first that would bring the batch over `bytes` are left for the next.
  ///
  /// - Throws: as `LogState.requireWhole`.
  static func batch(
    after sequence: Int64,
    limit: Int,
    bytes: Int,
    objects: [String] = [],
    _ session: StoreSession
  ) throws -> ChangeBatch {
    try LogState.requireWhole(after: sequence, session)
    var entries: [ChangeEntry] = []
    var held = 0
    var isCut = false
    let wanted: SQL = objects.isEmpty ? .empty : "AND object IN (\(list: objects))"
    try session.runOwn(
      """
      SELECT \(columns)
      FROM main.mesh_changes WHERE sequence > \(sequence) \(wanted)
      \(session.connection.dialect.isSettled) ORDER BY sequence LIMIT \(limit)
      """
    ) { row in
      let entry = try entry(&row)
      held += entry.byteCount
      isCut = !entries.isEmpty && held > bytes
      if isCut { return false }
      entries.append(entry)
      return true
    }
    let end = try isCut || entries.count == limit ? nil : lastSequence(session)
    return ChangeBatch(entries: entries, position: end ?? entries.last?.sequence ?? sequence)
  }

  /// The newest entry's number in what the transaction sees.
  static func lastSequence(_ session: StoreSession) throws -> Int64? {
    try session.firstOwn(lastSequence(session.connection.dialect)) { row in try row.next() }
  }

  /// The query for the number of the newest change that none can come before.
  static func lastSequence(_ dialect: Dialect) -> SQL {
    """
    SELECT sequence FROM main.mesh_changes WHERE sequence > 0 \(dialect.isSettled)
    ORDER BY sequence DESC LIMIT 1
    """
  }

  static let columns: SQL = """
    sequence, tenant_id, actor, on_behalf_of, action, object, object_id, before_value, after_value,
    is_partial, request_id, address, agent, time
    """

  /// Reads `columns`.
  static func entry(_ row: inout Row) throws -> ChangeEntry {
    ChangeEntry(
      sequence: try row.next(),
      tenant: try row.next(),
      actor: try row.next(),
      onBehalfOf: try row.next(),
      change: Change(
        action: try row.next(),
        object: try row.next(),
        id: try row.next(),
        before: try row.next(),
        after: try row.next(),
        isPartial: try row.next()
      ),
      requestID: try row.next(),
      address: try row.next(),
      agent: try row.next(),
      time: try row.next()
    )
  }
}
