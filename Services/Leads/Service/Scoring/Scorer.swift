import CEL
import LeadsAPI
import MeshProto
import MeshRecords

/// A tenant's compiled scoring rules.
struct Scorer: Sendable {
  let rules: [(rule: ScoringRule, condition: CheckedExpression)]
  /// The lead fields the conditions use.
  private let slots: [Int]
  /// The same by their place in the record: a score depends on nothing else of a lead.
  let fields: FieldBits
  /// Whether a lead is scored in microseconds, as there are few conditions.
  ///
  /// Many are judged on a thread of their own.
  let isQuick: Bool
  /// Bytes of conditions that are judged quickly.
  private static let quickBytes = 1_000

  /// - Parameter rules: inactive ones are ignored, and so are rules that no longer compile because
  ///   a field they name was removed.
  init(_ rules: [ScoringRule]) {
    self.rules = rules.filter { $0.active != false }.compactMap { rule in
      guard let condition = try? Lead.scoringConditions.environment.compile(rule.condition) else {
        return nil
      }
      return (rule, condition)
    }
    fields = self.rules.map { Lead.scoringConditions.fields(of: $0.condition) }
      .reduce(FieldBits()) { $0.union($1) }
    isQuick = self.rules.reduce(0) { $0 + $1.condition.text.utf8.count } <= Self.quickBytes
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
