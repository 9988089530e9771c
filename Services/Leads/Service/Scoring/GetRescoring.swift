import LeadsAPI
import MeshLoop
import MeshRPC
import MeshRecords
import MeshStore

extension LeadsRPC {
  @LoopActor
  func getRescoring(
    _ request: GetRescoringRequest,
    _ call: Call
  ) async throws -> LeadsAPI.Rescoring {
    LeadsAPI.Rescoring(try await store.read(call.tenant) { try $0.rescoring(of: Lead.schema) })
  }
}
