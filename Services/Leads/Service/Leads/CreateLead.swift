import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords

extension LeadsRPC {
  /// A caller who may edit only their own leads becomes the owner; otherwise they could not edit
  /// what they created.
  @LoopActor
  func createLead(_ request: CreateLeadRequest, _ call: Call) async throws -> Lead {
    var draft = request.lead
    if draft != nil, draft?.ownerId == nil, !access.mayWithAll(call, "lead", .edit) {
      draft?.ownerId = call.caller.member
    }
    return try await leads.create(
      draft,
      named: "lead",
      request,
      key: request.requestId,
      call
    )
  }
}
