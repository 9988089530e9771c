import DealsAPI

/// The defaults of every new tenant, which it may change.
enum TenantDefaults {
  static let pipeline = Pipeline(displayName: "Sales", isDefault: true, stages: stages)

  private static let stages = [
    Stage(displayName: "New", probability: 10, rottingDays: 14),
    Stage(displayName: "Qualified", probability: 25, rottingDays: 21),
    Stage(displayName: "Demo", probability: 40, rottingDays: 21),
    Stage(displayName: "Proposal", probability: 60, forecastCategory: "best_case", rottingDays: 21),
    Stage(displayName: "Negotiation", probability: 80, forecastCategory: "commit", rottingDays: 14),
    Stage(displayName: "Closed Won", kind: StageKind.won.rawValue),
    Stage(displayName: "Closed Lost", kind: StageKind.lost.rawValue),
  ]

  /// Accounts get no points from rules that nothing measures yet.
  static let healthRules: [(name: String, condition: String, points: Int32)] = [
    ("Activity within 30 days", "active_in_30_days", 25),
    ("Open deal or subscription", "has_open_deal || has_subscription", 25),
    ("Won in 12 months", "won_in_12_months", 20),
    ("Nothing overdue", "!has_overdue", 15),
    ("No ticket past its SLA", "!has_ticket_past_sla", 15),
  ]

  static let winReasons = ["Best Fit", "Price", "Relationship", "Service", "Other"]

  static let lossReasons = [
    "Price", "Competitor", "No Budget", "No Decision", "Timing", "Missing Feature", "Other",
  ]
}
