import AccessAPI
import MeshAccess
import MeshLoop
import MeshRPC

extension AccessRPC {
  @LoopActor
  func createOwner(_ request: CreateOwnerRequest, _ call: Call) async throws -> Member {
    var key = request
    key.password = ""
    var draft = request.member
    draft?.role = Role.admin.rawValue
    return try await add(
      draft,
      request.password,
      isOwner: true,
      key,
      idempotencyKey: request.requestId,
      call
    )
  }
}
