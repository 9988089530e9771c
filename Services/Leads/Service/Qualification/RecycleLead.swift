import LeadsAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshStore

extension LeadsRPC {
  @LoopActor
  func recycleLead(_ request: RecycleLeadRequest, _ call: Call) async throws -> Lead {
    var check = FieldCheck()
    let reason = check.text(request.reason, "reason", 1...500)
    try check.finish()
    let (cache, day) = (rulesCache, request.returnDate)
    return try await leads.change(
      request.id,
      action: "recycle",
      request,
      key: request.requestId,
      etag: Etag(sent: request.etag),
      call,
      finish: { lead, transaction in
        let intake = try transaction.intakeRules(cache)
        if let day, day < intake.day(at: transaction.now) {
          throw MeshError.invalid("return_date", "must be today or later")
        }
        return try lead.entering(.new, of: intake.statuses)
      }
    ) { lead in
      var recycled = lead
      recycled.recycleReason = reason
      recycled.returnDate = day
      return recycled
    }
  }
}
