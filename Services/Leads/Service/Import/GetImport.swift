import LeadsAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore
import TypeAPI

extension LeadsRPC {
  @LoopActor
  func getImport(_ request: GetImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    let id: ImportID = try requireID(request.id, "import")
    let found = try await store.read(call.tenant) { transaction in
      try transaction.importJob(id).map { ($0, try transaction.importRemarks(of: id)) }
    }
    guard let (job, remarks) = found else { throw MeshError.notFound("import", request.id) }
    return LeadsAPI.Import(job, remarks: remarks)
  }
}
