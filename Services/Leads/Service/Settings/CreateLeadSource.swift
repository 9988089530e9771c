import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshService
import MeshStore

extension LeadsRPC {
  @LoopActor
  func createLeadSource(
    _ request: CreateLeadSourceRequest,
    _ call: Call
  ) async throws -> LeadsAPI.LeadSource {
    let entry = try PicklistEntry(
      key: request.leadSource?.key ?? "",
      displayName: request.leadSource?.displayName ?? ""
    )
    return try await store.write(call.tenant, as: Author(call)) { transaction in
      try transaction.once(request, key: request.requestId, call) {
        try transaction.add(entry, toStatuses: false)
        try transaction.noteRulesChange()
        return LeadsAPI.LeadSource(entry)
      }
    }
  }
}
