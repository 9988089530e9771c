package import CEL
import MeshAccess
import MeshCore
import MeshProto
package import MeshStore

/// A rule of a tenant that gives points to the records that meet its condition.
package protocol PointRule: StoredRecord {
  associatedtype Scored: StoredRecord

  /// What its condition may name.
  static var conditions: RecordConditions { get }

  /// Makes what else follows from a change of a rule, in the same transaction, before all records are scored again.
  static func noteChange(in transaction: WriteTransaction) throws

  /// What people call it.
  var displayName: String { get set }
  /// In CEL.
  var condition: String { get set }
  /// Not 0; negative for what speaks against a record.
  var points: Int32 { get set }
  /// Whether it counts; nil counts as true.
  var active: Bool? { get set }
}

extension PointRule {
  package static func noteChange(in transaction: WriteTransaction) throws {}

  /// The rule's condition, in normalized form; nil for one that is refused.
  package func compile(_ check: inout FieldCheck) -> CheckedExpression? {
    guard check.isFine("condition") else { return nil }
    do {
      return try Self.conditions.environment.compile(condition)
    } catch {
      check.refuse("condition", error.description)
      return nil
    }
  }
}

/// The rules that check point rules; a change of one starts to score all records again.
package struct PointRuleRules<Rule: PointRule>: RecordRules {
  private let transaction: WriteTransaction

  package init(_ transaction: WriteTransaction) { self.transaction = transaction }

  package func prepare(_ rule: inout Rule, before: Rule?, _ check: inout FieldCheck) {
    rule.active = rule.active ?? true
    if rule.points == 0 { check.refuse("points", "must not be 0") }
    _ = rule.compile(&check)
  }

  package func check(_ values: Rule, of fields: Set<String>, _ check: inout FieldCheck) {
    if fields.contains("points"), values.points == 0 { check.refuse("points", "must not be 0") }
    if fields.contains("condition") { _ = values.compile(&check) }
  }

  package func wrote(before: Rule?, after: Rule?) throws {
    try Rule.noteChange(in: transaction)
    try transaction.startRescoring(of: Rule.Scored.schema)
  }
}

extension ReadTransaction {
  /// All of the tenant's rules of a kind.
  package func pointRules<Rule: PointRule>(_: Rule.Type = Rule.self) throws -> [Rule] {
    try records(where: "TRUE", in: scope(forCalculation: "scoring"), limit: 1_000)
  }
}

extension WriteTransaction {
  /// Adds rules, unless the tenant has some of the kind.
  package func addRules<Rule: PointRule>(
    _: Rule.Type,
    _ rules: [(name: String, condition: String, points: Int32)]
  ) throws {
    guard try pointRules(Rule.self).isEmpty else { return }
    for (name, condition, points) in rules {
      var rule = Rule()
      rule.displayName = name
      rule.condition = condition
      rule.points = points
      _ = try create(rule, by: PointRuleRules<Rule>(self))
    }
  }
}
