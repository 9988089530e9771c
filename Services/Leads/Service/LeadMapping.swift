import LeadsAPI
import MeshAccess
import MeshCore
import MeshProto

// Leads as messages and back. Nothing else in the service knows generated types of a lead.

extension LeadsAPI.Lead {
  init(_ lead: Lead) {
    self.init()
    id = lead.id.description
    etag = lead.etag
    for field in LeadConditions.texts { self[text: field] = lead.profile[text: field] }
    phoneValid = lead.phoneIsValid
    companySize = lead.profile.companySize
    annualRevenue = lead.profile.annualRevenue
    ownerId = lead.owner?.description ?? ""
    score = Int32(lead.score.points)
    band = lead.score.band.rawValue
    scoreBreakdown = lead.score.breakdown.map { component in
      ScoreComponent(
        ruleId: component.rule.description,
        name: component.name,
        points: Int32(component.points)
      )
    }
    duplicateOf = lead.duplicateOf?.description ?? ""
    doNotEmail = lead.profile.doNotEmail
    doNotCall = lead.profile.doNotCall
    doNotSms = lead.profile.doNotSMS
    createTime = lead.createTime
    updateTime = lead.updateTime
    lastActivityTime = lead.lastActivityTime
  }

  /// What the message says of a lead's profile.
  ///
  /// - Throws: `.invalid` when a value is none of its type.
  func profile() throws(LeadFault) -> LeadProfile {
    var profile = LeadProfile()
    for field in LeadConditions.texts { profile[text: field] = self[text: field] }
    profile.companySize = companySize
    profile.annualRevenue = annualRevenue
    profile.doNotEmail = doNotEmail
    profile.doNotCall = doNotCall
    profile.doNotSMS = doNotSms
    return profile
  }

  /// The owner that the message names; nil when it names none.
  ///
  /// - Throws: `.invalid` when it is no member's id.
  func owner() throws(LeadFault) -> MemberID? {
    if ownerId.isEmpty { return nil }
    guard let member = MemberID(ownerId) else {
      throw .invalid([FieldViolation(field: "owner_id", description: "is no member's id")])
    }
    return member
  }

  /// A text field by name; fields that are not text read as empty and take nothing.
  private subscript(text field: LeadField) -> String {
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
}

extension Lead {
  /// The lead as the change log keeps it and reactions read it.
  var wireBytes: [UInt8] { LeadsAPI.Lead(self).wireBytes() }
}

extension LeadFault {
  /// The one place where a lead's faults become a client's errors.
  var meshError: MeshError {
    switch self {
    case .invalid(let violations): .invalid(violations)
    case .stale: .staleEtag()
    }
  }
}

extension LeadsAPI.Lead {
  /// The lead with the fields that a caller may see; the others are as if they had never been set.
  func showing(_ visible: FieldNames) -> LeadsAPI.Lead {
    if visible == .all { return self }
    var shown = self
    for field in LeadField.allCases where !visible.contains(field.rawValue) {
      shown.clear(field)
    }
    return shown
  }

  private mutating func clear(_ field: LeadField) {
    switch field {
    case .companySize: companySize = nil
    case .annualRevenue: annualRevenue = nil
    case .ownerID: ownerId = ""
    case .doNotEmail: doNotEmail = false
    case .doNotCall: doNotCall = false
    case .doNotSMS: doNotSms = false
    default: self[text: field] = ""
    }
  }
}
