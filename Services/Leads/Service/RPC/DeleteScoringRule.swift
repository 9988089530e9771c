import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshService
import MeshStore

extension LeadsRPC {
  @LoopActor
  func deleteScoringRule(
    _ request: DeleteScoringRuleRequest,
    _ call: Call
  ) async throws -> WellKnown.Empty {
    let id: RuleID = try requireID(request.id, "scoring_rule")
    let empty = try await store.write(call.tenant, as: Author(call)) { transaction in
      try transaction.once(request, key: request.requestId, call) {
        guard let rule = try transaction.scoringRule(id) else {
          throw MeshError.notFound("scoring_rule", request.id)
        }
        guard request.etag.isEmpty || request.etag == rule.etag else {
          throw MeshError.staleEtag()
        }
        try transaction.changeRule(from: rule, to: nil)
        return WellKnown.Empty()
      }
    }
    rescorings.take(call.tenant)
    return empty
  }
}
