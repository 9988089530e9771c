import MeshCore

/// A tenant of the demo with the people who work in it.
struct DemoTenant: Sendable {
  struct Team: Sendable {
    let name: String
    let type: String
    /// A person's name, as those of the members.
    let manager: String
    /// The name of the team that it is below; empty for none.
    var parent = ""
    var members: [String] = []
  }

  struct Person: Sendable {
    let name: String
    /// The role as in the API; the owner is an admin.
    let role: String
    var isOwner = false

    /// The part of the e-mail address before the `@`.
    fileprivate var account: String {
      name.lowercased().split(separator: " ").joined(separator: ".")
    }
  }

  /// Every demo member's password: a demo has no secrets, and by default listens on this machine
  /// only.
  static let password = "leadmesh-demo"
  /// Rows of its file: 5,000 leads and ten rows that cannot become leads.
  static let rows = 5_010
  static let accounts = 60
  static let pipelines = [DemoPipeline.sales, .renewals]

  let subdomain: String
  let name: String
  let region: String
  let timeZone: String
  let currency: String
  /// In which it sells some, and what one unit of it is worth in its own.
  let otherCurrency: String
  let otherRate: String
  /// Seed of its leads.
  let seed: UInt64
  /// The owner first.
  let people: [Person]
  /// Each after the one that it is below.
  let teams: [Team]

  var owner: Person { people[0] }

  func email(of person: Person) -> String { "\(person.account)@\(subdomain).example" }

  /// Who has accounts and deals: the reps, and the manager a few.
  var sellers: [Person] {
    let reps = people.filter { $0.role == "rep" }
    return reps + reps + people.filter { $0.role == "manager" }
  }

  /// Its deals, with dates around a day.
  func deals(around today: CalendarDate) -> [DemoDeal] {
    Self.pipelines.flatMap { pipeline in
      (0..<pipeline.deals).map { DemoDeal(number: $0, in: pipeline, of: self, today: today) }
    }
  }

  static let all = [acme, globex]

  private static let acme = DemoTenant(
    subdomain: "acme",
    name: "Acme Supply",
    region: "US",
    timeZone: "America/New_York",
    currency: "USD",
    otherCurrency: "EUR",
    otherRate: "1.08",
    seed: 1,
    people: [
      Person(name: "Olivia Grant", role: "admin", isOwner: true),
      Person(name: "Marcus Webb", role: "admin"),
      Person(name: "Dana Whitfield", role: "manager"),
      Person(name: "Tom Alvarez", role: "rep"),
      Person(name: "Nina Castellano", role: "rep"),
      Person(name: "Jerome Baptiste", role: "rep"),
      Person(name: "Ruth Lindqvist", role: "read_only"),
    ],
    teams: [
      Team(name: "North America", type: "field_sales", manager: "Dana Whitfield"),
      Team(
        name: "East Coast",
        type: "field_sales",
        manager: "Dana Whitfield",
        parent: "North America",
        members: ["Tom Alvarez"]
      ),
      Team(
        name: "West Coast",
        type: "inside_sales",
        manager: "Dana Whitfield",
        parent: "North America",
        members: ["Nina Castellano"]
      ),
      // What it sells, a manager of the other teams does not see.
      Team(
        name: "Key Accounts",
        type: "enterprise",
        manager: "Marcus Webb",
        members: ["Jerome Baptiste"]
      ),
    ]
  )

  private static let globex = DemoTenant(
    subdomain: "globex",
    name: "Globex Europe",
    region: "DE",
    timeZone: "Europe/Berlin",
    currency: "EUR",
    otherCurrency: "CHF",
    otherRate: "1.05",
    seed: 2,
    people: [
      Person(name: "Katrin Vogel", role: "admin", isOwner: true),
      Person(name: "Pieter Janssen", role: "admin"),
      Person(name: "Sofia Lindgren", role: "manager"),
      Person(name: "Max Brandt", role: "rep"),
      Person(name: "Elena Rossi", role: "rep"),
      Person(name: "Hugo Martin", role: "read_only"),
    ],
    teams: [
      Team(name: "Europe", type: "field_sales", manager: "Sofia Lindgren"),
      Team(
        name: "Central Europe",
        type: "field_sales",
        manager: "Sofia Lindgren",
        parent: "Europe",
        members: ["Max Brandt"]
      ),
      Team(
        name: "Southern Europe",
        type: "smb",
        manager: "Pieter Janssen",
        members: ["Elena Rossi"]
      ),
    ]
  )

  /// Every member's login.
  ///
  /// - Parameter address: the URL of a tenant.
  /// - Returns: a table with a heading.
  static func loginTable(_ address: (String) -> String) -> String {
    let rows = all.flatMap { tenant in
      tenant.people.map { person in
        [
          address(tenant.subdomain), person.isOwner ? "owner" : person.role, person.name,
          tenant.email(of: person), password,
        ]
      }
    }
    return TextTable(heading: ["host", "role", "name", "e-mail", "password"], rows: rows).text
  }
}
