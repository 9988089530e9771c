import AccessAPI
import LeadsAPI
import MeshCore
import MeshProto
import MeshRecords
import MeshService
import MeshStore
import TenantsAPI

/// What the service does when tenants and members change.
enum LeadsReactions {
  /// In a transaction of the tenant whose record changed.
  static let all = [
    Reaction(to: "tenants", ["tenant"]) { change, transaction in
      guard let after = change.after else { return }
      try transaction.follow(try TenantsAPI.Tenant(wire: after))
    },
    Reaction(to: "access", ["member"]) { change, transaction in
      guard let after = change.after else { return }
      try transaction.follow(try AccessAPI.Member(wire: after))
    },
  ]
}

extension WriteTransaction {
  /// Takes over a tenant's settings; one that is new gets what every tenant begins with.
  fileprivate func follow(_ tenant: TenantsAPI.Tenant) throws {
    let isNew = try first("SELECT 1 FROM tenant_settings") { try $0.next(Int.self) } == nil
    let settings = tenant.settings ?? TenantsAPI.TenantSettings()
    try save(
      TenantSettings(
        defaultRegion: settings.defaultRegion,
        timeZone: settings.timeZone,
        currency: CurrencyCode(settings.currency) ?? .usd
      )
    )
    if isNew { try beginTenant() }
  }

  private func beginTenant() throws {
    for status in TenantDefaults.statuses { try add(status, toStatuses: true) }
    for source in TenantDefaults.sources { try add(source, toStatuses: false) }
    for (name, condition, points) in TenantDefaults.rules {
      _ = try create(
        ScoringRule(displayName: name, condition: condition, points: points, active: true),
        by: ScoringRuleRules(transaction: self)
      )
    }
  }

  /// Takes over who works in the tenant and takes leads.
  fileprivate func follow(_ member: AccessAPI.Member) throws {
    guard let id = member.id else { return }
    try save(
      Assignee(
        member: id,
        takesLeads: member.takesLeads ?? false,
        dailyCap: member.dailyLeadCap.map(Int.init),
        isActive: member.active
      )
    )
  }
}

/// What every tenant begins with, to be changed as they like.
enum TenantDefaults {
  static let statuses = [
    PicklistEntry(key: "new", name: "New"),
    PicklistEntry(key: "contacted", name: "Contacted"),
    PicklistEntry(key: "qualified", name: "Qualified"),
    PicklistEntry(key: "unqualified", name: "Unqualified"),
    PicklistEntry(key: "converted", name: "Converted"),
    PicklistEntry(key: "dead", name: "Dead"),
  ]

  static let sources = [
    PicklistEntry(key: "website", name: "Website"),
    PicklistEntry(key: "web_form", name: "Web Form"),
    PicklistEntry(key: "api", name: "API"),
    PicklistEntry(key: "email", name: "E-mail"),
    PicklistEntry(key: "phone", name: "Phone"),
    PicklistEntry(key: "referral", name: "Referral"),
    PicklistEntry(key: "partner", name: "Partner"),
    PicklistEntry(key: "advertisement", name: "Advertisement"),
    PicklistEntry(key: "social_media", name: "Social Media"),
    PicklistEntry(key: "trade_show", name: "Trade Show"),
    PicklistEntry(key: "cold_call", name: "Cold Call"),
    PicklistEntry(key: "other", name: "Other"),
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
