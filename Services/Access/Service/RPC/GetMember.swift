import AccessAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore

extension AccessRPC {
  @LoopActor
  func getMember(_ request: GetMemberRequest, _ call: Call) async throws -> AccessAPI.Member {
    let id = try requireMemberID(request.id)
    let readable = scope(call, .read)
    let member = try await store.read(call.tenant) { try $0.member(id, readable) }
    guard let member else { throw MeshError.notFound("member", request.id) }
    return view(member, call)
  }
}
