import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore
import TypeAPI

extension LeadsRPC {
  @LoopActor
  func cancelImport(_ request: CancelImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    let id: ImportID = try requireID(request.id, "import")
    let job = try await store.write(call.tenant, as: Author(call)) { transaction in
      guard let before = try transaction.importJob(id) else {
        throw MeshError.notFound("import", request.id)
      }
      if before.state.hasEnded { return before }
      var job = before
      job.state = .cancelled
      return try transaction.save(job, before: before)
    }
    return LeadsAPI.Import(job)
  }
}
