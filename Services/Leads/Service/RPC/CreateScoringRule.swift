import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshService
import MeshStore

extension LeadsRPC {
  @LoopActor
  func createScoringRule(
    _ request: CreateScoringRuleRequest,
    _ call: Call
  ) async throws -> LeadsAPI.ScoringRule {
    guard let message = request.scoringRule else {
      throw MeshError.invalid("scoring_rule", "is missing")
    }
    let made = try await store.write(call.tenant, as: Author(call)) { transaction in
      try transaction.once(request, key: request.requestId, call) {
        let rule = ScoringRule(
          id: transaction.ids.next(),
          version: 1,
          name: message.displayName,
          condition: message.condition,
          points: Int(message.points),
          isActive: message.active ?? true,
          createTime: transaction.now,
          updateTime: transaction.now
        )
        try faults { () throws(LeadFault) in try rule.validate() }
        try transaction.changeRule(from: nil, to: rule)
        return LeadsAPI.ScoringRule(rule)
      }
    }
    rescorings.take(call.tenant)
    return made
  }
}
