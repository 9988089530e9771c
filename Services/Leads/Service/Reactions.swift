import LeadsAPI
import MeshCore
import MeshRecords
import MeshService
import MeshStore

/// What the service does when tenants come to be.
enum LeadsReactions {
  /// Gives a new tenant what every tenant begins with.
  static let tenants = Reaction(to: "tenants", ["tenant"]) { change, transaction in
    guard change.after != nil, try transaction.beginRules() else { return }
    try transaction.addDefaults()
  }
}

extension WriteTransaction {
  fileprivate func addDefaults() throws {
    for status in TenantDefaults.statuses { try add(status, toStatuses: true) }
    for source in TenantDefaults.sources { try add(source, toStatuses: false) }
    for (name, condition, points) in TenantDefaults.rules {
      _ = try create(
        ScoringRule(displayName: name, condition: condition, points: points, active: true),
        by: ScoringRuleRules(transaction: self)
      )
    }
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
