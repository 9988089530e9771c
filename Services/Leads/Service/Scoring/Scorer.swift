import CEL
import LeadsAPI
import MeshRecords

/// A tenant's scoring rules, compiled, in one consistent state.
struct Scorer: Sendable {
  private let rules: [(rule: ScoringRule, condition: CheckedExpression)]
  /// The lead fields the conditions use.
  private let slots: [Int]

  /// - Parameter rules: inactive ones do not count. A rule that no longer compiles, because a field
  ///   it names is gone, does not count either.
  init(_ rules: [ScoringRule]) {
    self.rules = rules.filter { $0.active != false }.compactMap { rule in
      guard let condition = try? Lead.scoringConditions.environment.compile(rule.condition) else {
        return nil
      }
      return (rule, condition)
    }
    slots = Set(self.rules.flatMap(\.condition.referencedSlots)).sorted()
  }

  /// The score of a lead as it stands; its present score does not matter.
  func score(_ lead: Lead) -> Score {
    if rules.isEmpty { return .none }
    let values = Lead.scoringConditions.values(of: lead, slots: slots)
    return Score(
      of: rules.compactMap { rule, condition in
        guard condition.matches(values) else { return nil }
        return ScoreComponent(ruleId: rule.id, name: rule.displayName, points: rule.points)
      }
    )
  }
}
