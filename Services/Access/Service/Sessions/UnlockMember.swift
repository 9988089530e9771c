import AccessAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore

extension AccessRPC {
  @LoopActor
  func unlockMember(_ request: UnlockMemberRequest, _ call: Call) async throws -> Member {
    let email = LoginAttempt.address(request.email)
    let hash = LoginAttempt.hash(email)
    return try await store.write(call.tenant, as: Author(call)) { transaction in
      guard let member = try transaction.credential(of: email)?.member else {
        throw MeshError(
          code: .notFound,
          reason: .notFound,
          message: "no member has this e-mail address"
        )
      }
      try transaction.deleteLoginFailures(addressHash: hash)
      try transaction.record(Change(action: "unlock", object: "login", id: member.idText))
      return member
    }
  }
}
