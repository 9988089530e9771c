/// The stages that a demo tenant's deals go through.
struct DemoPipeline: Sendable {
  struct Stage: Sendable, Equatable {
    let name: String
    var probability = 0
    var kind = "open"
    var forecastCategory = ""
    /// How many of the deals are here, beside other stages.
    let weight: Int
  }

  let name: String
  let deals: Int
  let stages: [Stage]
  let products: [String]
  let revenueTypes: KeyValuePairs<String, Int>
  /// Whether only customers have deals in it.
  var isOfCustomers = false

  /// The one that every new tenant has.
  static let sales = DemoPipeline(
    name: "Sales",
    deals: 180,
    stages: [
      Stage(name: "New", probability: 10, weight: 10),
      Stage(name: "Qualified", probability: 25, weight: 9),
      Stage(name: "Demo", probability: 40, weight: 7),
      Stage(name: "Proposal", probability: 60, weight: 6),
      Stage(name: "Negotiation", probability: 80, weight: 4),
      Stage(name: "Closed Won", probability: 100, kind: "won", weight: 15),
      Stage(name: "Closed Lost", kind: "lost", weight: 9),
    ],
    products: [
      "Fleet licences", "Route planning", "Warehouse app", "Rollout", "Training", "Pilot",
      "Field service",
    ],
    revenueTypes: ["one_off": 60, "arr": 30, "mrr": 10]
  )

  static let renewals = DemoPipeline(
    name: "Renewals",
    deals: 60,
    stages: [
      Stage(name: "Upcoming", probability: 70, weight: 8),
      Stage(name: "Contacted", probability: 80, weight: 5),
      Stage(name: "Quote Sent", probability: 85, forecastCategory: "best_case", weight: 4),
      Stage(name: "Agreed", probability: 95, forecastCategory: "commit", weight: 3),
      Stage(name: "Renewed", probability: 100, kind: "won", weight: 10),
      Stage(name: "Churned", kind: "lost", weight: 2),
    ],
    products: ["Renewal of licences", "Renewal of support", "Renewal and more seats"],
    revenueTypes: ["arr": 1],
    isOfCustomers: true
  )
}
