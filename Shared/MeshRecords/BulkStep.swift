import MeshAccess
package import MeshCore
import MeshProto
import MeshRPC
package import MeshStore

extension Records {
  /// Records per transaction: enough for speed, few enough that other writers wait only
  /// milliseconds.
  package static var batchSize: Int { 200 }

  package func foresee(
    _ operation: BulkOperation,
    _ tenant: TenantID,
    isLastTry: Bool
  ) async throws -> AdvanceOperation {
    try await prepare(tenant)
    let rules = try await foreseenRules(for: operation, tenant)
    return { try advance($0, in: $1, by: rules, isLastTry: isLastTry) }
  }

  /// The rules of the next step, with what is foreseen for it.
  private func foreseenRules(
    for operation: BulkOperation,
    _ tenant: TenantID
  ) async throws -> MakeRules {
    if operation.state == .undoing { return foresight?.undoing ?? rules }
    guard let foresight, operation.action == .update, !operation.mask.isEmpty else { return rules }
    let mask = try FieldMask(operation.mask, of: schema(tenant))
    guard mask.names.contains(where: { foresight.concerns(tenant, $0.index) }) else { return rules }
    let values = try Record(wire: operation.draft)
    let records = try await store.read(tenant, priority: .background) { transaction in
      let all: Scope<Record> = transaction.scope(forCalculation: "foresight")
      return try transaction.items(
        of: operation.id,
        after: operation.position,
        limit: Self.batchSize
      )
      .compactMap { try transaction.record($0.record, in: all)?.taking(mask, from: values) }
    }
    return try await foresight.rules(tenant, records)
  }

  private func advance(
    _ operation: BulkOperation,
    in transaction: WriteTransaction,
    by rules: MakeRules,
    isLastTry: Bool
  ) throws -> BulkOperation {
    let step = BulkStep<Record>(
      operation: operation,
      transaction: transaction,
      gate: gate,
      schema: schema(transaction.tenant),
      rules: try rules(transaction),
      names: names,
      isLastTry: isLastTry,
      admit: admit,
      call: try Call(of: operation, in: transaction.tenant, gate)
    )
    return try step.advanced(by: Self.batchSize)
  }
}

/// The next records of an operation, in one transaction and on behalf of its member: each record succeeds or
/// fails on its own.
private struct BulkStep<Record: StoredRecord> {
  let operation: BulkOperation
  let transaction: WriteTransaction
  let gate: AccessGate
  let schema: RecordSchema
  let rules: any RecordRules<Record>
  let names: NamedRecords?
  let isLastTry: Bool
  let admit: (Call, WriteTransaction) throws -> Void
  let call: Call

  /// No further record is begun after this time: where records have many words and rules, 200 take a second.
  private static var longestStep: Duration { .milliseconds(50) }

  /// Processes the next records.
  ///
  /// - Parameter most: the most records.
  /// - Returns: the operation's progress afterwards.
  /// - Throws: what the store throws; what a record's rules throw is its outcome, unless it is ABORTED and
  ///   this is not the last try.
  func advanced(by most: Int) throws -> BulkOperation {
    var operation = operation
    let items = try transaction.items(
      of: operation.id,
      after: operation.position,
      limit: most
    )
    let start = ContinuousClock.now
    var count = 0
    for item in items where count == 0 || ContinuousClock.now - start < Self.longestStep {
      count += 1
      let after = operation.state == .undoing ? try undone(item) : try applied(item)
      if after.outcome != item.outcome {
        operation.note(after.outcome)
        try transaction.save(after, of: operation.id)
      }
    }
    operation.position += count
    if operation.position >= operation.total {
      operation.state = operation.state == .undoing ? .undone : .done
      operation.endTime = transaction.now
    }
    try transaction.save(operation)
    try transaction.forgetOldOperations(5 * most)
    return operation
  }

  // MARK: Forward

  private func applied(_ item: BulkItem) throws -> BulkItem {
    var item = item
    do {
      try admit(call, transaction)
      item.change = try transaction.attempt { try change(item.record) }
      item.outcome = .done
    } catch {
      try item.refuse(error, .failed, isLastTry: isLastTry)
    }
    return item
  }

  /// - Returns: the number of the change; nil when nothing changed.
  private func change(_ id: IDWords) throws -> Int64? {
    let text = self.text(of: id)
    switch operation.action {
    case .update:
      let before = try transaction.editable(text, .edit, call, gate, Record.self)
      var changed = before
      // Without a mask, the rules check the record again as it is.
      if !operation.mask.isEmpty {
        let mask = try FieldMask(operation.mask, of: schema)
        try checkSettable(mask.names)
        let values = try Record(wire: operation.draft, limits: WireLimits(isStrict: true))
        changed = before.taking(mask, from: values)
        try transaction.checkGiving(before, changed, call, gate)
      }
      let after = try transaction.update(before, to: changed, schema, by: rules)
      if after.etag == before.etag { return nil }
    case .delete:
      let record = try transaction.editable(text, .delete, call, gate, Record.self)
      try transaction.delete(record, by: rules)
    }
    return try transaction.lastChange(of: schema.object, text)
  }

