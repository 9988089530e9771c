/// Which columns of a file fill which fields of a lead.
struct ImportMapping: Sendable, Equatable {
  /// A column and its field; nil when the column is left out.
  struct Column: Sendable, Equatable {
    let heading: String
    let field: String?
  }

  var columns: [Column]
  /// Heading of the column that identifies a row; nil when all values together do.
  var externalID: String?
  /// Part of every row's identity: "salesforce", "zoho", "csv" or the caller's own.
  var sourceSystem: String

  /// What is known about a header row: the system it comes from and what its columns mean.
  static func suggested(for headings: [String]) -> ImportMapping {
    let system = KnownSystem.allCases.first { $0.wrote(headings) } ?? .csv
    var columns: [Column] = []
    for heading in headings {
      columns.append(Column(heading: heading, field: system.field(of: heading)))
    }
    let externalID = headings.first { system.externalIDs.contains(HeadingKey($0)) }
    return ImportMapping(
      columns: columns,
      externalID: externalID,
      sourceSystem: system.rawValue
    )
  }
}

/// A heading without case, spaces and punctuation, as people vary them.
struct HeadingKey: Hashable, Sendable {
  private let text: String

  init(_ heading: String) {
    text = String(heading.lowercased().filter { $0.isLetter || $0.isNumber })
  }
}

/// Systems whose exports are understood without a mapping.
enum KnownSystem: String, CaseIterable, Sendable {
  case salesforce
  case zoho
  case csv

  /// Whether the headings are this system's: it has columns that no other has.
  func wrote(_ headings: [String]) -> Bool {
    let present = Set(headings.map(HeadingKey.init))
    switch self {
    case .salesforce: return ["LastName", "LeadSource", "IsConverted"].allSatisfy(has(present))
    case .zoho:
      return ["Last Name", "Lead Source", "Lead Status", "Lead Owner"].allSatisfy(has(present))
    case .csv: return false
    }
  }

  private func has(_ present: Set<HeadingKey>) -> (String) -> Bool {
    { present.contains(HeadingKey($0)) }
  }

  /// Headings of the column that identifies a row, best first.
  var externalIDs: Set<HeadingKey> {
    switch self {
    case .salesforce: [HeadingKey("Id")]
    case .zoho: [HeadingKey("LEADID"), HeadingKey("Record Id"), HeadingKey("Lead Id")]
    case .csv: [HeadingKey("external_id"), HeadingKey("Lead Id")]
    }
  }

  /// The field that a column fills; nil when it is not known.
  func field(of heading: String) -> String? {
    let key = HeadingKey(heading)
    return special[key] ?? Self.common[key]
  }

  private var special: [HeadingKey: String] {
    switch self {
    case .salesforce:
      // A Salesforce lead's own name columns; Name repeats them.
      [HeadingKey("Street"): "street_address", HeadingKey("HasOptedOutOfEmail"): "do_not_email"]
    case .zoho: [HeadingKey("Email Opt Out"): "do_not_email"]
    case .csv: [:]
    }
  }

  private static let common: [HeadingKey: String] = {
    let names: KeyValuePairs<String, [String]> = [
      "first_name": ["First Name", "Given Name", "Forename"],
      "last_name": ["Last Name", "Surname", "Family Name"],
      "email": ["Email", "E-mail Address", "Email Address"],
      "phone": ["Phone", "Mobile", "Mobile Phone", "MobilePhone", "Phone Number", "Telephone"],
      "job_title": ["Title", "Job Title", "Position", "Designation"],
      "company_name": ["Company", "Company Name", "Account Name", "Organization", "Organisation"],
      "industry": ["Industry"],
      "company_size": [
        "NumberOfEmployees", "No. of Employees", "Employees", "Company Size", "Number of Employees",
      ],
      "annual_revenue": ["AnnualRevenue", "Annual Revenue", "Revenue"],
      "website": ["Website", "Web Site", "URL"],
      "street_address": ["Street", "Street Address", "Address", "Address Line 1"],
      "city": ["City", "Town"],
      "state": ["State", "Province", "State/Province", "County"],
      "postal_code": ["PostalCode", "Postal Code", "Zip", "Zip Code", "Postcode"],
      "country": ["Country"],
      "source": ["LeadSource", "Lead Source", "Source"],
      "medium": ["Medium", "utm_medium"],
      "campaign": ["Campaign", "utm_campaign"],
      "status": ["Status", "Lead Status"],
      "do_not_email": ["Do Not Email", "Email Opt Out"],
      "do_not_call": ["DoNotCall", "Do Not Call"],
      "do_not_sms": ["Do Not SMS"],
      "preferred_contact_method": ["Preferred Contact Method"],
      "time_zone": ["Time Zone", "Timezone"],
      "description": ["Description", "Notes", "Comments"],
    ]
    var table: [HeadingKey: String] = [:]
    for (field, headings) in names {
      for heading in headings + [field] { table[HeadingKey(heading)] = field }
    }
    return table
  }()
}
