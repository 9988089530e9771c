import MeshAccess
package import MeshCore
import MeshProto
package import MeshRPC
package import MeshStore

/// What is done to who sees a record, as the log has it; the record stays as it is.
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

extension WriteTransaction {
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
