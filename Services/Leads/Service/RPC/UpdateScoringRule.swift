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
  func updateScoringRule(
    _ request: UpdateScoringRuleRequest,
    _ call: Call
  ) async throws -> LeadsAPI.ScoringRule {
    guard let message = request.scoringRule else {
      throw MeshError.invalid("scoring_rule", "is missing")
    }
    let id: RuleID = try requireID(message.id, "scoring_rule")
    let paths = request.updateMask?.paths ?? []
    let changed = try await store.write(call.tenant, as: Author(call)) { transaction in
      try transaction.once(request, key: request.requestId, call) {
        guard let rule = try transaction.scoringRule(id) else {
          throw MeshError.notFound("scoring_rule", message.id)
        }
        guard message.etag.isEmpty || message.etag == rule.etag else {
          throw MeshError.staleEtag()
        }
        var edited = try rule.taking(paths, from: message)
        edited.version += 1
        edited.updateTime = transaction.now
        try faults { () throws(LeadFault) in try edited.validate() }
        try transaction.changeRule(from: rule, to: edited)
        return LeadsAPI.ScoringRule(edited)
      }
    }
    rescorings.take(call.tenant)
    return changed
  }
}

extension ScoringRule {
  /// The rule with the fields of a mask taken from a message.
  ///
  /// - Throws: INVALID_ARGUMENT naming a path that cannot be set, or an empty mask.
  fileprivate func taking(
    _ paths: [String],
    from message: LeadsAPI.ScoringRule
  ) throws(MeshError) -> ScoringRule {
    var rule = self
    if paths.isEmpty { throw .invalid("update_mask", "names no field to change") }
    for path in paths == ["*"] ? ["display_name", "condition", "points", "active"] : paths {
      switch path {
      case "display_name": rule.name = message.displayName
      case "condition": rule.condition = message.condition
      case "points": rule.points = Int(message.points)
      case "active": rule.isActive = message.active ?? true
      default:
        throw .invalid("update_mask", "“\(path)” is no field of a scoring rule that can be set")
      }
    }
    return rule
  }
}
