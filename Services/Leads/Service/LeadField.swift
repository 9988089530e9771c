/// The fields of a lead that people fill in, by their names in the API.
enum LeadField: String, CaseIterable, Sendable {
  case firstName = "first_name"
  case lastName = "last_name"
  case email
  case phone
  case jobTitle = "job_title"
  case companyName = "company_name"
  case industry
  case companySize = "company_size"
  case annualRevenue = "annual_revenue"
  case website
  case streetAddress = "street_address"
  case city
  case state
  case postalCode = "postal_code"
  case country
  case source
  case medium
  case campaign
  case status
  case ownerID = "owner_id"
  case doNotEmail = "do_not_email"
  case doNotCall = "do_not_call"
  case doNotSMS = "do_not_sms"
  case preferredContactMethod = "preferred_contact_method"
  case timeZone = "time_zone"
  case description

  /// What may stand in a text field; nil for fields that are not text.
  var textRule: TextRule? {
    switch self {
    case .companySize, .annualRevenue, .ownerID, .doNotEmail, .doNotCall, .doNotSMS: nil
    case .email: TextRule(limit: 254)
    case .phone: TextRule(limit: 50)
    case .website: TextRule(limit: 2_000)
    case .streetAddress: TextRule(limit: 200, keepsLines: true)
    case .description: TextRule(limit: 10_000, keepsLines: true)
    case .status, .source, .preferredContactMethod: TextRule(limit: 60)
    default: TextRule(limit: 200)
    }
  }
}

/// What may stand in a text field.
struct TextRule: Sendable {
  /// Most characters.
  let limit: Int
  /// Whether line breaks stay; else they become spaces, as other control characters do.
  var keepsLines = false

  /// The text without spaces around it and without control characters.
  func cleaned(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return text }
    var result = String.UnicodeScalarView()
    var pendingSpace = false
    for scalar in text.unicodeScalars {
      if keepsLines && scalar == "\n" {
        if !result.isEmpty { result.append(scalar) }
        pendingSpace = false
      } else if scalar.properties.isWhitespace || scalar.value < 0x20 || scalar.value == 0x7F {
        pendingSpace = !result.isEmpty
      } else {
        if pendingSpace, result.last != "\n" { result.append(" ") }
        pendingSpace = false
        result.append(scalar)
      }
    }
    while result.last == "\n" { result.removeLast() }
    return String(result)
  }
}
