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
  func reopened(as kept: Lead, _ statuses: Picklist<LeadStatus>) -> Lead {
    var lead = self
    let fields = Lead.schema.inputs.union(Self.setByConversion)
    lead.take(fields, from: kept)
    // What it repeats may be another lead by now.
    lead.duplicateResolutionStatus = duplicateResolutionStatus
    if statuses[lead.status] == nil { lead.status = statuses.first?.key ?? lead.status }
    return lead
  }

  /// The fields besides those that people set.
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

  /// What an account is called that is made of it.
  var accountName: String { companyName.isEmpty ? displayName : companyName }

  /// What people who may be the lead, and accounts that may be its company, are found by.
  var candidatesRequest: FindConversionCandidatesRequest {
    FindConversionCandidatesRequest(
      companyName: companyName,
      website: website,
      contact: Contact(firstName: firstName, lastName: lastName, email: email, phone: phone)
    )
  }
}

extension MakeConversionRequest {
  /// What is made of a lead.
  ///
  /// The same bytes for a conversion whenever it is asked for, as `CommandKind` has it: nobody changes the
  /// lead meanwhile. What a release makes more of leads must be said by `LeadConversion`, so that conversions
  /// which began before it go on without.
  init(_ lead: Lead, _ conversion: LeadConversion, requestID: String) {
    self.init(
      leadId: lead.id,
      accountId: conversion.accountId,
      account: conversion.accountId == nil ? Account(lead, conversion) : nil,
      contactId: conversion.contactId,
      contact: conversion.contactId == nil ? Contact(lead, conversion) : nil,
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
    // An address of a person who stands for no company says nothing of others.
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
  fileprivate init(_ lead: Lead, _ conversion: LeadConversion) {
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
