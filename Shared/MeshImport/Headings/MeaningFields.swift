package import MeshProto
import MeshTables

// What each field of a record is: all that reads files by it asks here.
extension ColumnMeaning {
  /// The field of a record that holds what the column says.
  ///
  /// - Parameter schema: of the records.
  /// - Returns: nil when the records have none, or when it takes more than a copy: a person's whole name, a
  ///   wish for all ways of contact, a further line of a street.
  package func field(in schema: RecordSchema) -> String? {
    if let names = Self.ownFields[schema.object]?[self] {
      return names.first { schema[$0] != nil }
    }
    return Self.fields[self]?.first { schema[$0] != nil }
  }

  /// Where a kind of record differs from the others.
  private static let ownFields: [String: [ColumnMeaning: [String]]] = [
    "account": [.name: ["name"], .company: ["name"]],
    "deal": [.name: ["name"], .dealName: ["name"]],
    "task": [.name: ["title"]],
  ]

  /// Fields by meaning; records have at most one of each list.
  ///
  /// By its own name a field says the meaning in whose list it stands furthest to the front.
  private static let fields: [ColumnMeaning: [String]] = [
    .firstName: ["first_name"],
    .lastName: ["last_name"],
    .email: ["email"],
    .phone: ["phone"],
    .jobTitle: ["job_title"],
    .website: ["website"],
    .timeZone: ["time_zone", "due_time_zone"],
    .preferredContact: ["preferred_contact_method"],
    .reportsTo: ["reports_to_id"],
    .company: ["company_name", "account_id"],
    .parentCompany: ["parent_id"],
    .industry: ["industry"],
    .employees: ["company_size", "employees"],
    .annualRevenue: ["annual_revenue"],
    .accountType: ["type"],
    .street: ["street_address", "billing_address.street"],
    .city: ["city", "billing_address.city"],
    .state: ["state", "billing_address.state"],
    .postalCode: ["postal_code", "billing_address.postal_code"],
    .country: ["country", "billing_address.country"],
    .shippingStreet: ["shipping_address.street"],
    .shippingCity: ["shipping_address.city"],
    .shippingState: ["shipping_address.state"],
    .shippingPostalCode: ["shipping_address.postal_code"],
    .shippingCountry: ["shipping_address.country"],
    .source: ["source"],
    .medium: ["medium"],
    .campaign: ["campaign"],
    .status: ["status"],
    .substatus: ["substatus"],
    .lifecycle: ["lifecycle_stage", "lifecycle"],
    .owner: ["owner_id"],
    .team: ["team_id"],
    .description: ["description"],
    .detail: ["description"],
    .tags: ["tags"],
    .createTime: ["create_time"],
    .firstContactTime: ["first_contacted_time"],
    .lastContactTime: ["last_contacted_time"],
    .amount: ["amount"],
    .stage: ["stage"],
    .pipeline: ["pipeline_id"],
    .probability: ["probability"],
    .expectedCloseDate: ["expected_close_date"],
    .closeDate: ["close_date"],
    .startDate: ["start_date"],
    .nextStep: ["next_step"],
    .winReason: ["win_reason"],
    .lossReason: ["loss_reason"],
    .competitor: ["competitor"],
    .dueTime: ["due_time"],
    .startTime: ["start_time"],
    .completeTime: ["complete_time"],
    .priority: ["priority"],
    .category: ["category"],
    .related: ["related"],
    .doNotEmail: ["do_not_email", "email_consent"],
    .doNotCall: ["do_not_call", "phone_consent"],
    .doNotText: ["do_not_sms", "sms_consent"],
    .mayEmail: ["email_consent", "do_not_email"],
    .mayCall: ["phone_consent", "do_not_call"],
    .mayText: ["sms_consent", "do_not_sms"],
  ]

  /// What a column says that fills a field by its own name.
  fileprivate static let ofFields: [String: ColumnMeaning] = {
    var found: [String: (meaning: ColumnMeaning, place: Int)] = [:]
    for lists in [fields] + ownFields.values {
      // Columns of the description keep their headings there, unless they are known to be about it.
      for meaning in allCases where meaning != .description && meaning != .detail {
        for (place, name) in (lists[meaning] ?? []).enumerated() {
          if let known = found[name], known.place <= place { continue }
          found[name] = (meaning, place)
        }
      }
    }
    return found.mapValues { $0.meaning }
  }()

  /// Which words in its columns mean that there is no value.
  fileprivate var placeholders: Placeholder.Kind {
    switch self {
    case .firstName, .lastName: .person
    case .name, .dealName, .company, .city, .shippingCity: .organization
    case .state, .shippingState: .state
    default: .value
    }
  }
}

extension RecordField {
  /// What a column says that fills the field by its own name.
  var meaning: ColumnMeaning? { ColumnMeaning.ofFields[name] }

  /// Whether it holds a consent or an opt-out.
  var isWish: Bool { meaning?.wish != nil }

  /// Which words in its columns mean that there is no value.
  var placeholders: Placeholder.Kind { meaning?.placeholders ?? .value }
}
