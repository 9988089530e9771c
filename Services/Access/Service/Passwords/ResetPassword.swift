import AccessAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore

extension AccessRPC {
  @LoopActor
  func resetPassword(
    _ request: ResetPasswordRequest,
    _ call: Call
  ) async throws -> ResetPasswordResponse {
    let now = clock.now
    guard let hash = KeptReset.hash(ofToken: request.token),
      let member = try await store.read(call.tenant, { try $0.memberToReset(hash, at: now) })
    else { throw Self.tokenRefused }
    let password = try await newPassword(request.newPassword, of: member, call.tenant)
    let author = Author(
      actor: call.caller.actor,
      onBehalfOf: member.idText,
      origin: call.origin
    )
    let isSet = try await store.write(call.tenant, as: author, lock: Self.lock) { transaction in
      // Read again: the token may have been used meanwhile.
      guard let member = try transaction.memberToReset(hash, at: transaction.now) else {
        return false
      }
      try transaction.setPassword(password, of: member)
      try transaction.record(
        Change(
          action: "reset_password",
          object: "member",
          id: member.idText,
          before: member.wireBytes(),
          after: member.wireBytes()
        )
      )
      return true
    }
    guard isSet else { throw Self.tokenRefused }
    return ResetPasswordResponse()
  }

  private static var tokenRefused: MeshError {
    .unauthenticated(
      "the link is not good any more; ask an administrator for another",
      reason: .invalidCredentials
    )
  }
}
