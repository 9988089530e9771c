import LeadsAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore
import TypeAPI

extension LeadsRPC {
  @LoopActor
  func listRefusedRows(
    _ request: ListRefusedRowsRequest,
    _ call: Call
  ) async throws -> ListRefusedRowsResponse {
    let id: ImportID = try requireID(request.id, "import")
    let page = try PageRequest(size: request.pageSize, token: request.pageToken)
    let found = try await store.read(call.tenant) { transaction in
      guard try transaction.importJob(id) != nil else {
        throw MeshError.notFound("import", request.id)
      }
      return try transaction.refusedRowPage(of: id, page)
    }
    return ListRefusedRowsResponse(
      refusedRows: found.elements.map { LeadsAPI.RefusedRow($0) },
      nextPageToken: found.nextToken
    )
  }
}
