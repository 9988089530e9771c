/// A tenant of the demo with the people who work in it.
struct DemoTenant: Sendable {
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

  let subdomain: String
  let name: String
  let region: String
  let timeZone: String
  let currency: String
  /// Seed of its leads.
  let seed: UInt64
  /// The owner first.
  let people: [Person]

  var owner: Person { people[0] }

  func email(of person: Person) -> String { "\(person.account)@\(subdomain).example" }

  static let all = [acme, globex]

  private static let acme = DemoTenant(
    subdomain: "acme",
    name: "Acme Supply",
    region: "US",
    timeZone: "America/New_York",
    currency: "USD",
    seed: 1,
    people: [
      Person(name: "Olivia Grant", role: "admin", isOwner: true),
      Person(name: "Marcus Webb", role: "admin"),
      Person(name: "Dana Whitfield", role: "manager"),
      Person(name: "Tom Alvarez", role: "rep"),
      Person(name: "Nina Castellano", role: "rep"),
      Person(name: "Jerome Baptiste", role: "rep"),
      Person(name: "Ruth Lindqvist", role: "read_only"),
    ]
  )

  private static let globex = DemoTenant(
    subdomain: "globex",
    name: "Globex Europe",
    region: "DE",
    timeZone: "Europe/Berlin",
    currency: "EUR",
    seed: 2,
    people: [
      Person(name: "Katrin Vogel", role: "admin", isOwner: true),
      Person(name: "Pieter Janssen", role: "admin"),
      Person(name: "Sofia Lindgren", role: "manager"),
      Person(name: "Max Brandt", role: "rep"),
      Person(name: "Elena Rossi", role: "rep"),
      Person(name: "Hugo Martin", role: "read_only"),
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
