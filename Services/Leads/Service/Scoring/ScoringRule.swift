import CEL
import MeshCore

enum RuleKind: IDKind { static let prefix: StaticString = "rule" }
typealias RuleID = ID<RuleKind>

/// Points for leads that meet a condition.
struct ScoringRule: Sendable, Equatable {
  let id: RuleID
  var version: Int64
  var name: String
  /// CEL over the lead's fields.
  var condition: String
  /// -100...100, not 0.
  var points: Int
  var isActive: Bool
  let createTime: Timestamp
  var updateTime: Timestamp

  var etag: String { String(version, radix: 36) }

  /// - Throws: `.invalid` with every rule that is broken.
  func validate() throws(LeadFault) {
    var violations: [FieldViolation] = []
    if !(1...100).contains(name.unicodeScalars.count) {
      violations.append(
        FieldViolation(field: "display_name", description: "has not 1 to 100 characters")
      )
    }
    if points == 0 || !(-100...100).contains(points) {
      violations.append(
        FieldViolation(field: "points", description: "is not from -100 to 100, or is 0")
      )
    }
    do {
      _ = try LeadConditions.environment.compile(condition)
    } catch {
      violations.append(FieldViolation(field: "condition", description: error.description))
    }
    guard violations.isEmpty else { throw .invalid(violations) }
  }
}
