import CEL
import MeshCore

/// The fields of a lead that conditions may name: in filters, in scoring rules.
///
/// Texts are never absent, only empty. An owner, an original, a company's size, a revenue and a last
/// activity can be absent, and are null then.
enum LeadConditions {
  static let schema = CELSchema<Lead>(
    texts.map { field in
      CELSchema<Lead>.Field(field.rawValue, .string) { .string($0.profile[text: field]) }
    } + [
      .init("id", .string) { .string($0.id.description) },
      .init("phone_valid", .bool) { .bool($0.phoneIsValid) },
      .init("company_size", .int) { CELValue($0.profile.companySize.map(Int64.init)) },
      .init("annual_revenue.amount_minor", .int) {
        CELValue($0.profile.annualRevenue?.amountMinor)
      },
      .init("annual_revenue.currency", .string) {
        CELValue($0.profile.annualRevenue?.currency.description)
      },
      .init("owner_id", .string) { CELValue($0.owner?.description) },
      .init("duplicate_of", .string) { CELValue($0.duplicateOf?.description) },
      .init("score", .int) { .int(Int64($0.score.points)) },
      .init("band", .string) { .string($0.score.band.rawValue) },
      .init("do_not_email", .bool) { .bool($0.profile.doNotEmail) },
      .init("do_not_call", .bool) { .bool($0.profile.doNotCall) },
      .init("do_not_sms", .bool) { .bool($0.profile.doNotSMS) },
      .init("create_time", .timestamp) { .timestamp($0.createTime) },
      .init("update_time", .timestamp) { .timestamp($0.updateTime) },
      .init("last_activity_time", .timestamp) { CELValue($0.lastActivityTime) },
    ]
  )

  static var environment: CELEnvironment { schema.environment }

  /// The text fields, which conditions name as the API does.
  static let texts: [LeadField] = LeadField.allCases.filter { $0.textRule != nil }
}
