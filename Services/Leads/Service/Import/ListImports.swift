import LeadsAPI
import MeshLoop
import MeshRPC
import MeshStore

extension LeadsRPC {
  @LoopActor
  func listImports(
    _ request: ListImportsRequest,
    _ call: Call
  ) async throws -> ListImportsResponse {
    let page = try PageRequest(size: request.pageSize, token: request.pageToken)
    let found = try await store.read(call.tenant) { try $0.importPage(page) }
    return ListImportsResponse(
      imports: found.elements.map { LeadsAPI.Import($0) },
      nextPageToken: found.nextToken
    )
  }
}
