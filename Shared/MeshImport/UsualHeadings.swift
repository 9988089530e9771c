package import MeshProto

extension KnownSystem {
  /// For files of no known system: the headings that people usually give columns, besides the names and labels of
  /// fields.
  ///
  /// A column named like the kind of record has the title, such as an account's name.
  ///
  /// - Parameter schema: of the records.
  /// - Returns: a system named "csv".
  static func usual(for schema: RecordSchema) -> KnownSystem {
    KnownSystem("csv", externalIDs: ids(of: schema), fields: headings(of: schema))
  }

  /// For exports of opportunities: deals whose stages are replaced by those that a new tenant has.
  ///
  /// - Parameter schema: of the records.
  /// - Returns: systems named "csv", one for each heading that alone identifies such a file.
  package static func opportunities(for schema: RecordSchema) -> [KnownSystem] {
    ["opportunity_id", "deal_stage"].map { mark in
      KnownSystem(
        "csv",
        marks: [mark],
        externalIDs: ["opportunity_id"] + ids(of: schema),
        fields: headings(of: schema),
        values: [
          "stage": [
            "Prospecting": "New", "Engaging": "Qualified", "Won": "Closed Won",
            "Lost": "Closed Lost",
          ]
        ]
      )
    }
  }

  /// Headings of the column that identifies a row.
  private static func ids(of schema: RecordSchema) -> [String] {
    ["external_id", "\(schema.object)_id"]
  }

  private static func headings(of schema: RecordSchema) -> [[String: [String]]] {
    let object = schema.object
    let title = schema.title.first.flatMap { schema[$0] }
    let own = title.map { $0.isInput ? [$0.name: [object, "\(object)_name"]] : [:] } ?? [:]
    return [own, usualHeadings]
  }

  /// Headings by the field that they fill, in records that have it.
  private static let usualHeadings = [
    "first_name": ["given_name", "forename"],
    "last_name": ["surname", "family_name"],
    "email": ["email_address"],
    "phone": ["mobile", "mobile_phone", "phone_number", "telephone"],
    "job_title": ["title", "position"],
    "industry": ["sector"],
    "annual_revenue": ["revenue"],
    "employees": ["number_of_employees", "no_of_employees"],
    "website": ["web_site", "url"],
    "billing_address.country": ["country", "office_location"],
    "account_id": ["account", "account_name", "account_external_id", "company", "company_name"],
    "parent_id": ["parent_account", "parent_external_id", "subsidiary_of"],
    "reports_to_id": ["reports_to", "reports_to_external_id"],
    "owner_id": ["owner_name", "account_owner", "contact_owner", "deal_owner", "sales_agent"],
    "pipeline_id": ["pipeline_name"],
    "amount": ["value", "close_value"],
    "stage": ["deal_stage"],
    "start_date": ["engage_date"],
    "description": ["notes", "comments", "product", "regional_office", "year_established"],
  ]
}
