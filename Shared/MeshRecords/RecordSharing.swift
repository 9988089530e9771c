package import MeshAccess
package import MeshCore
package import MeshProto
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
    try admit(call, transaction)
    let record = try shareable(id, call, in: transaction)
    guard !kind.holders.isPersonal else {
      throw MeshError.failedPrecondition("a record of this kind, \(kind.object), cannot be shared")
    }
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
    try admit(call, transaction)
    let record = try shareable(id, call, in: transaction)
    guard try transaction.unshare(kind.object, id, from: grantee) else { return }
    try transaction.note(.unshare, of: record)
  }

  package func shares(
    of id: IDWords,
    _ call: Call,
    in transaction: ReadTransaction
  ) throws -> [Share] {
    _ = try shareable(id, call, in: transaction)
    let now = store.clock.now
    return try transaction.shares(kind.object, id, withParticipants: false)
      .filter { $0.holds(at: now) }
      .sorted {
        ($0.beginTime ?? .earliest, $0.grantee) < ($1.beginTime ?? .earliest, $1.grantee)
      }
  }

  /// A record whose shares the caller may see and change.
  ///
  /// Not one that they have by a share, or by taking part in it: they could share it with themselves for good, or with
  /// others who would share it with them again.
  private func shareable(
    _ id: IDWords,
    _ call: Call,
    in transaction: ReadTransaction
  ) throws -> Record {
    guard may(.edit, call) else {
      throw MeshError.permissionDenied("\(kind.object).edit is missing")
    }
    let text = "\(kind.idPrefix)_\(id.typeIDSuffix)"
    let record: Record = try transaction.editable(text, .edit, call, gate)
    guard try transaction.isHeld(record, call, gate) else {
      throw MeshError.permissionDenied(
        "a record can be shared only by whoever holds it, not by a share or by taking part in it"
      )
    }
    return record
  }
}

extension RecordSchema {
  /// The fields that say who holds a record: its owner, its team, and the parent whose holders hold it too.
  package var holderFields: [RecordField] {
    [holders.owner, holders.team, holders.parent].compactMap { self[$0] }
  }

  /// The fields that say who has a record without holding it: those who take part in it, and those who follow it.
  package var guestFields: [RecordField] {
    [holders.participants, holders.followers].compactMap { self[$0] }
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
  /// Whether the caller has a record to edit by holding it, or by taking part in it or its parent if that counts.
  func isHeld<Record: StoredRecord>(
    _ record: Record,
    _ call: Call,
    _ gate: AccessGate,
    by ways: RecordWays = .holding
  ) throws -> Bool {
    try scope(call, .edit, of: Record.self, gate, by: ways).includes(record, in: self)
  }

  /// The fields that the caller may not change in a record that they have to edit, as by them they could keep it.
  ///
  /// Whoever has it by a share, or as one who takes part, alone does not say who holds it: they could take it over, also
  /// by making it part of a record of their own. Whoever has it by a share alone does not say either who takes part in
  /// it or follows it. Otherwise the share could not be taken back.
  package func keptFields<Record: StoredRecord>(
    of record: Record,
    _ call: Call,
    _ gate: AccessGate
  ) throws -> [RecordField] {
    if try isHeld(record, call, gate) { return [] }
    let schema = Record.schema
    let takesPart = try isHeld(record, call, gate, by: .takingPart)
    return schema.holderFields + (takesPart ? [] : schema.guestFields)
  }

  /// Refuses a change of fields that the caller may not change, as by them they could keep the record.
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
    let schema = Record.schema
    func isGiven(_ field: RecordField) -> Bool {
      record.value(of: field) != changed.value(of: field)
    }
    guard (schema.holderFields + schema.guestFields).contains(where: isGiven) else { return }
    let given = try keptFields(of: record, call, gate).filter(isGiven).map(\.name)
    if given.isEmpty { return }
    let isOfHolders = schema.holderFields.contains { given.contains($0.name) }
    let rule =
      isOfHolders
      ? "whoever holds the record, not by a share or by taking part in it"
      : "whoever holds the record or takes part in it, not by a share"
    throw MeshError.permissionDenied(
      "\(given.joined(separator: " and ")) can be changed only by \(rule)"
    )
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
