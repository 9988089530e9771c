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
  /// Called after a value changed; nil means no value.
  package typealias Changed = @Sendable @LoopActor (_ before: Value?, _ after: Value?) -> Void

  private struct State {
    var values: [TenantID: [IDWords: Value]] = [:]
    /// The position in the log after which a service without a database continues.
    var place: Int64 = 0
    var isComplete = false
    var unreadable = 0
  }

  package let source: ReplicaSource
  private let idPrefix: String
  private let read: @Sendable ([UInt8]) throws -> Value?
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
    changed: @escaping Changed = { _, _ in },
    _ keep: @escaping @Sendable (Record) -> Value?
  ) {
    source = ReplicaSource(service: service, object: Record.schema.object)
    idPrefix = Record.schema.idPrefix
    read = { keep(try Record(wire: $0)) }
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

  /// Whether all records that existed when following began have been read.
  package var isComplete: Bool { state.withLock { $0.isComplete } }

  /// Records that could not be read since the process started.
  package var unreadable: Int { state.withLock { $0.unreadable } }

  // MARK: Following

  func markComplete() { state.withLock { $0.isComplete = true } }

  /// The position in the log up to which the values are known, in a service without a database.
  var place: Int64 { state.withLock { $0.place } }

  func advance(to place: Int64) { state.withLock { $0.place = max($0.place, place) } }

  /// The changed records; changes whose record cannot be identified are skipped.
  func rows(of page: PullResponse, _ log: Log) -> [ReplicaRow] {
    page.changes.compactMap { change in
      guard let tenant = TenantID(change.tenantId), let id = IDWords(change.id, prefix: idPrefix)
      else {
        noteUnreadable("\(change.sequence)", log)
        return nil
      }
      let record = change.action == "delete" ? nil : change.after
      return ReplicaRow(tenant: tenant, id: id, record: record)
    }
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
      changed(before, value)
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
