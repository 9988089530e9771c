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
    let hash = LoginAttempt.hash(request.email)
    return try await store.write(call.tenant, as: Author(call), lock: Self.lock) { transaction in
      let member = try transaction.member(of: request.email)
      try transaction.deleteLoginFailures(addressHash: hash)
      try transaction.record(Change(action: "unlock", object: "login", id: member.idText))
      return member
    }
  }
}
