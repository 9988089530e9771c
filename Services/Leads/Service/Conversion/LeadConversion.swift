import DealsAPI
import LeadsAPI
import MeshCore
import MeshProto
import MeshRecords

extension Lead {
  /// The lead as its conversion leaves it.
  ///
  /// - Throws: FAILED_PRECONDITION when the tenant has no active status of type converted.
  func converted(
    by conversion: LeadConversion,
    at now: Timestamp,
    _ statuses: Picklist<LeadStatus>
  ) throws(WorkflowFault) -> Lead {
    var lead = try entering(.converted, of: statuses)
    lead.converted = true
    lead.conversionTime = now
    (lead.accountId, lead.contactId, lead.dealId) = (
      conversion.accountId, conversion.contactId, conversion.dealId
    )
    lead.conversionOverrideReason = conversion.overrideReason
    lead.stage = max(lead.stage, lead.dealId == nil ? .salesQualified : .opportunity)
    return lead
  }

  /// A converted lead as it was before its conversion; in the tenant's first status when its own is gone.
  func unconverted(as kept: Lead, _ statuses: Picklist<LeadStatus>) -> Lead {
    var lead = self
    let fields = Lead.schema.inputs.union(Self.setByConversion)
    lead.take(fields, from: kept)
    // It may duplicate another lead by now.
    lead.duplicateResolutionStatus = duplicateResolutionStatus
    if statuses[lead.status] == nil { lead.status = statuses.first?.key ?? lead.status }
    return lead
  }

  /// Fields that a conversion sets, besides those that people set.
  private static let setByConversion = schema.bits(
    "converted",
    "conversion_time",
    "account_id",
    "contact_id",
    "deal_id",
    "conversion_override_reason",
    "qualified",
    "qualification_time",
    "recycle_reason"
  )

  /// The name of an account that is made from it.
  var accountName: String { companyName.isEmpty ? displayName : companyName }

  /// The request that finds contacts who may be the lead, and accounts that may be its company.
  var candidatesRequest: FindConversionCandidatesRequest {
    FindConversionCandidatesRequest(
      companyName: companyName,
      website: website,
      contact: Contact(firstName: firstName, lastName: lastName, email: email, phone: phone)
    )
  }
}

extension MakeConversionRequest {
  /// What Deals is to make of a lead.
  ///
  /// The bytes are the same each time, as `CommandKind` demands: nobody changes the lead meanwhile. If a release adds
  /// something, `LeadConversion` must say so, so that conversions that began before it continue without
  /// it.
  init(_ lead: Lead, _ conversion: LeadConversion, requestID: String) {
    self.init(
      leadId: lead.id,
      accountId: conversion.accountId,
      account: conversion.accountId == nil ? Account(lead, conversion) : nil,
      contactId: conversion.contactId,
      contact: Contact(of: lead, conversion),
      deal: conversion.deal.map { Deal($0, of: lead, conversion) },
      requestId: requestID
    )
  }
}

extension Account {
  fileprivate init(_ lead: Lead, _ conversion: LeadConversion) {
    self.init(name: lead.accountName)
    (ownerId, teamId) = (conversion.ownerId, conversion.teamId)
    website = lead.website
    // The address of a person without a company says nothing about others.
    domains = CompanyDomains.of(
      website: lead.website,
      email: lead.companyName.isEmpty ? "" : lead.email
    )
    industry = lead.industry
    employees = lead.companySize
    annualRevenue = lead.annualRevenue
    billingAddress = Address(
      street: lead.streetAddress,
      city: lead.city,
      state: lead.state,
      postalCode: lead.postalCode,
      country: lead.country
    )
  }
}

extension Contact {
  /// The contact to make, or for one that is linked the wishes that it takes over; nil when there are none.
  fileprivate init?(of lead: Lead, _ conversion: LeadConversion) {
    self = conversion.contactId == nil ? Contact(lead, conversion) : Contact()
    if conversion.contactId == nil || conversion.passesWishes { takeWishes(of: lead) }
    if self == Contact() { return nil }
  }

  private init(_ lead: Lead, _ conversion: LeadConversion) {
    self.init(
      firstName: lead.firstName,
      lastName: lead.lastName,
      email: lead.email,
      phone: lead.phone
    )
    // A company without a person is its own contact.
    if firstName.isEmpty, lastName.isEmpty { lastName = lead.displayName }
    (ownerId, teamId) = (conversion.ownerId, conversion.teamId)
    jobTitle = lead.jobTitle
    description = lead.description
  }

  private mutating func takeWishes(of lead: Lead) {
    emailConsent = lead.doNotEmail ? "denied" : ""
    phoneConsent = lead.doNotCall ? "denied" : ""
    smsConsent = lead.doNotSms ? "denied" : ""
  }
}

extension Deal {
  fileprivate init(_ asked: ConversionDeal, of lead: Lead, _ conversion: LeadConversion) {
    self.init(name: asked.name.isEmpty ? lead.accountName : asked.name)
    (ownerId, teamId) = (conversion.ownerId, conversion.teamId)
    amount = asked.amount
    pipelineId = asked.pipelineId
    expectedCloseDate = asked.expectedCloseDate
  }
}
