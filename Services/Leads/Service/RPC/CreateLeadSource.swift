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
    let entry = try faults { () throws(LeadFault) in
      try PicklistEntry(
        key: request.leadSource?.key ?? "",
        displayName: request.leadSource?.displayName ?? ""
      )
    }
    return try await store.write(call.tenant, as: Author(call)) { transaction in
      try transaction.once(request, key: request.requestId, call) {
        try transaction.add(entry, to: .source)
        try transaction.noteRulesChange()
        return LeadsAPI.LeadSource(entry)
      }
    }
  }
}
