import LeadsAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore

extension LeadsRPC {
  @LoopActor
  func listLeadStatuses(
    _ request: ListLeadStatusesRequest,
    _ call: Call
  ) async throws -> ListLeadStatusesResponse {
    let page = try PageRequest(wholeList: request.pageSize, token: request.pageToken)
    let found = try await store.read(call.tenant) { try $0.statusPage(page) }
    return ListLeadStatusesResponse(
      leadStatuses: found.elements.map { LeadsAPI.LeadStatus($0.status, position: $0.position) },
      nextPageToken: found.nextToken
    )
  }
}

extension PageRequest {
  /// A page of a list that is short by nature: without a size, as much of it as a page can hold.
  init(wholeList size: Int32, token: String) throws(MeshError) {
    try self.init(size: size == 0 ? Int32(Self.largestSize) : size, token: token)
  }
}
