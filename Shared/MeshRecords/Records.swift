package import MeshAccess
package import MeshCore
package import MeshLoop
package import MeshProto
package import MeshRPC
package import MeshStore

/// The standard methods of one kind of record, and the envelope that a service's own methods use: permissions, fields,
/// idempotency keys, etag, change log.
package struct Records<Record: StoredRecord>: Sendable {
  /// Where its methods run, stated because the compiler notices their attributes only in some orders of files.
  package typealias Home = LoopActor
  package typealias MakeRules = @Sendable (WriteTransaction) throws -> any RecordRules<Record>

  package let store: Store
  package let gate: AccessGate
  /// Records on a page when the caller does not say.
  let pageSize: Int32
  let schema: @Sendable (TenantID) -> RecordSchema
  package let rules: MakeRules
  package let prepare: @Sendable (TenantID) async throws -> Void
  let foresight: Foresight<Record>?
  package let lock: String?
  let guarded: [String: RecordAction]
  let judge: (any RecordJudge<Record>)?
  let names: NamedRecords?
  let admit: @Sendable (Call, WriteTransaction) throws -> Void
  package let committed: @Sendable (TenantID) -> Void
  package let operations = OperationNews()
  let followers: OperationNews?

  /// - Parameters:
  ///   - store: holds the records.
  ///   - gate: checks callers.
  ///   - pageSize: records on a page when the caller does not say.
  ///   - schema: of a tenant's records, its own fields included.
  ///   - prepare: loads what a transaction needs to know beforehand.
  ///   - lock: what changes of the records hold in a tenant, so that they run one after another; nil where
  ///     their rules look at no other records.
  ///   - foresight: does work for the rules before the transaction of a creation or update.
  ///   - guarded: changes, by their action in the log, that histories and events show only to callers who may do
  ///     something with the record.
  ///   - judge: decides, besides the scope, which records a caller may get and list. Records that it adds appear only
  ///     in Get and List; histories, exports and events show only records in the scope. Records that it refuses are
  ///     refused to changes, histories, names and permissions too, events have only their ids and the action, and the
  ///     kind has no operations on many.
  ///   - names: the fields that name records which whoever names them must be allowed to read.
  ///   - admit: checks the caller of a change in its transaction, by what a token does not know.
  ///   - committed: runs after a change has become durable; not for a repeated request.
  ///   - followers: operations of the records that follow these (`WriteTransaction.follow`).
  ///   - rules: makes the records' rules for a transaction.
  package init(
    _ store: Store,
    _ gate: AccessGate,
    pageSize: Int32 = 20,
    schema: @escaping @Sendable (TenantID) -> RecordSchema = { _ in Record.schema },
    prepare: @escaping @Sendable (TenantID) async throws -> Void = { _ in },
    lock: String? = nil,
    foresight: Foresight<Record>? = nil,
    guarded: [String: RecordAction] = [:],
    judge: (any RecordJudge<Record>)? = nil,
    names: NamedRecords? = nil,
    admit: @escaping @Sendable (Call, WriteTransaction) throws -> Void = { _, _ in },
    committed: @escaping @Sendable (TenantID) -> Void = { _ in },
    followers: OperationNews? = nil,
    rules: @escaping MakeRules = { _ in NoRules<Record>() }
  ) {
    self.store = store
    self.gate = gate
    self.pageSize = pageSize
    self.schema = schema
    self.prepare = prepare
    self.lock = lock
    self.foresight = foresight
    self.guarded = guarded
    self.judge = judge
    self.names = names
    self.admit = admit
    self.committed = committed
    self.followers = followers
    self.rules = rules
  }

  // MARK: Reading

  /// - Throws: NOT_FOUND for a record that does not exist or that the caller may not read.
  @LoopActor
  package func get(_ id: String, _ call: Call) async throws -> Record {
    let gate = gate
    return try await store.readOne(call.tenant) { transaction in
      let scope = transaction.scope(call, .read, of: Record.self, gate)
      return try transaction.require(id, in: scope).showing(scope.visible)
    }
  }

  // MARK: Writing

  /// Whether a draft breaks no rule of its fields, as far as the store is not needed to tell: asked before
  /// expensive work.
  package func isFit(_ draft: Record, _ call: Call) -> Bool {
    let schema = schema(call.tenant)
    var record = Record()
    record.take(schema.inputs, from: draft)
    var check = FieldCheck()
    do throws(MeshError) {
      try record.conform(to: schema, &check)
      try check.finish()
      return true
    } catch {
      return false
    }
  }

  /// Creates a record from a draft, once for each idempotency key.
  @LoopActor
  package func create<Request: Message>(
    _ draft: Record?,
    named name: String,
    _ request: Request,
    key: String,
    _ call: Call
  ) async throws -> Record {
    let rules = try await foreseenRules(creating: draft, call)
    return try await createOrAgain(draft, named: name, request, key: key, call, by: rules).record
  }

  /// The rules for creating a record from a draft, with what is foreseen for it.
  ///
  /// - Throws: INVALID_ARGUMENT for values that are far too large; what the foresight throws.
  @LoopActor
  package func foreseenRules(creating draft: Record?, _ call: Call) async throws -> MakeRules {
    guard let foresight, let draft else { return rules }
    try draft.requireBounded(by: schema(call.tenant))
    var likely = Record()
    likely.take(schema(call.tenant).inputs, from: draft)
    if foresight.givesOwner { likely.giveOwner(call.caller.member) }
    return try await foresight.rules(call.tenant, [likely])
  }

  /// As `create`, by rules that know more of the request than the record; also tells whether the record
  /// was made now, and not by an earlier request with the same key.
  @LoopActor
  package func createOrAgain<Request: Message>(
    _ draft: Record?,
    named name: String,
    _ request: Request,
    key: String,
    _ call: Call,
    by rules: @escaping MakeRules
  ) async throws -> (record: Record, isNew: Bool) {
    guard let draft else { throw MeshError.invalid(name, "must be given") }
    let schema = schema(call.tenant)
    try draft.requireBounded(by: schema)
    let fields = gate.fields(call, schema)
    // What a blank record has too, such as false or an empty list, is in every draft: it sets nothing and names nothing.
    let blank = Record()
    let set = schema.fields.filter { field in
      let value = draft.value(of: field)
      return field.isInput && !value.isNone && value != blank.value(of: field)
    }
    try fields.editable.checkSettable(set, visible: fields.visible)
    try await refuseUnreadable(namedBy: draft, in: set, of: nil, call)
    return try await writeOrAgain(request, key: key, call) { transaction in
      try transaction.create(draft, schema, by: rules(transaction))
    }
  }

  /// Changes the fields of a mask, once for each idempotency key.
  @LoopActor
  package func update<Request: Message>(
    _ draft: Record?,
    named name: String,
    mask: [String],
    _ request: Request,
    key: String,
    _ call: Call
  ) async throws -> Record {
    guard let draft else { throw MeshError.invalid(name, "must be given") }
    let schema = schema(call.tenant)
    let mask = try FieldMask(mask, of: schema)
    let fields = gate.fields(call, schema)
    try fields.editable.checkSettable(mask.names, visible: fields.visible)
    try Record().taking(mask, from: draft).requireBounded(by: schema)
    try await refuseClosed(draft.idText, call)
    try await refuseUnreadable(namedBy: draft, in: mask.names, of: draft.recordID, call)
    let rules = try await foreseenRules(for: draft, mask, call)
    return try await write(request, key: key, call) { transaction in
      let before = try transaction.editable(draft.idText, .edit, call, gate, Record.self)
      try before.require(draft.etag)
      let changed = before.taking(mask, from: draft)
      try transaction.checkGiving(before, changed, call, gate)
      return try transaction.update(before, to: changed, schema, by: rules(transaction))
    }
  }

  /// The rules of an update, with what is foreseen for it.
  @LoopActor
  private func foreseenRules(
    for draft: Record,
    _ mask: FieldMask,
    _ call: Call
  ) async throws -> MakeRules {
    guard let foresight, mask.names.contains(where: { foresight.concerns(call.tenant, $0.index) })
    else { return rules }
    return try await foreseenRules(for: draft.idText, call) { $0.taking(mask, from: draft) }
  }

  /// The rules of a change, with what is foreseen for it; if the record cannot be changed so, the
  /// transaction reports it.
  @LoopActor
  private func foreseenRules(
    for id: String,
    _ call: Call,
    change: (Record) throws -> Record
  ) async throws -> MakeRules {
    guard let foresight, let id = IDWords(id, prefix: Record.schema.idPrefix) else { return rules }
    let gate = gate
    let present = try await store.read(call.tenant) { transaction in
      try transaction.record(id, in: transaction.scope(call, .read, of: Record.self, gate))
    }
    guard let present, let likely = try? change(present) else { return rules }
    return try await foresight.rules(call.tenant, [likely])
  }

  /// Changes a record as a verb of its service does, once for each idempotency key.
  ///
  /// - Parameters:
  ///   - id: the record's.
  ///   - action: what the change log calls it.
  ///   - request: distinguishes the request from others with the same key.
  ///   - key: the request's `request_id`.
  ///   - etag: if given, must be the present one.
  ///   - telling: names of fields whose present values the error for a stale etag reports.
  ///   - permission: what the caller must be allowed to do with this very record; the method's own
  ///     `access` option says only whether they may do it with any.
  ///   - call: of the caller who changes it.
  ///   - finish: completes the record after the rule, with what only the transaction knows.
  ///   - rule: returns the record as it is to become; has no other effect.
  /// - Returns: the record as the caller may see it.
  /// - Throws: NOT_FOUND, PERMISSION_DENIED, ABORTED for a stale etag, what the rule throws.
  @LoopActor
  package func change<Request: Message>(
    _ id: String,
    action: String,
    _ request: Request,
    key: String = "",
    etag: Etag? = nil,
    telling: [String] = [],
    permission: RecordAction = .edit,
    _ call: Call,
    finish: @escaping @Sendable (Record, WriteTransaction) throws -> Record = { record, _ in record
    },
    _ rule: @escaping @Sendable (Record) throws -> Record
  ) async throws -> Record {
    let schema = schema(call.tenant)
    try await refuseClosed(id, call)
    let rules = try await foreseenRules(for: id, call, change: rule)
    return try await write(request, key: key, call) { transaction in
      let before = try transaction.editable(id, permission, call, gate, Record.self)
      try before.require(etag, telling: telling, visible: gate.fields(call, schema).visible)
      return try transaction.update(
        before,
        to: finish(rule(before), transaction),
        action: action,
        schema,
        by: rules(transaction)
      )
    }
  }

  /// Deletes a record; if an etag is given, it must be the present one.
  @LoopActor
  package func delete<Request: Message>(
    _ id: String,
    etag: String,
    _ request: Request,
    key: String,
    _ call: Call
  ) async throws -> WellKnown.Empty {
    try await refuseClosed(id, call)
    try await prepare(call.tenant)
    let (gate, rules, admit) = (gate, rules, admit)
    let mark = RequestMark(request, key: key, call)
    let (empty, isNew) = try await store.write(call.tenant, as: Author(call), lock: lock) {
      transaction in
      try admit(call, transaction)
      return try transaction.onceOrAgain(mark) {
        let record = try transaction.editable(id, .delete, call, gate, Record.self)
        try record.require(Etag(sent: etag))
        try transaction.delete(record, by: rules(transaction))
        return WellKnown.Empty()
      }
    }
    if isNew { committed(call.tenant) }
    return empty
  }

  /// Restores a deleted record.
  ///
  /// - Throws: ALREADY_EXISTS for a record that is not deleted (AIP-164); NOT_FOUND when none with that id
  ///   was deleted within 30 days, or the caller might not have deleted it.
  @LoopActor
  package func undelete<Request: Message>(
    _ id: String,
    _ request: Request,
    key: String,
    _ call: Call
  ) async throws -> Record {
    let schema = schema(call.tenant)
    try await refuseClosed(id, call)
    return try await write(request, key: key, call) { transaction in
      guard let words = IDWords(id, prefix: schema.idPrefix),
        try transaction.deleted(words, Record.self, call, gate, at: transaction.now) != nil,
        let record: Record = try transaction.undelete(words, schema, by: rules(transaction))
      else {
        _ = try transaction.require(id, in: transaction.scope(call, .read, of: Record.self, gate))
        throw MeshError.notDeleted(schema.object, id)
      }
      return record
    }
  }

  /// Runs a change once for each idempotency key, and returns what the caller may see now: a
  /// repeated request returns no more than a first one would.
  @LoopActor
  package func write<Request: Message>(
    _ request: Request,
    key: String,
    _ call: Call,
    _ body: @escaping @Sendable (WriteTransaction) throws -> Record
  ) async throws -> Record {
    try await writeOrAgain(request, key: key, call, body).record
  }

  /// As `write`; also tells whether the change was made now.
  @LoopActor
  private func writeOrAgain<Request: Message>(
    _ request: Request,
    key: String,
    _ call: Call,
    _ body: @escaping @Sendable (WriteTransaction) throws -> Record
  ) async throws -> (record: Record, isNew: Bool) {
    try await prepare(call.tenant)
    let (gate, admit, mark) = (gate, admit, RequestMark(request, key: key, call))
    let (record, isNew) = try await store.write(call.tenant, as: Author(call), lock: lock) {
      transaction in
      try admit(call, transaction)
      let (record, isNew) = try transaction.onceOrAgain(mark) { try body(transaction) }
      let scope = transaction.scope(call, .read, of: Record.self, gate)
      if !isNew { try transaction.checkStillReadable(record, in: scope) }
      return (record.showing(scope.visible), isNew)
    }
    if isNew { committed(call.tenant) }
    announceFollowers(of: record, call)
    return (record, isNew)
  }
}
