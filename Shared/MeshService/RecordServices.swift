import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
package import MeshRPC
package import MeshRecords
package import MeshStore
package import RecordsAPI

/// The RPCs that every service with records offers for all its kinds: names and permissions by id,
/// and operations on many records.
package struct RecordServices: RecordsHandlers, OperationsServiceHandlers {
  private static let mostIDs = 200

  private let collections: [any RecordCollection]
  private let store: Store

  package init(_ collections: [any RecordCollection], _ store: Store) {
    self.collections = collections
    self.store = store
  }

  package func register(in router: inout RPCRouter) {
    (self as any RecordsHandlers).register(in: &router)
    (self as any OperationsServiceHandlers).register(in: &router)
  }

  // MARK: Records

  @LoopActor
  package func resolve(_ request: ResolveRequest, _ call: Call) async throws -> ResolveResponse {
    let names = try await each(request.ids, call) { collection, ids, transaction in
      try collection.names(of: ids, call, in: transaction)
    }
    return ResolveResponse(
      records: request.ids.map { id in
        guard let name = names[id] else { return ResolvedRecord(id: id) }
        return ResolvedRecord(id: id, exists: true, title: name.title, subtitle: name.subtitle)
      }
    )
  }

  @LoopActor
  package func check(_ request: CheckRequest, _ call: Call) async throws -> CheckResponse {
    let action = RecordAction(request.action)
    guard RecordAction.common.contains(action) else {
      throw MeshError.invalid("action", "must be read, edit, delete or export")
    }
    let permissions = try await each(request.ids, call) { collection, ids, transaction in
      try collection.permissions(action, ids, call, in: transaction)
    }
    return CheckResponse(
      records: request.ids.map { id in
        CheckedRecord(
          id: id,
          exists: permissions[id] != nil,
          allowed: permissions[id] ?? false
        )
      }
    )
  }

  @LoopActor
  package func permissions(
    _ request: PermissionsRequest,
    _ call: Call
  ) async throws -> PermissionsResponse {
    let found = try await each([request.id], call) { collection, ids, transaction in
      var found: [IDWords: RecordPermissions] = [:]
      for id in ids { found[id] = try collection.permissions(of: id, call, in: transaction) }
      return found
    }
    guard let permissions = found[request.id] else {
      throw MeshError.notFound("record", request.id)
    }
    return PermissionsResponse(
      actions: permissions.actions,
      visibleFields: permissions.visible,
      editableFields: permissions.editable
    )
  }

  @LoopActor
  package func history(
    _ request: ListHistoryRequest,
    _ call: Call
  ) async throws -> ListHistoryResponse {
    for collection in collections
    where IDWords(request.id, prefix: collection.kind.idPrefix) != nil {
      return try await collection.history(request, call)
    }
    throw MeshError.notFound("record", request.id)
  }

  @LoopActor
  package func shares(_ request: SharesRequest, _ call: Call) async throws -> SharesResponse {
    let found = try await each([request.id], call) { collection, ids, transaction in
      var found: [IDWords: [RecordShare]] = [:]
      for id in ids {
        found[id] = try collection.shares(of: id, call, in: transaction).map { share in
          RecordShare(share, grantee: collection.gate.grantee(share.grantee, in: call.tenant))
        }
      }
      return found
    }
    guard let shares = found[request.id] else { throw MeshError.notFound("record", request.id) }
    return SharesResponse(shares: shares)
  }

  @LoopActor
  package func share(_ request: ShareRequest, _ call: Call) async throws -> ShareResponse {
    let share = Share(
      grantee: try grantee(request.granteeId),
      level: request.mayEdit ? .edit : .read,
      expireTime: request.expireTime
    )
    guard request.expireTime.map({ $0 > store.clock.now }) != false else {
      throw MeshError.invalid("expire_time", "must be in the future")
    }
    try await changeSharing(of: request.id, call) { collection, id, transaction in
      try collection.share(id, share, call, in: transaction)
      try requireGrantee(request.granteeId, in: call.tenant, collection.gate)
    }
    return ShareResponse()
  }

  @LoopActor
  package func unshare(_ request: UnshareRequest, _ call: Call) async throws -> UnshareResponse {
    let grantee = try grantee(request.granteeId)
    try await changeSharing(of: request.id, call) { collection, id, transaction in
      try collection.unshare(id, from: grantee, call, in: transaction)
    }
    return UnshareResponse()
  }

  private func grantee(_ text: String) throws(MeshError) -> IDWords {
    if let member = MemberID(text) { return member.words }
    if let team = TeamID(text) { return team.words }
    throw .invalid("grantee_id", "must be the id of a member or a team")
  }

  /// Refuses a member or a team that the tenant does not have, or that is not active.
  private func requireGrantee(
    _ text: String,
    in tenant: TenantID,
    _ gate: AccessGate
  ) throws(MeshError) {
    let isThere: Bool
    if let member = MemberID(text) {
      isThere = try gate.isActive(member, in: tenant)
    } else {
      isThere = TeamID(text).map { gate.isActive($0, in: tenant) } ?? false
    }
    guard isThere else { throw .invalid("grantee_id", "must be an active member or team") }
  }

  @LoopActor
  private func changeSharing(
    of text: String,
    _ call: Call,
    _ body:
      @escaping @Sendable (any RecordCollection, IDWords, WriteTransaction) throws -> Void
  ) async throws {
    for collection in collections {
      guard let id = IDWords(text, prefix: collection.kind.idPrefix) else { continue }
      guard try await collection.closed([id], call).isEmpty else { break }
      try await collection.prepare(call.tenant)
      try await store.write(call.tenant, as: Author(call)) { try body(collection, id, $0) }
      return collection.committed(call.tenant)
    }
    throw MeshError.notFound("record", text)
  }

  /// Asks each kind of record for those of the ids that it owns, in one transaction.
  @LoopActor
  private func each<Answer: Sendable>(
    _ ids: [String],
    _ call: Call,
    _ ask:
      @escaping @Sendable (any RecordCollection, [IDWords], ReadTransaction) throws ->
      [IDWords: Answer]
  ) async throws -> [String: Answer] {
    guard ids.count <= Self.mostIDs else {
      throw MeshError.invalid("ids", "must have at most \(Self.mostIDs) entries")
    }
    var open: [(collection: any RecordCollection, ids: [IDWords])] = []
    for collection in collections {
      let own = Set(ids.compactMap { IDWords($0, prefix: collection.kind.idPrefix) }).sorted()
      let closed = try await collection.closed(own, call)
      open.append((collection, own.filter { !closed.contains($0) }))
    }
    let asked = open
    return try await store.read(call.tenant) { transaction in
      var answers: [String: Answer] = [:]
      for (collection, own) in asked where !own.isEmpty {
        for (id, answer) in try ask(collection, own, transaction) {
          answers["\(collection.kind.idPrefix)_\(id.typeIDSuffix)"] = answer
        }
      }
      return answers
    }
  }

  // MARK: Operations

  @LoopActor
  package func getOperation(
    _ request: GetOperationRequest,
    _ call: Call
  ) async throws -> RecordsAPI.Operation {
    let (service, now) = (store.service, store.clock.now)
    return try await store.read(call.tenant) { transaction in
      let operation = try transaction.operation(request.id, of: service, call, at: now)
      return RecordsAPI.Operation(operation, of: service)
    }
  }

  @LoopActor
  package func listOperationResults(
    _ request: ListOperationResultsRequest,
    _ call: Call
  ) async throws -> ListOperationResultsResponse {
    let page = try PageRequest(size: request.pageSize, token: request.pageToken)
    let outcome = BulkItem.Outcome(rawValue: Int(request.outcome.rawValue))
    guard outcome != nil || request.outcome == .unspecified else {
      throw MeshError.invalid("outcome", "must be one of the outcomes of a result")
    }
    let (service, now) = (store.service, store.clock.now)
    let prefixes = Dictionary(
      collections.map { ($0.kind.object, $0.kind.idPrefix) },
      uniquingKeysWith: { first, _ in first }
    )
    return try await store.read(call.tenant) { transaction in
      let operation = try transaction.operation(request.id, of: service, call, at: now)
      let results = try transaction.results(of: operation.id, outcome: outcome, page)
      let prefix = prefixes[operation.object] ?? operation.object
      return ListOperationResultsResponse(
        results: results.elements.map { OperationResult($0, prefix: prefix) },
        nextPageToken: results.nextToken
      )
    }
  }

  @LoopActor
  package func undoOperation(
    _ request: UndoOperationRequest,
    _ call: Call
  ) async throws -> RecordsAPI.Operation {
    let service = store.service
    let operation = try await store.write(call.tenant, as: Author(call)) { transaction in
      var operation = try transaction.operation(
        request.id,
        of: service,
        call,
        at: transaction.now
      )
      let action: RecordAction = operation.action == .delete ? .delete : .edit
      let collection = collections.first { $0.kind.object == operation.object }
      guard collection?.may(action, call) == true else {
        throw MeshError.permissionDenied("\(operation.object).\(action.rawValue) is missing")
      }
      guard operation.state != .running else {
        throw MeshError.failedPrecondition("the operation must have ended before it can be undone")
      }
      guard operation.state == .done else { return operation }
      operation.state = .undoing
      operation.position = 0
      operation.endTime = nil
      if operation.author.actor == call.caller.actor {
        operation.author = Author(call)
        operation.roles = call.caller.roles
      }
      try transaction.save(operation)
      return operation
    }
    if operation.isOpen {
      let collection = collections.first { $0.kind.object == operation.object }
      collection?.operations.announce(call.tenant, operation.id)
    }
    return RecordsAPI.Operation(operation, of: service)
  }
}

extension ReadTransaction {
  /// The operation that a request names.
  ///
  /// - Throws: NOT_FOUND for one that a member other than the caller started.
  fileprivate func operation(
    _ text: String,
    of service: String,
    _ call: Call,
    at now: Timestamp
  ) throws -> BulkOperation {
    guard let id = BulkOperation.id(text, of: service), let operation = try operation(id, at: now),
      operation.author.actor == call.caller.actor || call.caller.member == nil
    else { throw MeshError.notFound("operation", text) }
    return operation
  }
}

extension RecordShare {
  fileprivate init(_ share: Share, grantee: String) {
    self.init(
      granteeId: grantee,
      mayEdit: share.level == .edit,
      expireTime: share.expireTime,
      createTime: share.beginTime
    )
  }
}

extension OperationResult {
  fileprivate init(_ item: BulkItem, prefix: String) {
    self.init(
      id: "\(prefix)_\(item.record.typeIDSuffix)",
      outcome: OperationOutcome(rawValue: Int32(item.outcome.rawValue)),
      error: item.error,
      reason: item.reason
    )
  }
}
