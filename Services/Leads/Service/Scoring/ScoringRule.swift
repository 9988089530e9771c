import CEL
import LeadsAPI
import MeshRecords
import MeshStore

/// Validation of scoring rules; a change of one starts to rescore all leads.
struct ScoringRuleRules: RecordRules {
  let transaction: WriteTransaction

  func prepare(_ rule: inout ScoringRule, before: ScoringRule?, _ check: inout FieldCheck) {
    rule.active = rule.active ?? true
    if rule.points == 0 { check.refuse("points", "must not be 0") }
    if check.isFine("condition") {
      do {
        _ = try Lead.scoringConditions.environment.compile(rule.condition)
      } catch {
        check.refuse("condition", error.description)
      }
    }
  }

  func wrote(before: ScoringRule?, after: ScoringRule?) throws {
    try transaction.noteScoringChange()
    if try transaction.hasLeads() { try transaction.startRescoring() }
  }
}
