import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords

extension LeadsRPC {
  /// A caller who may edit only their own leads becomes the owner; otherwise they could not edit
  /// what they created.
  @LoopActor
  func createLead(_ request: CreateLeadRequest, _ call: Call) async throws -> Lead {
    var draft = request.lead
    if draft != nil, draft?.ownerId == nil, !gate.mayWithAll(call, "lead", .edit) {
      draft?.ownerId = call.caller.member
    }
    let lead = try await leads.create(
      draft,
      named: "lead",
      request,
      key: request.requestId,
      call
    )
    return try await scored(lead, call)
  }

  /// Returns a lead with its score, where the tenant's rules use fields that only the transaction sets.
  @LoopActor
  private func scored(_ lead: Lead, _ call: Call) async throws -> Lead {
    guard let fields = rulesCache.latest(of: call.tenant)?.scoring?.scorer.fields,
      !fields.intersection(Lead.setByServer).isEmpty, let id = lead.id
    else { return lead }
    try await rescorer.settle(id.words, of: call.tenant)
    return try await leads.get(lead.idText, call)
  }
}
