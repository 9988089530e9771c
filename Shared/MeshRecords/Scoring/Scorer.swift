package import CEL
package import MeshProto

/// A tenant's rules, compiled.
package struct Scorer<Rule: PointRule>: Sendable {
  /// The active rules, most points first.
  package let rules: [(rule: Rule, condition: CheckedExpression)]
  /// The fields that the conditions use, by their place in the record; no others matter.
  package let fields: FieldBits
  /// Whether a record is scored within microseconds, because there are few conditions.
  ///
  /// Otherwise they are evaluated on a thread of their own.
  package let isQuick: Bool
  /// What the conditions read of a record.
  private let slots: [Int]

  /// Bytes of conditions that can be evaluated quickly.
  private static var quickBytes: Int { 1_000 }

  /// - Parameter rules: inactive ones are ignored, and so are rules that no longer compile because
  ///   a field they name was removed.
  package init(_ rules: [Rule]) {
    let counting = rules.filter { $0.active != false }
      .sorted { ($1.points, $0.displayName) < ($0.points, $1.displayName) }
    let compiled = counting.compactMap { rule -> (rule: Rule, condition: CheckedExpression)? in
      guard let condition = try? Rule.conditions.environment.compile(rule.condition) else {
        return nil
      }
      return (rule: rule, condition: condition)
    }
    self.rules = compiled
    fields = compiled.map { Rule.conditions.fields(of: $0.condition) }
      .reduce(FieldBits()) { $0.union($1) }
    isQuick = compiled.reduce(0) { $0 + $1.condition.text.utf8.count } <= Self.quickBytes
    slots = Set(compiled.flatMap(\.condition.referencedSlots)).sorted()
  }

  /// The verdicts of the rules on a record, most points first.
  package func verdicts(on record: Rule.Scored) -> [Verdict<Rule>] {
    if rules.isEmpty { return [] }
    let values = Rule.conditions.values(of: record, slots: slots)
    return rules.map { rule, condition in
      let unmet: VerdictState = Rule.conditions.isMeasured(condition) ? .notMet : .notMeasured
      return Verdict(rule: rule, state: condition.matches(values) ? .met : unmet)
    }
  }
}

/// The verdict of a rule on a record.
package struct Verdict<Rule: PointRule>: Sendable {
  package let rule: Rule
  package let state: VerdictState
}

/// Whether a record meets a rule.
package enum VerdictState: String, Sendable {
  case met
  case notMet = "not_met"
  /// Nothing measures yet what the rule depends on.
  case notMeasured = "not_measured"
}

/// Scores are from 0 to 100, whatever the sum of the points.
package enum Points {
  /// The score for a sum of points.
  package static func score(of total: Int) -> Int { min(max(total, 0), 100) }

  /// The score of a record from its verdicts.
  package static func score<Rule: PointRule>(of verdicts: [Verdict<Rule>]) -> Int32 {
    Int32(score(of: verdicts.reduce(0) { $0 + ($1.state == .met ? Int($1.rule.points) : 0) }))
  }
}
