import MeshCore
import MeshCrypto
import MeshStore

// The one path of every change to a member: the record, their sessions and the change log, in one
// transaction. No password and no hash of one is in the change log.
extension WriteTransaction {
  /// Adds a member.
  ///
  /// - Returns: nil when another member has the address, or the tenant an owner already.
  func createMember(
    _ profile: MemberProfile,
    isOwner: Bool,
    _ password: PasswordHash
  ) throws -> Member? {
    let member = Member(
      id: ids.next(),
      version: 1,
      profile: profile,
      isOwner: isOwner,
      isActive: true,
      createTime: now,
      updateTime: now
    )
    guard try insert(member, password) else { return nil }
    try record(
      Change(action: "create", object: "member", id: "\(member.id)", after: member.wireBytes)
    )
    return member
  }

  /// Writes a member who was changed, one version on; whoever loses access loses their sessions too.
  ///
  /// - Returns: the member as they are then.
  func updateMember(_ before: Member, to after: Member) throws -> Member {
    if after == before { return before }
    var member = after
    member.version = before.version + 1
    member.updateTime = now
    try update(member)
    try record(
      Change(
        action: "update",
        object: "member",
        id: "\(member.id)",
        before: before.wireBytes,
        after: member.wireBytes
      )
    )
    if !member.isActive {
      for session in try openSessions(of: member.id) { try endSession(session) }
    }
    return member
  }
}
