import LeadsAPI
import MeshLoop
import MeshRPC
import MeshStore

extension LeadsRPC {
  @LoopActor
  func listLeadSources(
    _ request: ListLeadSourcesRequest,
    _ call: Call
  ) async throws -> ListLeadSourcesResponse {
    let page = try PageRequest(wholeList: request.pageSize, token: request.pageToken)
    let found = try await store.read(call.tenant) { try $0.sourcePage(page) }
    return ListLeadSourcesResponse(
      leadSources: found.elements.map { LeadsAPI.LeadSource($0) },
      nextPageToken: found.nextToken
    )
  }
}
