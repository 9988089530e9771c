import CEL
import LeadsAPI
import MeshRecords

/// A tenant's compiled scoring rules.
struct Scorer: Sendable {
  private let rules: [(rule: ScoringRule, condition: CheckedExpression)]
  /// The lead fields the conditions use.
  private let slots: [Int]

  /// - Parameter rules: inactive ones are ignored, and so are rules that no longer compile because
  ///   a field they name was removed.
  init(_ rules: [ScoringRule]) {
    self.rules = rules.filter { $0.active != false }.compactMap { rule in
      guard let condition = try? Lead.scoringConditions.environment.compile(rule.condition) else {
        return nil
      }
      return (rule, condition)
    }
    slots = Set(self.rules.flatMap(\.condition.referencedSlots)).sorted()
  }

  /// The score of a lead, computed from its fields; its present score is ignored.
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
