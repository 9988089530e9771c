import MeshCore
import MeshPhone

/// What a tenant has set that decides how values are read.
struct TenantSettings: Sendable, Equatable {
  /// Region of phone numbers without a country code, ISO 3166-1 alpha-2.
  var defaultRegion = "US"
  /// Zone in which days begin.
  var timeZone = "UTC"
  /// Currency of amounts without one.
  var currency = CurrencyCode.usd
}

/// A profile whose every value obeys the rules of its field.
struct CleanProfile: Sendable, Equatable {
  var profile: LeadProfile
  let phoneIsValid: Bool
  let keys: DuplicateKeys

  /// Brings each value into its form.
  ///
  /// The status and the source are left as they are: whether they exist is the tenant's to say.
  ///
  /// - Throws: `.invalid` with every rule that is broken, so that a person can mend all at once.
  init(_ draft: LeadProfile, settings: TenantSettings) throws(LeadFault) {
    var profile = draft
    var violations: [FieldViolation] = []
    for field in LeadField.allCases {
      guard let rule = field.textRule else { continue }
      let text = rule.cleaned(draft[text: field])
      profile[text: field] = text
      if text.utf8.count > rule.limit && text.unicodeScalars.count > rule.limit {
        violations.append(field, "has more than \(rule.limit) characters")
      }
    }
    Self.checkReachability(of: profile, &violations)
    Self.checkForms(of: &profile, &violations)
    guard violations.isEmpty else { throw .invalid(violations) }

    let phone = PhoneNumber.parse(profile.phone, region: settings.defaultRegion)
    if let phone { profile.phone = phone.e164 }
    self.profile = profile
    phoneIsValid = phone?.isValid ?? false
    keys = DuplicateKeys(of: profile)
  }

  private static func checkReachability(
    of profile: LeadProfile,
    _ violations: inout [FieldViolation]
  ) {
    if profile.lastName.isEmpty && profile.companyName.isEmpty {
      violations.append(.lastName, "a lead needs a last name or a company")
    }
    if profile.email.isEmpty && profile.phone.isEmpty {
      violations.append(.email, "a lead needs an e-mail address or a phone number to be reached by")
    }
  }

  private static func checkForms(
    of profile: inout LeadProfile,
    _ violations: inout [FieldViolation]
  ) {
    if !profile.email.isEmpty && !EmailAddress.isValid(profile.email) {
      violations.append(.email, "is not an e-mail address such as name@example.com")
    }
    if !profile.website.isEmpty && !WebAddress.isValid(profile.website) {
      violations.append(.website, "is not a web address such as https://example.com")
    }
    profile.preferredContactMethod = profile.preferredContactMethod.lowercased()
    if !["", "email", "phone", "sms"].contains(profile.preferredContactMethod) {
      violations.append(.preferredContactMethod, "is none of email, phone and sms")
    }
    if !profile.timeZone.isEmpty && TimeZone(profile.timeZone) == nil {
      violations.append(.timeZone, "is not an IANA time zone such as Europe/Berlin")
    }
    if let size = profile.companySize, size < 0 {
      violations.append(.companySize, "is less than 0")
    }
    if let revenue = profile.annualRevenue, revenue.amountMinor < 0 {
      violations.append(.annualRevenue, "is less than 0")
    }
  }
}

extension [FieldViolation] {
  mutating func append(_ field: LeadField, _ rule: String) {
    append(FieldViolation(field: field.rawValue, description: rule))
  }
}
