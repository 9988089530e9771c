import CEL
import LeadsAPI
import MeshRecords
import MeshStore

extension ScoringRule {
  /// The rule's condition, in the form that records keep; nil for one that is refused.
  func compile(_ check: inout FieldCheck) -> CheckedExpression? {
    guard check.isFine("condition") else { return nil }
    do {
      return try Lead.scoringConditions.environment.compile(condition)
    } catch {
      check.refuse("condition", error.description)
      return nil
    }
  }
}

/// Validation of scoring rules; a change of one starts to rescore all leads.
struct ScoringRuleRules: RecordRules {
  let transaction: WriteTransaction

  func prepare(_ rule: inout ScoringRule, before: ScoringRule?, _ check: inout FieldCheck) {
    rule.active = rule.active ?? true
    if rule.points == 0 { check.refuse("points", "must not be 0") }
    _ = rule.compile(&check)
  }

  func check(_ values: ScoringRule, of fields: Set<String>, _ check: inout FieldCheck) {
    if fields.contains("points"), values.points == 0 { check.refuse("points", "must not be 0") }
    if fields.contains("condition") { _ = values.compile(&check) }
  }

  func wrote(before: ScoringRule?, after: ScoringRule?) throws {
    try transaction.noteScoringChange()
    if try transaction.hasLeads() { try transaction.startRescoring() }
  }
}
