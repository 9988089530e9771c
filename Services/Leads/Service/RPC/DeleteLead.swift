import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore

extension LeadsRPC {
  @LoopActor
  func deleteLead(_ request: DeleteLeadRequest, _ call: Call) async throws -> WellKnown.Empty {
    let id: LeadID = try requireID(request.id, "lead")
    let readable = scope(call, .read)
    let deletable = access.records(call, "lead", .delete)
    return try await store.write(call.tenant, as: Author(call)) { transaction in
      try transaction.once(request, key: request.requestId, call) {
        guard let lead = try transaction.lead(id, readable) else {
          throw MeshError.notFound("lead", request.id)
        }
        guard deletable.includes(owner: lead.owner) else {
          throw MeshError.permissionDenied("you may delete your own leads only")
        }
        try faults { () throws(LeadFault) in try lead.requireMatch(request.etag) }
        try transaction.removeLead(lead)
        return WellKnown.Empty()
      }
    }
  }
}
