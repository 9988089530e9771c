import MeshAccess
package import MeshCore
import MeshProto
package import MeshRPC
package import MeshStore

/// A change to who can see a record, as the log has it; the record itself does not change.
enum SharingAction: String {
  case share = "share_record"
  case unshare = "unshare_record"
}

extension Records {
  /// The most members and teams that one record can be shared with.
  static var mostShares: Int { 100 }

  package func share(
    _ id: IDWords,
    _ share: Share,
    _ call: Call,
    in transaction: WriteTransaction
  ) throws {
    let record = try shareable(id, call, in: transaction)
    let shares = try transaction.shares(kind.object, id).filter { $0.holds(at: transaction.now) }
    guard shares.count < Self.mostShares || shares.contains(where: { $0.grantee == share.grantee })
    else {
      throw MeshError.failedPrecondition(
        "a record can be shared with at most \(Self.mostShares) members and teams"
      )
    }
    try transaction.share(kind.object, id, share)
    try transaction.note(.share, of: record)
  }

  package func unshare(
    _ id: IDWords,
    from grantee: IDWords,
    _ call: Call,
    in transaction: WriteTransaction
  ) throws {
    let record = try shareable(id, call, in: transaction)
    guard try transaction.unshare(kind.object, id, from: grantee) else { return }
    try transaction.note(.unshare, of: record)
  }

  private func shareable(
    _ id: IDWords,
    _ call: Call,
    in transaction: WriteTransaction
  ) throws -> Record {
    guard may(.edit, call) else {
      throw MeshError.permissionDenied("\(kind.object).edit is missing")
    }
    try admit(call, transaction)
    return try transaction.editable("\(kind.idPrefix)_\(id.typeIDSuffix)", .edit, call, gate)
  }
}

extension RecordSchema {
  /// The fields that say who holds a record: its owner, its team, and the parent whose holders hold it too.
  var holderFields: [RecordField] {
    [holders.owner, holders.team, holders.parent].compactMap { self[$0] }
  }
}

extension StoredRecord {
  /// Whether the same hold it and take part in it as another version of it.
  package func isHeld(as other: Self) -> Bool {
    let schema = Self.schema
    let fields = schema.holderFields + [schema[schema.holders.participants]].compactMap { $0 }
    return fields.allSatisfy { value(of: $0) == other.value(of: $0) }
  }
}

extension ReadTransaction {
  /// Whether the caller has a record to edit otherwise than by a share, or by taking part in it or its parent.
  func isHeld<Record: StoredRecord>(
    _ record: Record,
    _ call: Call,
    _ gate: AccessGate
  ) throws -> Bool {
    try scope(call, .edit, of: Record.self, gate, bySharing: false).includes(record, in: self)
  }

  /// Refuses to let whoever has a record by a share, or as one who takes part, alone say who holds it: they could
  /// take it over, also by making it part of a record of their own, and the share could not be taken back.
  ///
  /// - Parameters:
  ///   - record: as it is.
  ///   - changed: as the caller wants it.
  ///   - call: who changes it.
  ///   - gate: checks the caller.
  /// - Throws: PERMISSION_DENIED.
  func checkGiving<Record: StoredRecord>(
    _ record: Record,
    _ changed: Record,
    _ call: Call,
    _ gate: AccessGate
  ) throws {
    let given = Record.schema.holderFields.filter {
      record.value(of: $0) != changed.value(of: $0)
    }
    if given.isEmpty { return }
    guard try isHeld(record, call, gate) else {
      let names = given.map(\.name).joined(separator: " and ")
      throw MeshError.permissionDenied(
        "\(names) can be changed only by whoever holds the record, not by a share or by taking part in it"
      )
    }
  }
}

extension WriteTransaction {
  /// Lets the members of a list read a record, and those who were in it no more.
  ///
  /// A share to read is one with being in the list: from then on it has no end of its own, and ends when they are
  /// taken out, also where it was given by hand before. A share to edit stays as it was given.
  ///
  /// - Parameters:
  ///   - record: whose list it is.
  ///   - ids: who is in it.
  ///   - known: who was in it before.
  /// - Throws: `StoreError`.
  package func shareToRead<Record: StoredRecord>(
    _ record: Record,
    with ids: [MemberID],
    before known: [MemberID]
  ) throws {
    let object = Record.schema.object
    guard let id = record.recordID else { return }
    for member in known where !ids.contains(member) {
      guard try shareLevel(object, id, [member.words], at: now) == .read else { continue }
      _ = try unshare(object, id, from: member.words)
    }
    for member in ids {
      guard try shareLevel(object, id, [member.words], at: now) ?? .read == .read else { continue }
      // Also in the place of one that would end while they follow it.
      try share(object, id, Share(grantee: member.words, level: .read))
    }
  }

  fileprivate func note<Record: StoredRecord>(_ action: SharingAction, of record: Record) throws {
    let identity = record.part(FieldBits()).wireBytes()
    try self.record(
      Change(
        action: action.rawValue,
        object: Record.schema.object,
        id: record.idText,
        before: identity,
        after: identity,
        isPartial: true
      )
    )
  }
}
