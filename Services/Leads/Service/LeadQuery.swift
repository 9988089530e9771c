import CEL
import MeshCore
import MeshStore

/// A list of leads that somebody asks for: which, in what order.
struct LeadQuery: Sendable {
  /// CEL as it was written.
  let filter: String
  /// Words as they were written.
  let words: String
  /// The order as it was written.
  let order: String
  /// The filter as SQL.
  let condition: SQL
  let keyset: Keyset
  /// Names of the fields that the filter and the order read.
  let fields: Set<String>

  /// - Throws: INVALID_ARGUMENT naming `filter` or `order_by` and what is wrong there.
  init(filter: String, words: String, order: String) throws(MeshError) {
    self.filter = filter
    self.words = words
    self.order = order
    let expression = try Self.expression(filter)
    condition =
      try expression.map { expression throws(MeshError) in
        try CELSQL.translate(expression, fields: Self.columns)
      } ?? "TRUE"
    let terms = try Self.terms(order)
    keyset = Keyset(terms.map(\.term), unique: "leads.id")
    fields = (expression?.referencedFields ?? []).union(terms.map(\.name))
  }

  /// Whether it is the order in which leads came in, backwards.
  var isNewestFirst: Bool { order == "create_time desc" || order.isEmpty }

  /// What a page's token is bound to.
  var binding: [String] { [filter, words, order] }

  private static func expression(_ filter: String) throws(MeshError) -> CheckedExpression? {
    if filter.allSatisfy(\.isWhitespace) { return nil }
    do throws(CELError) {
      return try LeadConditions.environment.compile(filter)
    } catch {
      throw MeshError(error)
    }
  }

  private static func terms(_ order: String) throws(MeshError) -> [(name: String, term: OrderTerm)]
  {
    if order.allSatisfy(\.isWhitespace) { return [("create_time", .descending("create_time"))] }
    var terms: [(name: String, term: OrderTerm)] = []
    for part in order.split(separator: ",", omittingEmptySubsequences: false) {
      let words = part.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let name = words.first, let column = sortable[name] else {
        let names = sortable.keys.sorted().joined(separator: ", ")
        throw invalidOrder("“\(part)” begins with none of \(names)")
      }
      switch words.dropFirst().map({ $0.lowercased() }) {
      case [], ["asc"]: terms.append((name, .ascending(column)))
      case ["desc"]: terms.append((name, .descending(column)))
      default: throw invalidOrder("“\(part)” is not a field, or a field and desc")
      }
    }
    return terms
  }

  private static func invalidOrder(_ rule: String) -> MeshError {
    .invalid("order_by", rule, reason: .invalidOrder)
  }

  /// Columns that lists can be ordered by; each has an index.
  private static let sortable: [String: SQL] = [
    "create_time": "create_time",
    "update_time": "update_time",
    "last_activity_time": "coalesce(last_activity_time, 0)",
    "score": "score",
    "last_name": "last_name_key",
    "company_name": "company_key",
    "status": "status",
    "email": "email_key",
  ]

  /// How each field that a condition may name is kept.
  static let columns: [String: SQLField] = [
    "first_name": SQLField("first_name", .text, isNullable: false),
    "last_name": SQLField("last_name", .text, isNullable: false),
    "email": SQLField("email", .text, isNullable: false),
    "phone": SQLField("phone", .text, isNullable: false),
    "job_title": SQLField("job_title", .text, isNullable: false),
    "company_name": SQLField("company_name", .text, isNullable: false),
    "industry": SQLField("industry", .text, isNullable: false),
    "website": SQLField("website", .text, isNullable: false),
    "street_address": SQLField("street_address", .text, isNullable: false),
    "city": SQLField("city", .text, isNullable: false),
    "state": SQLField("state", .text, isNullable: false),
    "postal_code": SQLField("postal_code", .text, isNullable: false),
    "country": SQLField("country", .text, isNullable: false),
    "source": SQLField("source", .text, isNullable: false),
    "medium": SQLField("medium", .text, isNullable: false),
    "campaign": SQLField("campaign", .text, isNullable: false),
    "status": SQLField("status", .text, isNullable: false),
    "preferred_contact_method": SQLField("preferred_contact_method", .text, isNullable: false),
    "time_zone": SQLField("time_zone", .text, isNullable: false),
    "description": SQLField("description", .text, isNullable: false),
    "id": SQLField("leads.id", .id(prefix: "lead"), isNullable: false),
    "phone_valid": SQLField("phone_valid", .bool, isNullable: false),
    "company_size": SQLField("company_size", .integer),
    "annual_revenue.amount_minor": SQLField("annual_revenue_minor", .integer),
    "annual_revenue.currency": SQLField("annual_revenue_currency", .text),
    "owner_id": SQLField("owner_id", .id(prefix: "member")),
    "duplicate_of": SQLField("duplicate_of", .id(prefix: "lead")),
    "score": SQLField("score", .integer, isNullable: false),
    "band": SQLField("band", .text, isNullable: false),
    "do_not_email": SQLField("do_not_email", .bool, isNullable: false),
    "do_not_call": SQLField("do_not_call", .bool, isNullable: false),
    "do_not_sms": SQLField("do_not_sms", .bool, isNullable: false),
    "create_time": SQLField("create_time", .timestampMicros, isNullable: false),
    "update_time": SQLField("update_time", .timestampMicros, isNullable: false),
    "last_activity_time": SQLField("last_activity_time", .timestampMicros),
  ]
}
