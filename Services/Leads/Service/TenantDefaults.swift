import LeadsAPI

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
