import MeshAPI
package import MeshCore
import MeshLoop
package import MeshProto
package import MeshStore
import Synchronization

/// A service's copy of another service's records: a small value for each, in memory.
///
/// A service declares one for each kind of record it needs, and lists it in its `replicas`:
///
///     let members = Replica(of: Member.self, in: "access") { $0.active ? Assignee($0) : nil }
///
/// A service with a database also stores the records there, as received, with the position in the
/// other's change log, so it starts and answers while the other service is down. A service without
/// one reads them again before it starts. Values change once the records are durable, in the order
/// of their changes.
///
/// A record that this build cannot read has no value until it can be read or changes.
package final class Replica<Value: Sendable>: Sendable {
  /// Called after a value of a tenant changed; nil means no value.
  package typealias Changed =
    @Sendable @LoopActor (TenantID, _ before: Value?, _ after: Value?) -> Void

  private struct State {
    var values: [TenantID: [IDWords: Value]] = [:]
    /// The place in the log up to which the values are known.
    var cursor: String?
    var isComplete = false
    var unreadable = 0
    /// The records of the snapshot that is being taken.
    var snapshot: Set<ReplicaKey> = []
  }

  package let source: ReplicaSource
  private let idPrefix: String
  private let read: @Sendable ([UInt8]) throws -> Value?
  let merge: Store.Merge
  private let changed: Changed
  private let state = Mutex(State())

  /// - Parameters:
  ///   - record: the kind of record.
  ///   - service: the service that owns the records.
  ///   - changed: updates what is derived from the values, such as an index.
  ///   - keep: derives the value of a record; nil for one that is not needed.
  package init<Record: RecordMessage>(
    of record: Record.Type,
    in service: String,
    changed: @escaping Changed = { _, _, _ in },
    _ keep: @escaping @Sendable (Record) -> Value?
  ) {
    source = ReplicaSource(service: service, object: Record.schema.object)
    idPrefix = Record.schema.idPrefix
    read = { keep(try Record(wire: $0)) }
    merge = { kept, before, after in
      var record = try Record(wire: kept)
      let after = try Record(wire: after)
      record.take(after.changes(from: try Record(wire: before)), from: after)
      return record.wireBytes()
    }
    self.changed = changed
  }

  /// A copy of something that is not a record.
  ///
  /// - Parameters:
  ///   - message: its type on the wire.
  ///   - object: its name in the other service's change log.
  ///   - idPrefix: of its ids.
  ///   - service: the service that owns it.
  ///   - changed: called for values that changed.
  ///   - keep: derives the value of one; nil for one that is not needed.
  init<Kept: Message>(
    of message: Kept.Type,
    object: String,
    idPrefix: String,
    in service: String,
    changed: @escaping Changed,
    _ keep: @escaping @Sendable (Kept) -> Value?
  ) {
    source = ReplicaSource(service: service, object: object)
    self.idPrefix = idPrefix
    read = { keep(try Kept(wire: $0)) }
    merge = { kept, _, _ in kept }
    self.changed = changed
  }

  // MARK: Reading, on any thread

  package subscript<Kind>(_ tenant: TenantID, _ id: ID<Kind>) -> Value? {
    state.withLock { $0.values[tenant]?[id.words] }
  }

  /// All values of a tenant, by record id.
  package func values(of tenant: TenantID) -> [IDWords: Value] {
    state.withLock { $0.values[tenant] ?? [:] }
  }

  /// The value of each tenant that has one: for records that are the tenants themselves.
  package var oneOfEach: [TenantID: Value] {
    state.withLock { $0.values.compactMapValues(\.values.first) }
  }

  /// Whether all records that existed when following began have been read.
  package var isComplete: Bool { state.withLock { $0.isComplete } }

  /// Records that could not be read since the process started.
  package var unreadable: Int { state.withLock { $0.unreadable } }

  // MARK: Following

  func markComplete() { state.withLock { $0.isComplete = true } }

  /// The place in the log up to which the values are known.
  package var cursor: String? { state.withLock { $0.cursor } }

  func advance(to cursor: String?) { state.withLock { $0.cursor = cursor } }

  func beginSnapshot() { state.withLock { $0.snapshot = [] } }

  /// Takes note of records of a snapshot.
  func note(_ rows: [ReplicaRow]) {
    state.withLock { state in
      for row in rows { state.snapshot.insert(row.key) }
    }
  }

  /// The records of the snapshot.
  var snapshot: Set<ReplicaKey> { state.withLock { $0.snapshot } }

  /// The values of records that are missing in the snapshot.
  var beyondSnapshot: [ReplicaRow] {
    state.withLock { state in
      state.values.flatMap { tenant, values in
        values.keys.map { ReplicaRow(tenant: tenant, id: $0, record: nil) }
      }.filter { !state.snapshot.contains($0.key) }
    }
  }

  /// The change of a record; nil when the message does not name the record, or lacks it.
  func change(_ message: MeshAPI.Change) -> ReplicaChange? {
    guard !message.tooLarge, let tenant = TenantID(message.tenantId),
      let id = IDWords(message.id, prefix: idPrefix)
    else { return nil }
    let record = message.action == "delete" ? nil : message.after
    return ReplicaChange(
      ReplicaRow(tenant: tenant, id: id, record: record),
      partialBefore: message.partial ? message.before : nil
    )
  }

  /// The changes of a page, and those that lack the record or its name.
  func changes(
    of messages: [MeshAPI.Change],
    _ log: Log
  ) -> (changes: [ReplicaChange], letters: [NewDeadLetter]) {
    var (changes, letters): ([ReplicaChange], [NewDeadLetter]) = ([], [])
    for message in messages {
      if let change = change(message) {
        changes.append(change)
      } else {
        noteUnreadable(message.id, log)
        let reason =
          message.tooLarge
          ? "the change is too large for a message" : "the change names no record of the kind"
        letters.append(NewDeadLetter(message, of: source.feed, error: reason, attempts: 1))
      }
    }
    return (changes, letters)
  }

  /// Updates the values of records that are durable.
  @LoopActor
  package func take(_ rows: [ReplicaRow], _ log: Log) {
    for row in rows {
      var value: Value?
      do {
        value = try row.record.flatMap(read)
      } catch {
        noteUnreadable("\(idPrefix)_\(row.id.typeIDSuffix)", log)
      }
      let before = state.withLock { state in
        let before = state.values[row.tenant]?[row.id]
        state.values[row.tenant, default: [:]][row.id] = value
        return before
      }
      changed(row.tenant, before, value)
    }
  }

  /// Counts an unreadable record, and logs the first.
  private func noteUnreadable(_ record: String, _ log: Log) {
    let count = state.withLock { state in
      state.unreadable += 1
      return state.unreadable
    }
    guard count == 1 else { return }
    log.warning("replica_unreadable", ["feed": .word(source.feed), "record": .id(record)])
  }
}
