import MeshCore
import MeshLoop
package import MeshProto
package import MeshRPC
package import MeshRecords
import MeshStore

/// A rule of a tenant about other services' records.
///
/// It acts once for a record: when its condition has held from an event of the record until the end of the rule's wait.
package protocol WatchRule: StoredRecord {
  /// `<object>_created`, `_changed` or `_assigned`, or with the field of a record's progress, such as
  /// `_status_changed`.
  var event: String { get }
  /// In CEL over the record's fields; empty matches every record.
  var condition: String { get }
  var waitMinutes: Int32 { get }
  /// Whether it acts; nil counts as true.
  var active: Bool? { get }
}

/// A kind of another service's records that rules watch.
package struct WatchedKind: Sendable {
  /// Reads a page of the records that meet a condition in CEL, with the token of the next page.
  package typealias Read<Record> =
    @Sendable @LoopActor (_ filter: String, _ pageToken: String, CallOptions) async throws
    -> (records: [Record], nextPageToken: String)

  package let object: String
  /// The conditions that rules may have.
  package let conditions: RecordConditions
  let service: String
  private let read: Read<any RecordMessage>
  private let idPrefix: String
  private let occurrences: @Sendable (ChangeEntry) throws -> (IDWords, events: [String])?

  /// - Parameters:
  ///   - record: the kind.
  ///   - service: has the records.
  ///   - place: the field of a record's progress, such as its status.
  ///   - read: reads records as they are now, for this service.
  package init<Record: RecordMessage>(
    _ record: Record.Type,
    in service: String,
    place: String,
    read: @escaping Read<Record>
  ) {
    let schema = Record.schema
    (object, idPrefix, self.service) = (schema.object, schema.idPrefix, service)
    conditions = RecordConditions(schema)
    self.read = { @LoopActor (filter, token, options) async throws in
      let page = try await read(filter, token, options)
      return (page.records, page.nextPageToken)
    }
    occurrences = { change in
      guard let after = try change.after.map({ try Record(wire: $0) }), let id = after.recordID
      else { return nil }
      let before = try change.before.map { try Record(wire: $0) } ?? Record()
      let changed = after.changes(from: before)
      func isNew(_ name: String) -> Bool {
        guard let field = schema[name] else { return false }
        return changed.contains(field.index) && !after.value(of: field).isNone
      }
      if changed.isEmpty { return nil }
      var events = ["changed"]
      if change.action == "create" { events.append("created") }
      if isNew(schema.holders.owner) { events.append("assigned") }
      if isNew(place) { events.append("\(place)_changed") }
      return (id, events.map { "\(schema.object)_\($0)" })
    }
  }

  /// The events of a change, and its record; nil for a deletion, and for a change that leaves the record as it is.
  func events(of change: ChangeEntry) throws -> (record: IDWords, events: [String])? {
    try occurrences(change).map { (record: $0.0, events: $0.events) }
  }

  /// Records as they are now, by id, without those that no longer exist.
  @LoopActor
  func records(
    _ ids: Set<IDWords>,
    _ options: CallOptions
  ) async throws -> [IDWords: any RecordMessage] {
    if ids.isEmpty { return [:] }
    let texts = ids.sorted().map { "\"\(idPrefix)_\($0.typeIDSuffix)\"" }
    let filter = "id in [\(texts.joined(separator: ", "))]"
    var (found, token): ([IDWords: any RecordMessage], String) = ([:], "")
    repeat {
      let page = try await read(filter, token, options)
      for record in page.records { if let id = record.recordID { found[id] = record } }
      token = page.nextPageToken
    } while !token.isEmpty
    return found
  }
}
