import LeadsAPI
import MeshLoop
import MeshRPC
import MeshStore

extension LeadsRPC {
  @LoopActor
  func listScoringRules(
    _ request: ListScoringRulesRequest,
    _ call: Call
  ) async throws -> ListScoringRulesResponse {
    let page = try PageRequest(wholeList: request.pageSize, token: request.pageToken)
    let found = try await store.read(call.tenant) { try $0.rulePage(page) }
    return ListScoringRulesResponse(
      scoringRules: found.elements.map { LeadsAPI.ScoringRule($0) },
      nextPageToken: found.nextToken
    )
  }
}
