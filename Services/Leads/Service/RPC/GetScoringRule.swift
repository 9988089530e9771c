import LeadsAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore

extension LeadsRPC {
  @LoopActor
  func getScoringRule(
    _ request: GetScoringRuleRequest,
    _ call: Call
  ) async throws -> LeadsAPI.ScoringRule {
    let id: RuleID = try requireID(request.id, "scoring_rule")
    let rule = try await store.read(call.tenant) { try $0.scoringRule(id) }
    guard let rule else { throw MeshError.notFound("scoring_rule", request.id) }
    return LeadsAPI.ScoringRule(rule)
  }
}
