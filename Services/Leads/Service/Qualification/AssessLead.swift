import LeadsAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshStore

extension LeadsRPC {
  @LoopActor
  func assessLead(_ request: AssessLeadRequest, _ call: Call) async throws -> Lead {
    var check = FieldCheck()
    let assessment = Assessment(bant: request.bant, meddicc: request.meddicc, by: call, &check)
    if request.bant == nil, request.meddicc == nil {
      check.refuse("bant", "must be given when meddicc is not")
    }
    try check.finish()
    let now = store.clock.now
    return try await leads.change(
      request.id,
      action: "assess",
      request,
      key: request.requestId,
      etag: Etag(sent: request.etag),
      call
    ) { assessment.applied(to: $0, at: now) }
  }
}
