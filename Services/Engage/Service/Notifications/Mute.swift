import EngageAPI
import MeshCore
import MeshRecords
import MeshStore

/// The rules of mutes: each is its author's, and names a kind, a record or both, no two of a member the same.
struct MuteRules: RecordRules {
  let transaction: WriteTransaction

  func prepare(_ mute: inout Mute, before: Mute?, _ check: inout FieldCheck) throws {
    mute.memberId = before?.memberId ?? MemberID(transaction.author.actor)
    if mute.memberId == nil { check.refuse("member_id", "must be a member") }
    if mute.kind.isEmpty, mute.record == nil {
      check.refuse("kind", "must have a value when there is no record")
    }
    guard before == nil, let member = mute.memberId, check.violations.isEmpty else { return }
    let (limit, kind, record) = (Limit.mutesOfMember, mute.kind, mute.record)
    let theirs: [Mute] = try transaction.newest(of: member, where: "TRUE", limit: limit.most)
    if theirs.contains(where: { $0.kind == kind && $0.record == record }) {
      throw MeshError.alreadyExists(kind.isEmpty ? "record" : "kind", "is muted already")
    }
    if theirs.count == limit.most {
      throw limit.reached("a member may have at most \(limit.most) mutes")
    }
  }
}
