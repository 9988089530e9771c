import AccessAPI
import MeshAccess
import MeshLoop
import MeshRPC
import MeshStore

extension AccessRPC {
  @LoopActor
  func listMembers(
    _ request: ListMembersRequest,
    _ call: Call
  ) async throws -> ListMembersResponse {
    let page = try PageRequest(size: request.pageSize, token: request.pageToken)
    let readable = scope(call, .read)
    let found = try await store.read(call.tenant) { try $0.members(readable, page) }
    return ListMembersResponse(
      members: found.elements.map { view($0, call) },
      nextPageToken: found.nextToken
    )
  }
}
