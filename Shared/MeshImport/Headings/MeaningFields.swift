package import MeshProto

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
    .mayEmail: ["do_not_email", "email_consent"],
    .mayCall: ["do_not_call", "phone_consent"],
    .mayText: ["do_not_sms", "sms_consent"],
  ]
}

extension RecordField {
  /// What a column says that fills the field by its own name.
  var meaning: ColumnMeaning? { Self.meanings[name] }

  private static let meanings: [String: ColumnMeaning] = [
    "first_name": .firstName, "last_name": .lastName, "company_name": .company,
    "company_size": .employees, "employees": .employees, "street_address": .street,
    "city": .city, "state": .state, "postal_code": .postalCode, "country": .country,
    "billing_address.street": .street, "billing_address.city": .city,
    "billing_address.state": .state, "billing_address.postal_code": .postalCode,
    "billing_address.country": .country, "shipping_address.street": .shippingStreet,
    "shipping_address.city": .shippingCity, "shipping_address.state": .shippingState,
    "shipping_address.postal_code": .shippingPostalCode,
    "shipping_address.country": .shippingCountry, "do_not_email": .doNotEmail,
    "do_not_call": .doNotCall, "do_not_sms": .doNotText, "email_consent": .mayEmail,
    "phone_consent": .mayCall, "sms_consent": .mayText, "owner_id": .owner,
  ]
}
