package import MeshAccess
package import MeshCore
import MeshProto
package import MeshStore

/// A change to a record, as some watchers may see it.
package struct SeenChange: Sendable, Hashable {
  /// The change's number in the log.
  package let sequence: Int64
  package let object: String
  /// The record's id as clients see it.
  package let id: String
  /// The record's version after the change; nil when the watchers no longer see it, it is deleted or a judge may close it.
  package let etag: Etag?
  /// As the log has it, or `gone` where the record left the watchers' scope.
  package let action: String
  /// Names of changed fields that the watchers see, in the schema's order; none when they no longer see it, it is
  /// deleted or a judge may close it.
  package let fields: [String]
  /// The watchers, by their places.
  package let watchers: [UInt32]
}

/// What watchers may see of changes to records of one kind.
package struct SeenChanges: Sendable {
  /// In the order of the log.
  package fileprivate(set) var changes: [SeenChange] = []
  /// Watchers who would get too many changes; they get none.
  package fileprivate(set) var many: [UInt32] = []
  /// Watchers who may have missed something, because the log no longer has enough of a change.
  package fileprivate(set) var lost: [UInt32] = []
  /// Watchers whose scope a record, and so its child records, entered or left.
  package fileprivate(set) var moved: [UInt32] = []
}

/// A change that can be checked against scopes.
private struct KnownChange<Record: StoredRecord> {
  let entry: ChangeEntry
  /// The record that scopes are asked about.
  let before: Record?
  let after: Record?
  let changed: [RecordField]
  /// For a change of sharing, its time: the record itself did not change.
  var sharingTime: Timestamp?
}

/// What a change means to a watcher.
private enum Sighting: Hashable {
  /// The record changed; the fields are those that they see.
  case changed(FieldSet)
  case deleted, gone

  /// nil when the watcher must not learn of it.
  init?(was: Bool, isNow: Bool, exists: Bool, visible: FieldSet) {
    switch (was, isNow, exists) {
    case (_, true, _): self = .changed(visible)
    case (true, false, true): self = .gone
    case (true, false, false): self = .deleted
    case (false, false, _): return nil
    }
  }
}

extension Records {
  /// Changes of one kind that a watcher gets one by one from a page of the log.
  private static var mostSeen: Int { 50 }

  package func seen(
    _ entries: [ChangeEntry],
    by watchers: [Watcher],
    in transaction: ReadTransaction
  ) throws -> SeenChanges {
    let audience = Audience<Record>(watchers, in: transaction, gate)
    var seen = SeenChanges()
    if audience.parts.isEmpty { return seen }
    var known: [KnownChange<Record>] = []
    var sightings: [[(number: Int, Sighting)]] = audience.parts.map { _ in [] }
    var moved: Set<Int> = []
    var permitted: [Int: Set<UInt32>] = [:]
    for entry in entries {
      guard let change = try knownChange(entry, in: transaction) else {
        seen.lost = audience.parts.flatMap(\.members)
        continue
      }
      let few = try permittedMembers(change, watchers, in: transaction)
      permitted[known.count] = few
      let was = try change.before.map {
        try audience.includes($0, sharedUntil: change.sharingTime, in: transaction)
      }
      let isNow = try change.after.map { try audience.includes($0, in: transaction) }
      for (index, part) in audience.parts.enumerated() {
        if let few, few.isDisjoint(with: part.members) { continue }
        let (had, has) = (was?[index] ?? false, isNow?[index] ?? false)
        if had != has, was != nil, isNow != nil { moved.insert(index) }
        if change.sharingTime != nil, had == has { continue }
        let sighting = Sighting(
          was: had,
          isNow: has,
          exists: change.after != nil,
          visible: part.visible
        )
        if let sighting { sightings[index].append((known.count, sighting)) }
      }
      known.append(change)
    }
    var groups = known.map { _ in [Sighting: [UInt32]]() }
    for (part, found) in zip(audience.parts, sightings) {
      guard found.count <= Self.mostSeen else {
        seen.many += part.members
        continue
      }
      for (number, sighting) in found {
        let few = permitted[number]
        let members = few.map { few in part.members.filter(few.contains) } ?? part.members
        groups[number][sighting, default: []] += members
      }
    }
    seen.moved = moved.flatMap { audience.parts[$0].members }
    seen.changes = zip(known, groups).flatMap { change, groups in
      groups.map { change.seen(as: $0.key, by: $0.value, isClosed: judge?.way == .closing) }
    }
    return seen
  }

