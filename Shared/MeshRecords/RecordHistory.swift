import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
package import MeshRPC
package import MeshStore
package import RecordsAPI

extension Records {
  /// The most bytes of records, before and after their changes, from which a page of a history is made.
  static var historyBytes: Int { 1 << 20 }

  /// What happened to a record, newest first, as far as the caller may know it.
  ///
  /// - Throws: NOT_FOUND for a record that the caller may not read and, once it is deleted, may not
  ///   bring back.
  @Home
  package func history(
    _ request: ListHistoryRequest,
    _ call: Call
  ) async throws -> ListHistoryResponse {
    let page = try PageRequest(size: request.pageSize, token: request.pageToken)
    let (schema, now) = (schema(call.tenant), store.clock.now)
    try await refuseClosed(request.id, call)
    return try await store.read(call.tenant) { transaction in
      guard let id = IDWords(request.id, prefix: schema.idPrefix),
        let known = try knownPast(of: id, call, at: now, in: transaction)
      else { throw MeshError.notFound(schema.object, request.id) }
      let changes = try transaction.history(
        schema.object,
        request.id,
        page,
        upTo: Self.historyBytes
      )
      return ListHistoryResponse(
        entries: try changes.elements.compactMap { try known.entry($0, schema, in: transaction) },
        nextPageToken: changes.nextToken
      )
    }
  }

  /// What the caller may know of a record's past; nil when they may not know the record.
  private func knownPast(
    of id: IDWords,
    _ call: Call,
    at now: Timestamp,
    in transaction: ReadTransaction
  ) throws -> KnownPast<Record>? {
    var scope = transaction.scope(call, .read, of: Record.self, gate)
    let visible = scope.visible
    var record = try transaction.record(id, in: scope)
    if record == nil {
      record = try transaction.deleted(id, Record.self, call, gate, at: now)
      scope = transaction.scope(call, .delete, of: Record.self, gate)
    }
    guard let record else { return nil }
    let hidden = try guarded.filter { _, action in
      try !transaction.scope(call, action, of: Record.self, gate).includes(record, in: transaction)
    }
    return KnownPast(
      scope: scope,
      visible: visible,
      isWhole: try scope.holds(record, in: transaction),
      hidden: Set(hidden.keys)
    )
  }
}

/// What a caller may know of a record's past.
private struct KnownPast<Record: StoredRecord> {
  let scope: Scope<Record>
  let visible: FieldSet
  /// Whether that is everything.
  ///
  /// A caller who may read the record only because it is open to everybody knows what happened while it was.
  let isWhole: Bool
  /// Actions that the caller may not know of.
  let hidden: Set<String>

  /// - Returns: nil for a change that the caller may not know of.
  func entry(
    _ entry: ChangeEntry,
    _ schema: RecordSchema,
    in transaction: ReadTransaction
  ) throws -> HistoryEntry? {
    if hidden.contains(entry.action) { return nil }
    if isWhole { return HistoryEntry(entry, of: Record.self, schema, visible) }
    // A compacted change tells who held the record; another partial one does not, so it is not shown.
    let was = try isReadable(entry.before, in: transaction)
    let isNow = try isReadable(entry.after, in: transaction)
    guard isNow || was && entry.after == nil else { return nil }
    return HistoryEntry(entry, of: Record.self, schema, visible, showsOld: was)
  }

  private func isReadable(
    _ image: [UInt8]?,
    in transaction: ReadTransaction
  ) throws -> Bool {
    guard let record = image.flatMap({ try? Record(wire: $0) }) else { return false }
    return try scope.includes(record, in: transaction)
  }
}

extension HistoryEntry {
  /// A change of the log, with the fields that the caller sees.
  init<Record: RecordMessage>(
    _ entry: ChangeEntry,
    of _: Record.Type,
    _ schema: RecordSchema,
    _ visible: FieldSet,
    showsOld: Bool = true
  ) {
    self.init(
      action: entry.action,
      actor: entry.actor,
      onBehalfOf: entry.onBehalfOf ?? "",
      time: entry.time
    )
    // All fields of a restored record would appear as new.
    guard entry.action != "undelete", let after = entry.after.flatMap({ try? Record(wire: $0) })
    else { return }
    let before = entry.before.flatMap { try? Record(wire: $0) } ?? Record()
    for field in schema.fields where visible.contains(field) && field.isOfInterest {
      let (old, new) = (before.value(of: field), after.value(of: field))
      if old == new { continue }
      changes.append(
        FieldChange(
          field: field.name,
          old: showsOld ? field.text(of: old) : "",
          new: field.text(of: new)
        )
      )
    }
  }
}

extension RecordField {
  private static let envelope: Set = [
    "id", "etag", "create_time", "update_time", "created_by", "updated_by",
  ]

  /// Whether every change includes it, or it is made of other fields: histories leave it out.
  fileprivate var isIncidental: Bool { !rule.madeOf.isEmpty || Self.envelope.contains(name) }

  /// Whether histories show its changes.
  fileprivate var isOfInterest: Bool { hasText && type != .custom && !isIncidental }
}

// MARK: Compaction

extension Records {
  /// What a compacted log keeps: the fields that changed, for histories and undoing, and who held
  /// the record, for callers who read it only because it is open.
  package var keptHistory: KeptHistory {
    let schema = Record.schema
    let holders = FieldBits(
      schema.generated.indices.filter { schema.holders.names.contains(schema.fields[$0].name) }
    )
    let incidental = FieldBits(
      schema.generated.indices.filter { schema.fields[$0].isIncidental }
    )
    return KeptHistory(object: schema.object, table: schema.table, idPrefix: schema.idPrefix) {
      change in
      guard !change.isPartial else { return nil }
      let before: Record?
      let after: Record?
      do throws(WireError) {
        before = try change.before.map { (bytes) throws(WireError) in try Record(wire: bytes) }
        after = try change.after.map { (bytes) throws(WireError) in try Record(wire: bytes) }
      } catch {
        return nil
      }
      var fields = holders
      if let after, change.action != "undelete" {
        fields = fields.union(after.changes(from: before ?? Record()).subtracting(incidental))
      }
      return MeshStore.Change(
        action: change.action,
        object: change.object,
        id: change.id,
        before: before?.part(fields).wireBytes(),
        after: after?.part(fields).wireBytes(),
        isPartial: true
      )
    }
  }
}

extension RecordHolders {
  /// The fields, with an empty name for each that does not exist.
  var names: Set<String> { [owner, team, participants, parent, open] }
}
