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
  func createLeadStatus(
    _ request: CreateLeadStatusRequest,
    _ call: Call
  ) async throws -> LeadsAPI.LeadStatus {
    let entry = try PicklistEntry(
      key: request.leadStatus?.key ?? "",
      displayName: request.leadStatus?.displayName ?? ""
    )
    return try await store.write(call.tenant, as: Author(call)) { transaction in
      try transaction.once(request, key: request.requestId, call) {
        let position = try transaction.statuses().count
        try transaction.add(entry, toStatuses: true)
        try transaction.noteRulesChange()
        return LeadsAPI.LeadStatus(entry, position: position)
      }
    }
  }
}
