import AccessAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore

extension AccessRPC {
  @LoopActor
  func createOwner(_ request: CreateOwnerRequest, _ call: Call) async throws -> AccessAPI.Member {
    guard let message = request.member else { throw MeshError.invalid("member", "is missing") }
    var draft = message.draft
    draft.role = MemberRole.admin.rawValue
    let checked = draft
    let new = try faults { () throws(MemberFault) in
      try NewMember(checked, password: request.password)
    }
    var key = request
    key.password = ""
    return try await add(new, isOwner: true, key, idempotencyKey: request.requestId, call) {
      transaction in
      guard try transaction.owner() == nil else {
        throw MeshError.alreadyExists("member", "is not needed: the tenant has an owner")
      }
    }
  }
}
