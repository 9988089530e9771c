import LeadsAPI
import MeshCore
import MeshPeers
import MeshRecords
import MeshService
import MeshStore
import TypeAPI

/// Reactions to new tenants and to activities about leads.
enum LeadsReactions {
  /// Creates the default statuses, sources, disqualification reasons and scoring rules of a new tenant.
  static let tenants = Reaction(to: "tenants", ["tenant"]) { change, transaction in
    guard change.after != nil, try transaction.beginRules() else { return }
    try transaction.addDefaults()
  }

  /// Notes on leads when someone last worked on them, and when they were contacted.
  static let activities = Reaction.activities { activity, transaction in
    let ids = activity.ids(of: LeadKind.self)
    let former = try transaction.leadsContacted(by: activity)
    if ids.isEmpty, former.isEmpty { return }
    try transaction.lock(LeadRules.lock)
    try transaction.keepContacts(by: activity, with: ids)
    let leads = try transaction.noteWork(on: ids + former, by: activity) { (lead: inout Lead) in
      guard let id = lead.id else { return }
      lead.take(try transaction.contacts(of: id), activity)
    }
    // Scoring rules may name these times.
    for lead in leads { try transaction.queueScore(of: lead) }
  }
}

extension WriteTransaction {
  fileprivate func addDefaults() throws {
    for status in TenantDefaults.statuses {
      _ = try create(status, by: PicklistRules<LeadStatus>(self))
    }
    for source in TenantDefaults.sources {
      _ = try create(source, by: PicklistRules<LeadSource>(self))
    }
    try addEntries(
      TenantDefaults.disqualificationReasons,
      by: PicklistRules<DisqualificationReason>(self)
    )
    try addRules(ScoringRule.self, TenantDefaults.rules)
  }
}

/// The defaults of every new tenant, which it may change.
enum TenantDefaults {
  static let statuses = [
    LeadStatus(key: "new", displayName: "New", colour: "#0078d4", statusType: "new"),
    LeadStatus(
      key: "contacted",
      displayName: "Contacted",
      colour: "#8f6b00",
      statusType: "contacted"
    ),
    LeadStatus(
      key: "qualified",
      displayName: "Qualified",
      colour: "#107c10",
      statusType: "qualified"
    ),
    LeadStatus(
      key: "unqualified",
      displayName: "Unqualified",
      colour: "#6b7480",
      statusType: "unqualified"
    ),
    LeadStatus(
      key: "converted",
      displayName: "Converted",
      colour: "#7a3ea8",
      statusType: "converted"
    ),
    LeadStatus(key: "dead", displayName: "Dead", colour: "#b3261e", statusType: "dead"),
  ]

  static let sources = [
    LeadSource(key: "website", displayName: "Website", sourceType: "website"),
    LeadSource(key: "web_form", displayName: "Web Form", sourceType: "website"),
    LeadSource(key: "api", displayName: "API", sourceType: "api"),
    LeadSource(key: "email", displayName: "E-mail", sourceType: "email"),
    LeadSource(key: "phone", displayName: "Phone"),
    LeadSource(key: "referral", displayName: "Referral", sourceType: "referral"),
    LeadSource(key: "partner", displayName: "Partner", sourceType: "referral"),
    LeadSource(key: "advertisement", displayName: "Advertisement"),
    LeadSource(key: "social_media", displayName: "Social Media", sourceType: "social_media"),
    LeadSource(key: "trade_show", displayName: "Trade Show", sourceType: "event"),
    LeadSource(key: "cold_call", displayName: "Cold Call"),
    LeadSource(key: "other", displayName: "Other", sourceType: "other"),
  ]

  static let disqualificationReasons = [
    "No Budget", "No Authority", "No Need", "Bad Timing", "Competitor", "Not Reachable",
    "Not a Fit", "Other",
  ]

  static let rules: [(name: String, condition: String, points: Int32)] = [
    ("Can be mailed", #"email != "" && !do_not_email"#, 10),
    ("Can be called", "phone_valid && !do_not_call", 15),
    ("Company is known", #"company_name != """#, 10),
    ("Has a website", #"website != """#, 5),
    (
      "Decides",
      """
      job_title.contains("Chief") || job_title.contains("VP") || job_title.contains("Director") \
      || job_title.contains("Head") || job_title.contains("Owner")
      """, 20
    ),
    ("200 employees or more", "company_size >= 200", 20),
    (
      "Recommended",
      #"source in ["referral", "employee_referral", "external_referral", "partner"]"#, 15
    ),
    ("Asked not to be contacted", "do_not_email && do_not_call", -40),
  ]
}