  private func checkSettable(_ fields: [RecordField]) throws(MeshError) {
    let access = gate.fields(call, schema)
    try access.editable.checkSettable(fields, visible: access.visible)
  }

  private func text(of id: IDWords) -> String { "\(schema.idPrefix)_\(id.typeIDSuffix)" }

  // MARK: Undo

  private func undone(_ item: BulkItem) throws -> BulkItem {
    guard item.outcome == .done else { return item }
    var item = item
    do {
      try admit(call, transaction)
      let isWhole = try transaction.attempt { try putBack(item) }
      item.outcome = isWhole ? .undone : .changedSince
      if !isWhole {
        item.reason = ErrorReason.staleEtag.rawValue
        item.error =
          operation.action == .delete
          ? "the record was restored after this operation"
          : "the record was changed after this operation; fields changed since keep their values"
      }
    } catch {
      try item.refuse(error, .undoFailed, isLastTry: isLastTry)
    }
    return item
  }

  /// - Returns: whether all that the operation changed in the record is as it was before.
  private func putBack(_ item: BulkItem) throws -> Bool {
    guard let number = item.change else { return true }
    let text = self.text(of: item.record)
    if operation.action == .delete {
      guard try transaction.lastChange(of: schema.object, text) == number else { return false }
      return try bringBack(item.record, text)
    }
    guard let change = try transaction.change(number),
      let before = try change.before.map({ try Record(wire: $0) }),
      let after = try change.after.map({ try Record(wire: $0) })
    else { throw MeshError.failedPrecondition("the previous values are no longer available") }
    let present = try transaction.editable(text, .edit, call, gate, Record.self)
    let changed = schema.fields.filter { field in
      field.isInput && field.type != .custom && before.value(of: field) != after.value(of: field)
    }
    let kept = changed.filter { present.value(of: $0) == after.value(of: $0) }
    try checkSettable(kept.filter { operation.mask.contains($0.name) })
    var record = present
    for field in kept { record.set(field, to: before.value(of: field)) }
    try transaction.checkGiving(present, record, call, gate)
    try transaction.refuseUnreadable(namedBy: record, before: present, names, call, gate)
    _ = try transaction.update(present, to: record, schema, by: rules)
    return kept.count == changed.count
  }

  private func bringBack(_ id: IDWords, _ text: String) throws -> Bool {
    guard try transaction.deleted(id, Record.self, call, gate, at: transaction.now) != nil,
      try transaction.undelete(id, schema, by: rules) != nil
    else { throw MeshError.notFound(schema.object, text) }
    return true
  }
}

extension BulkOperation {
  fileprivate mutating func note(_ outcome: BulkItem.Outcome) {
    switch outcome {
    case .waiting: break
    case .done: done += 1
    case .failed: failed += 1
    case .undone: undone += 1
    case .changedSince, .undoFailed: undoFailed += 1
    }
  }
}

extension BulkItem {
  /// Notes why the record was refused.
  ///
  /// - Throws: what is no fault of the record: the whole step is tried again.
  fileprivate mutating func refuse(
    _ error: any Error,
    _ outcome: Outcome,
    isLastTry: Bool
  ) throws {
    let refusal: MeshError
    switch error {
    case StoreError.unique: refusal = .alreadyExists("a value", "is already used by another record")
    case is StoreError: throw error
    default: refusal = MeshError.clientError(for: error) ?? .internalFailure()
    }
    switch refusal.code {
    case .unavailable, .cancelled, .deadlineExceeded: throw error
    case .aborted where !isLastTry: throw refusal
    default: break
    }
    self.outcome = outcome
    reason = refusal.reason.rawValue
    self.error = String(String.UnicodeScalarView(refusal.message.unicodeScalars.prefix(500)))
  }
}

extension Call {
  /// A call as whoever started an operation would make it.
  fileprivate init(
    of operation: BulkOperation,
    in tenant: TenantID,
    _ gate: AccessGate
  ) throws(MeshError) {
    let author = operation.author
    let identity: CallerIdentity
    if let member = MemberID(author.actor) {
      identity = .member(member)
    } else {
      identity = .system(String(author.actor.drop { $0 != ":" }.dropFirst()))
    }
    self.init(
      caller: try gate.current(
        Caller(
          tenant: tenant,
          identity: identity,
          onBehalfOf: author.onBehalfOf.flatMap { MemberID($0) },
          roles: operation.roles
        )
      ),
      origin: author.origin
    )
  }
}
