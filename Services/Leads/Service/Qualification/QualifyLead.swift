import LeadsAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshStore

extension LeadsRPC {
  @LoopActor
  func qualifyLead(_ request: QualifyLeadRequest, _ call: Call) async throws -> Lead {
    var check = FieldCheck()
    let reason = check.text(request.reason, "reason", 1...500)
    let assessment = Assessment(bant: request.bant, meddicc: request.meddicc, by: call, &check)
    try check.finish()
    let (cache, now) = (rulesCache, store.clock.now)
    return try await leads.change(
      request.id,
      action: "qualify",
      request,
      key: request.requestId,
      etag: Etag(sent: request.etag),
      call,
      finish: { lead, transaction in
        try lead.entering(.qualified, of: transaction.intakeRules(cache).statuses)
      }
    ) { lead in
      var qualified = assessment.applied(to: lead, at: now)
      qualified.qualificationReason = reason
      return qualified
    }
  }
}