  /// The members who may learn of a change that not every reader of the record may; nil for all.
  private func permittedMembers(
    _ change: KnownChange<Record>,
    _ watchers: [Watcher],
    in transaction: ReadTransaction
  ) throws -> Set<UInt32>? {
    guard let action = guarded[change.entry.action], let record = change.after ?? change.before
    else { return nil }
    return try Audience<Record>(watchers, action, in: transaction, gate)
      .members(seeing: record, in: transaction)
  }

  /// - Returns: nil for a change of which the log no longer has enough.
  private func knownChange(
    _ entry: ChangeEntry,
    in transaction: ReadTransaction
  ) throws -> KnownChange<Record>? {
    let before: Record?
    let after: Record?
    do throws(WireError) {
      before = try entry.before.map { (bytes) throws(WireError) in try Record(wire: bytes) }
      after = try entry.after.map { (bytes) throws(WireError) in try Record(wire: bytes) }
    } catch {
      return nil
    }
    guard before != nil || after != nil else { return nil }
    if SharingAction(rawValue: entry.action) != nil, let id = after?.recordID {
      return try knownSharing(entry, of: id, in: transaction)
    }
    let schema = schema(transaction.tenant)
    let changed = schema.changes(from: before ?? Record(), to: after ?? Record())
    guard entry.isPartial else {
      return KnownChange(entry: entry, before: before, after: after, changed: changed)
    }
    // Checked as the record is now: no field that decides who sees it has changed.
    let all: Scope<Record> = transaction.scope(forCalculation: "event")
    guard let id = after?.recordID,
      !changed.contains(where: { schema.holders.names.contains($0.name) })
    else { return nil }
    let present = try transaction.record(id, in: all)
    return KnownChange(entry: entry, before: nil, after: present, changed: changed)
  }
}

extension Records {
  /// A change of sharing: the record counts as it is now; its shares tell who could see it before.
  private func knownSharing(
    _ entry: ChangeEntry,
    of id: IDWords,
    in transaction: ReadTransaction
  ) throws -> KnownChange<Record> {
    let all: Scope<Record> = transaction.scope(forCalculation: "event")
    let present = try transaction.record(id, in: all)
    return KnownChange(
      entry: entry,
      before: present,
      after: present,
      changed: [],
      sharingTime: entry.time
    )
  }
}

extension KnownChange {
  /// The change as watchers see it.
  ///
  /// - Parameters:
  ///   - sighting: what it means to them.
  ///   - watchers: by their places.
  ///   - isClosed: whether a judge, who is not asked here, may have closed the record to them: then they get only its
  ///     id and the action.
  /// - Returns: the change.
  func seen(as sighting: Sighting, by watchers: [UInt32], isClosed: Bool) -> SeenChange {
    var visible: FieldSet?
    if case .changed(let fields) = sighting, !isClosed { visible = fields }
    return SeenChange(
      sequence: entry.sequence,
      object: entry.object,
      id: entry.id,
      etag: visible == nil ? nil : after?.etag,
      action: sighting == .gone ? "gone" : entry.action,
      fields: visible.map { visible in changed.filter { visible.contains($0) }.map(\.name) } ?? [],
      watchers: watchers
    )
  }
}

extension RecordSchema {
  /// The fields whose values differ, except id and etag.
  fileprivate func changes<Record: RecordMessage>(
    from before: Record,
    to after: Record
  ) -> [RecordField] {
    let changed = after.changes(from: before).subtracting(identity)
    return fields.filter { field in
      guard changed.contains(field.index), field.type != .custom else { return false }
      return field.customKey == nil || before.value(of: field) != after.value(of: field)
    }
  }
}
