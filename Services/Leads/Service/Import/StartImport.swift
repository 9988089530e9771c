import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore
import TypeAPI

extension LeadsRPC {
  @LoopActor
  func startImport(_ request: StartImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    let id: ImportID = try requireID(request.id, "import")
    let job = try await store.write(call.tenant, as: Author(call)) { transaction in
      guard let before = try transaction.importJob(id) else {
        throw MeshError.notFound("import", request.id)
      }
      switch before.state {
      case .running, .succeeded, .failed: return before
      case .cancelled: throw MeshError.failedPrecondition("the import was cancelled")
      case .receiving: break
      }
      guard request.sizeBytes == before.receivedBytes else {
        throw MeshError.invalid(
          "size_bytes",
          "is \(request.sizeBytes), but \(before.receivedBytes) bytes were received"
        )
      }
      var job = before
      job.state = .running
      job.startTime = transaction.now
      return try transaction.save(job, before: before)
    }
    if job.state == .running { imports.take(id, of: call.tenant) }
    return LeadsAPI.Import(job)
  }
}
