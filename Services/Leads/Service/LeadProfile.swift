import MeshCore

/// What people say of a lead: all that an import, a form or a colleague can fill in, except its owner.
struct LeadProfile: Sendable, Equatable {
  var firstName = ""
  var lastName = ""
  var email = ""
  var phone = ""
  var jobTitle = ""
  var companyName = ""
  var industry = ""
  /// Number of employees.
  var companySize: Int32?
  /// The company's revenue in a year.
  var annualRevenue: Money?
  var website = ""
  var streetAddress = ""
  var city = ""
  var state = ""
  var postalCode = ""
  var country = ""
  /// Key of one of the tenant's sources; empty when not known.
  var source = ""
  var medium = ""
  var campaign = ""
  /// Key of one of the tenant's statuses.
  var status = ""
  var doNotEmail = false
  var doNotCall = false
  var doNotSMS = false
  /// "email", "phone", "sms" or empty for none.
  var preferredContactMethod = ""
  /// IANA time zone they are in; empty when not known.
  var timeZone = ""
  var description = ""

  /// A text field by name; fields that are not text read as empty and take nothing.
  subscript(text field: LeadField) -> String {
    get {
      switch field {
      case .firstName: firstName
      case .lastName: lastName
      case .email: email
      case .phone: phone
      case .jobTitle: jobTitle
      case .companyName: companyName
      case .industry: industry
      case .website: website
      case .streetAddress: streetAddress
      case .city: city
      case .state: state
      case .postalCode: postalCode
      case .country: country
      case .source: source
      case .medium: medium
      case .campaign: campaign
      case .status: status
      case .preferredContactMethod: preferredContactMethod
      case .timeZone: timeZone
      case .description: description
      case .companySize, .annualRevenue, .ownerID, .doNotEmail, .doNotCall, .doNotSMS: ""
      }
    }
    set {
      switch field {
      case .firstName: firstName = newValue
      case .lastName: lastName = newValue
      case .email: email = newValue
      case .phone: phone = newValue
      case .jobTitle: jobTitle = newValue
      case .companyName: companyName = newValue
      case .industry: industry = newValue
      case .website: website = newValue
      case .streetAddress: streetAddress = newValue
      case .city: city = newValue
      case .state: state = newValue
      case .postalCode: postalCode = newValue
      case .country: country = newValue
      case .source: source = newValue
      case .medium: medium = newValue
      case .campaign: campaign = newValue
      case .status: status = newValue
      case .preferredContactMethod: preferredContactMethod = newValue
      case .timeZone: timeZone = newValue
      case .description: description = newValue
      case .companySize, .annualRevenue, .ownerID, .doNotEmail, .doNotCall, .doNotSMS: break
      }
    }
  }

  /// Takes over one field of another profile.
  mutating func take(_ field: LeadField, from other: LeadProfile) {
    switch field {
    case .companySize: companySize = other.companySize
    case .annualRevenue: annualRevenue = other.annualRevenue
    case .doNotEmail: doNotEmail = other.doNotEmail
    case .doNotCall: doNotCall = other.doNotCall
    case .doNotSMS: doNotSMS = other.doNotSMS
    default: self[text: field] = other[text: field]
    }
  }
}
