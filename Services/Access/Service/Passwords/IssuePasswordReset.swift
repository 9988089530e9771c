import AccessAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore

extension AccessRPC {
  @LoopActor
  func issuePasswordReset(
    _ request: IssuePasswordResetRequest,
    _ call: Call
  ) async throws -> PasswordReset {
    let token = SecureRandom.bytes(KeptReset.tokenSize)
    let (gate, limit) = (members.gate, idleLimit(call.tenant))
    let expireTime = try await store.write(call.tenant, as: Author(call), lock: Self.lock) {
      transaction in
      try transaction.requireCurrentRole(call, limit)
      let member = try transaction.editable(
        transaction.memberID(of: request),
        RecordAction("reset_password"),
        call,
        gate,
        Member.self
      )
      return try transaction.begin(reset: member, by: call, SHA256.hash(token))
    }
    return PasswordReset(token: Base64.encodeURL(token), expireTime: expireTime)
  }
}

extension WriteTransaction {
  /// The id of the member named in a request.
  fileprivate func memberID(of request: IssuePasswordResetRequest) throws -> String {
    if request.email.isEmpty { return request.id }
    guard request.id.isEmpty else {
      throw MeshError.invalid("email", "cannot be combined with an id")
    }
    return try member(of: request.email).idText
  }

  /// - Returns: when the token expires.
  fileprivate func begin(
    reset member: Member,
    by call: Call,
    _ tokenHash: [UInt8]
  ) throws -> Timestamp {
    guard let id = member.id else { throw MeshError.internalFailure() }
    if call.caller.member == id { throw MemberFault.ownReset }
    if member.owner, call.caller.member != nil { throw MemberFault.ownersPassword }
    guard member.active else { throw MemberFault.noAccess }
    let end = now + KeptReset.lifetime
    try save(
      KeptReset(member: id, issuer: author.actor, tokenHash: tokenHash, expireTime: end)
    )
    try record(
      Change(
        action: "issue_password_reset",
        object: "member",
        id: member.idText,
        before: member.wireBytes(),
        after: member.wireBytes()
      )
    )
    return end
  }
}
