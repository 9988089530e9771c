package import MeshAccess
package import MeshCore
import MeshProto
package import MeshRPC
package import MeshStore

// The records that requests name, if their callers may reach them.

extension ReadTransaction {
  /// Refuses to return what a request made to a caller who may no longer read it.
  ///
  /// The record is checked as it is now; if it is gone, as it was.
  ///
  /// - Throws: NOT_FOUND.
  func checkStillReadable<Record: StoredRecord>(
    _ record: Record,
    in scope: Scope<Record>
  ) throws {
    let all: Scope<Record> = self.scope(forCalculation: "replay")
    let present = try record.recordID.flatMap { try self.record($0, in: all) }
    guard try scope.includes(present ?? record, in: self) else {
      throw MeshError.notFound(Record.schema.object, record.idText)
    }
  }

  /// The record that a request names.
  ///
  /// - Throws: NOT_FOUND when the text is not an id of the kind, and when the scope does not have it.
  package func require<Record: StoredRecord>(
    _ id: String,
    in scope: Scope<Record>
  ) throws -> Record {
    guard let words = IDWords(id, prefix: Record.schema.idPrefix),
      let record = try record(words, in: scope)
    else { throw MeshError.notFound(Record.schema.object, id) }
    return record
  }

  /// A record that was deleted at most 30 days before `now`, as it was, if the caller may restore it.
  func deleted<Record: StoredRecord>(
    _ id: IDWords,
    _: Record.Type,
    _ call: Call,
    _ gate: AccessGate,
    at now: Timestamp
  ) throws -> Record? {
    guard let kept = try deletedRecord(Record.schema.object, id, at: now) else { return nil }
    let record = try Record(wire: kept.bytes)
    let scope = scope(call, .delete, of: Record.self, gate)
    return try scope.includes(record, in: self) ? record : nil
  }

  /// Whether the caller may read a record and do something with it.
  package func may<Record: StoredRecord>(
    _ call: Call,
    _ action: RecordAction,
    with record: Record,
    _ gate: AccessGate
  ) throws -> Bool {
    try [.read, action].allSatisfy { action in
      try scope(call, action, of: Record.self, gate).includes(record, in: self)
    }
  }

  /// Whether a member may read a record and do something with it, by the roles that they have now.
  ///
  /// - Throws: `StoreError`; UNAVAILABLE while it is not known yet who has access.
  package func may<Record: StoredRecord>(
    _ member: MemberID,
    _ action: RecordAction,
    with record: Record,
    _ gate: AccessGate
  ) throws -> Bool {
    let caller = Caller(tenant: tenant, identity: .member(member))
    return try may(Call(caller: try gate.current(caller)), action, with: record, gate)
  }

  /// The record that a request names, if the caller may change it.
  ///
  /// - Throws: NOT_FOUND if the caller may not even read it; otherwise PERMISSION_DENIED.
  package func editable<Record: StoredRecord>(
    _ id: String,
    _ action: RecordAction,
    _ call: Call,
    _ gate: AccessGate,
    _: Record.Type = Record.self
  ) throws -> Record {
    let readable = scope(call, .read, of: Record.self, gate)
    let record = try require(id, in: readable)
    guard try scope(call, action, of: Record.self, gate).includes(record, in: self) else {
      throw MeshError.permissionDenied("you may \(action.rawValue) only what you or your team own")
    }
    return record
  }
}
