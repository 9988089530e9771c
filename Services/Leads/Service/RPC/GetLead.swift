import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore

extension LeadsRPC {
  @LoopActor
  func getLead(_ request: GetLeadRequest, _ call: Call) async throws -> LeadsAPI.Lead {
    let id: LeadID = try requireID(request.id, "lead")
    let readable = scope(call, .read)
    let lead = try await store.read(call.tenant) { try $0.lead(id, readable) }
    guard let lead else { throw MeshError.notFound("lead", request.id) }
    return view(lead, call)
  }
}
