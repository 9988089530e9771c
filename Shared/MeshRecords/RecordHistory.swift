import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
package import MeshRPC
import MeshStore
package import RecordsAPI

extension Records {
  /// Bytes of records before and after their changes that a page of a history is made of.
  static var historyBytes: Int { 1 << 20 }

  /// What happened to a record, newest first.
  ///
  /// - Throws: NOT_FOUND for a record that the caller may not read and, once it is deleted, may not
  ///   bring back.
  @LoopActor
  package func history(
    _ request: ListHistoryRequest,
    _ call: Call
  ) async throws -> ListHistoryResponse {
    let page = try PageRequest(size: request.pageSize, token: request.pageToken)
    let (gate, schema, now) = (gate, schema(call.tenant), store.clock.now)
    return try await store.read(call.tenant) { transaction in
      let scope = transaction.scope(call, .read, of: Record.self, gate)
      guard let id = IDWords(request.id, prefix: schema.idPrefix),
        try transaction.record(id, in: scope) != nil
          || transaction.deleted(id, Record.self, call, gate, at: now) != nil
      else { throw MeshError.notFound(schema.object, request.id) }
      let changes = try transaction.history(
        schema.object,
        request.id,
        page,
        upTo: Self.historyBytes
      )
      return ListHistoryResponse(
        entries: changes.elements.map { HistoryEntry($0, of: Record.self, schema, scope.visible) },
        nextPageToken: changes.nextToken
      )
    }
  }
}

extension HistoryEntry {
  /// What the log says of a change, as far as the caller sees the fields.
  init<Record: RecordMessage>(
    _ entry: ChangeEntry,
    of _: Record.Type,
    _ schema: RecordSchema,
    _ visible: FieldSet
  ) {
    self.init(
      action: entry.action,
      actor: entry.actor,
      onBehalfOf: entry.onBehalfOf ?? "",
      time: entry.time
    )
    // Of a record that came back, all would be new.
    guard entry.action != "undelete", let after = entry.after.flatMap({ try? Record(wire: $0) })
    else { return }
    let before = entry.before.flatMap { try? Record(wire: $0) } ?? Record()
    for field in schema.fields where visible.contains(field) && field.isOfInterest {
      let (old, new) = (before.value(of: field), after.value(of: field))
      if old == new { continue }
      changes.append(
        FieldChange(field: field.name, old: field.text(of: old), new: field.text(of: new))
      )
    }
  }
}

extension RecordField {
  /// Whether a history tells of its changes: not of what every change brings with it, nor of what is made
  /// of other fields.
  private static let envelope: Set = [
    "id", "etag", "create_time", "update_time", "created_by", "updated_by",
  ]

  fileprivate var isOfInterest: Bool {
    hasText && type != .custom && rule.madeOf.isEmpty && !Self.envelope.contains(name)
  }
}
