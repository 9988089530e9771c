import MeshAccess
import MeshCore
import MeshLoop
package import MeshProto
package import MeshRPC
import MeshStore
package import RecordsAPI

extension Records {
  /// How many records a request may name by id.
  static var mostIDs: Int { 1_000 }
  /// How many records may meet an operation's filter.
  static var mostFound: Int { 100_000 }

  /// Starts to change the fields of a mask in many records.
  ///
  /// - Throws: INVALID_ARGUMENT for new values that are wrong for any record.
  @LoopActor
  package func batchUpdate<Request: Message>(
    _ draft: Record?,
    named name: String,
    mask: [String],
    ids: [String],
    filter: String,
    _ request: Request,
    key: String,
    _ call: Call
  ) async throws -> RecordsAPI.Operation {
    guard let draft else { throw MeshError.invalid(name, "must be given") }
    let schema = schema(call.tenant)
    let mask = try FieldMask(mask, of: schema)
    let fields = gate.fields(call, schema)
    try fields.editable.checkSettable(mask.names, visible: fields.visible)
    let values = Record().taking(mask, from: draft)
    try values.requireBounded(by: schema)
    var check = FieldCheck()
    for field in mask.names where field.type != .custom && mask.isWhole(field) {
      let value = field.formed(draft.value(of: field))
      field.check(value, &check)
    }
    try check.finish()
    try await refuseUnreadable(namedBy: values, in: mask.names, of: nil, call)
    try await prepare(call.tenant)
    let rules = rules
    let checkValues = { @Sendable (transaction: WriteTransaction) in
      var (formed, check, ignored) = (values, FieldCheck(), FieldCheck())
      try formed.conform(to: schema, &ignored)
      try rules(transaction).check(formed, of: Set(mask.names.map(\.name)), &check)
      try check.finish()
    }
    return try await start(.edit, ids, filter, request, key: key, call, checkValues) { id, now in
      BulkOperation(
        id: id,
        object: Record.schema.object,
        action: .update,
        mask: mask.paths,
        draft: values.wireBytes(),
        author: Author(call),
        roles: call.caller.roles,
        createTime: now
      )
    }
  }

  /// Starts to delete many records.
  @LoopActor
  package func batchDelete(
    _ request: BatchDeleteRequest,
    _ call: Call
  ) async throws -> RecordsAPI.Operation {
    let (ids, filter) = (request.ids, request.filter)
    return try await start(.delete, ids, filter, request, key: request.requestId, call) { id, now in
      BulkOperation(
        id: id,
        object: Record.schema.object,
        action: .delete,
        author: Author(call),
        roles: call.caller.roles,
        createTime: now
      )
    }
  }

  /// Starts an operation once for each idempotency key; a repeated request gets
  /// its present state.
  @LoopActor
  private func start<Request: Message>(
    _ action: RecordAction,
    _ ids: [String],
    _ filter: String,
    _ request: Request,
    key: String,
    _ call: Call,
    _ check: @escaping @Sendable (WriteTransaction) throws -> Void = { _ in },
    _ make: @escaping @Sendable (IDWords, Timestamp) -> BulkOperation
  ) async throws -> RecordsAPI.Operation {
    // An operation outlives its caller's request, so it could not ask other services on the caller's behalf.
    guard judge?.way != .closing else {
      throw MeshError.failedPrecondition("\(Record.schema.object) has no operations on many")
    }
    let records = try await chosen(action, ids, filter, call)
    let (service, admit, mark) = (store.service, admit, RequestMark(request, key: key, call))
    let started = try await store.write(call.tenant, as: Author(call)) { transaction in
      try admit(call, transaction)
      let first = try transaction.once(mark) {
        try check(transaction)
        try transaction.requireRoom(for: call)
        var operation = make(transaction.ids.nextWords(), transaction.now)
        operation.total = records.count
        if records.isEmpty {
          operation.state = .done
          operation.endTime = transaction.now
        }
        try transaction.add(operation, on: records)
        return RecordsAPI.Operation(operation, of: service)
      }
      guard let id = BulkOperation.id(first.id, of: service),
        let present = try transaction.operation(id, at: transaction.now)
      else { return first }
      return RecordsAPI.Operation(present, of: service)
    }
    if let id = BulkOperation.id(started.id, of: service), started.endTime == nil {
      operations.announce(call.tenant, id)
    }
    return started
  }

  /// The records that a request names, or those that meet its filter and that the caller may change.
  @LoopActor
  private func chosen(
    _ action: RecordAction,
    _ ids: [String],
    _ filter: String,
    _ call: Call
  ) async throws -> [IDWords] {
    try filter.check(
      "filter",
      mostBytes: RecordSchema.mostFilterBytes,
      reason: .invalidFilter
    )
    let hasFilter = !filter.allSatisfy(\.isWhitespace)
    guard ids.isEmpty == hasFilter else {
      let rule = hasFilter ? "cannot be combined with a filter" : "or a filter must be given"
      throw MeshError.invalid("ids", rule)
    }
    return hasFilter ? try await found(action, filter, call) : try named(ids)
  }

  /// The ids of a request, each once.
  ///
  /// - Throws: INVALID_ARGUMENT naming `ids` when there are too many, or one is of another kind.
  func named(_ ids: [String]) throws(MeshError) -> [IDWords] {
    guard ids.count <= Self.mostIDs else {
      throw .invalid("ids", "must have at most \(Self.mostIDs) entries")
    }
    var seen: Set<IDWords> = []
    var records: [IDWords] = []
    for text in ids {
      guard let id = IDWords(text, prefix: kind.idPrefix) else {
        throw .invalid("ids", "must begin with \(kind.idPrefix)_, not be \(text.quoted)")
      }
      if seen.insert(id).inserted { records.append(id) }
    }
    return records
  }

  @LoopActor
  private func found(
    _ action: RecordAction,
    _ filter: String,
    _ call: Call
  ) async throws -> [IDWords] {
    let (gate, schema) = (gate, schema(call.tenant))
    return try await store.read(call.tenant) { transaction in
      let scope = transaction.scope(call, .read, of: Record.self, gate)
      let filter = try schema.filter(filter, visible: scope.visible)
      let own = transaction.scope(call, action, of: Record.self, gate).predicate(walks: true)
      let source = try transaction.source(of: filter, in: scope, where: own)
      let table = SQL(name: schema.table)
      let records = try transaction.rows(
        """
        SELECT \(table).id FROM \(source.tables) WHERE \(source.condition)
        ORDER BY \(table).id LIMIT \(Self.mostFound + 1)
        """
      ) { row in try row.next(IDWords.self) }
      guard records.count <= Self.mostFound else {
        throw MeshError.invalid("filter", "must find at most \(Self.mostFound) records")
      }
      return records
    }
  }
}

extension WriteTransaction {
  /// - Throws: RESOURCE_EXHAUSTED while the most operations are running.
  fileprivate func requireRoom(for call: Call) throws {
    let (all, own) = (Operations.most, Operations.mostOfOne)
    guard try openOperations() < all else {
      throw Operations.tooMany("a tenant can run at most \(all) operations at once")
    }
    guard try openOperations(of: call.caller.actor) < own else {
      throw Operations.tooMany("you can run at most \(own) operations at once")
    }
  }
}

/// How many operations may run at once.
private enum Operations {
  static let most = 20
  static let mostOfOne = 5

  static func tooMany(_ message: String) -> MeshError {
    MeshError(code: .resourceExhausted, reason: .rateLimited, message: message)
  }
}
