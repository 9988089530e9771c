import MeshLoop
import MeshRPC
import MeshStore
import TenantsAPI

extension TenantsRPC {
  @LoopActor
  func listTenants(
    _ request: ListTenantsRequest,
    _ call: Call
  ) async throws -> ListTenantsResponse {
    let page = try PageRequest(size: request.pageSize, token: request.pageToken)
    let found = try await store.systemRead { try $0.tenants(page) }
    return ListTenantsResponse(
      tenants: found.elements.map { view($0, call) },
      nextPageToken: found.nextToken
    )
  }
}
