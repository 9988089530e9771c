/// A company that a demo tenant sells to, with the people it knows there.
struct DemoAccount: Sendable {
  static let columns = [
    "External Id", "Name", "Type", "Lifecycle", "Parent", "Website", "Phone", "Industry",
    "Employees", "Annual Revenue", "Billing Address Street", "Billing Address City",
    "Billing Address State", "Billing Address Postal Code", "Billing Address Country", "Owner",
  ]
  static let contactColumns = [
    "External Id", "First Name", "Last Name", "Email", "Phone", "Job Title", "Account", "Owner",
    "Email Consent",
  ]
  /// How many people are known at each.
  static let contacts = 2
  /// Beyond the companies at which the demo's leads work.
  private static let firstCompany = 5_000

  let id: String
  let company: DemoCompany
  let lifecycle: String
  /// An e-mail address.
  let owner: String
  private let number: Int
  private let type: String
  /// The id of the account that it is a part of; empty for most.
  private let parent: String
  private let phone: String
  private let seed: UInt64

  init(number: Int, of demo: DemoTenant) {
    self.number = number
    seed = demo.seed
    id = "demo-account-\(number + 1)"
    company = DemoCompany(family: number, number: Self.firstCompany + number, seed: seed)
    var random = DemoRandom(seed: seed &+ 2_000, stream: UInt64(number))
    (type, lifecycle) = random.pick([
      ("customer", "customer"), ("customer", "customer"), ("prospect", "prospect"),
      ("partner", "customer"), ("prospect", "inactive"),
    ])
    parent = number % 9 == 8 ? "demo-account-\(number)" : ""
    owner = demo.email(of: random.pick(demo.sellers))
    phone = company.country.phone(company.city, &random)
  }

  /// Whether it may have a deal in a stage: what was won, and what is renewed, is a customer's, and nothing is
  /// under way with one that is inactive.
  func mayHave(_ stage: DemoPipeline.Stage, in pipeline: DemoPipeline) -> Bool {
    if stage.kind == "won" || pipeline.isOfCustomers { return lifecycle == "customer" }
    return stage.kind == "lost" || lifecycle != "inactive"
  }

  /// The values of `columns`.
  var values: [String] {
    [
      id, company.name, type, lifecycle, parent, "https://www.\(company.domain)", phone,
      company.industry, String(company.size), company.annualRevenue.map(String.init) ?? "",
      company.address, company.city.name, company.city.state, company.postalCode,
      company.country.name, owner,
    ]
  }

  /// The values of `contactColumns` for each of its people.
  var people: [[String]] {
    (0..<Self.contacts).map { place in
      // Leads of one company have numbers in a row.
      let person = DemoLead(
        number: (Self.firstCompany + number) * 3 + place,
        seed: seed,
        at: company
      )
      return [
        "demo-contact-\(number * Self.contacts + place + 1)", person.firstName, person.lastName,
        person.email, person.phone, person.jobTitle, id, owner,
        person.doNotEmail ? "denied" : "granted",
      ]
    }
  }
}
