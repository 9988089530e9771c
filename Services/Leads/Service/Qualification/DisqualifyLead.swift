import LeadsAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords

extension LeadsRPC {
  @LoopActor
  func disqualifyLead(_ request: DisqualifyLeadRequest, _ call: Call) async throws -> Lead {
    var check = FieldCheck()
    let reason = check.text(request.reason, "reason", 1...100)
    try check.finish()
    let cache = rulesCache
    return try await leads.change(
      request.id,
      action: "disqualify",
      request,
      key: request.requestId,
      etag: Etag(sent: request.etag),
      call,
      finish: { lead, transaction in
        let intake = try transaction.intakeRules(cache)
        guard let entry = intake.disqualificationReasons.match(reason), entry.isActive else {
          throw MeshError.invalid("reason", IntakeRules.reasonRule(reason))
        }
        var disqualified = try lead.entering(.unqualified, of: intake.statuses)
        disqualified.disqualificationReason = entry.key
        return disqualified
      }
    ) { $0 }
  }
}
