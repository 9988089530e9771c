import CEL
import LeadsAPI
import TypeAPI

/// A tenant's scoring rules, compiled, in one consistent state.
struct Scorer: Sendable {
  private let rules: [(rule: ScoringRule, condition: CheckedExpression)]

  /// - Parameter rules: inactive ones do not count. A rule that no longer compiles, because a field
  ///   it names is gone, does not count either.
  init(_ rules: [ScoringRule]) {
    self.rules = rules.filter { $0.active != false }.compactMap { rule in
      guard let condition = try? LeadConditions.environment.compile(rule.condition) else {
        return nil
      }
      return (rule, condition)
    }
  }

  /// The score of a lead as it stands; its present score does not matter.
  func score(_ lead: Lead) -> Score {
    guard !rules.isEmpty else { return .none }
    let record = LeadConditions.schema.record(of: lead)
    return Score(
      of: rules.compactMap { rule, condition in
        guard let id = rule.id, condition.matches(record) else { return nil }
        return Score.Component(rule: id, name: rule.displayName, points: Int(rule.points))
      }
    )
  }
}
