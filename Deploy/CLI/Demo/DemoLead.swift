/// One row of a demo file.
struct DemoLead: Sendable, Equatable {
  static let columns = [
    "External Id", "First Name", "Last Name", "Email", "Phone", "Job Title", "Company", "Industry",
    "Employees", "Annual Revenue", "Website", "Street", "City", "State", "Postal Code", "Country",
    "Time Zone", "Source", "Campaign", "Status", "Do Not Email", "Do Not Call", "Description",
  ]

  var id: String
  var firstName: String
  var lastName: String
  var email: String
  var phone: String
  var jobTitle: String
  var company: String
  let industry: String
  let employees: String
  let annualRevenue: String
  let website: String
  let street: String
  let city: String
  let state: String
  let postalCode: String
  let country: String
  let timeZone: String
  var source: String
  var campaign: String
  var status: String
  var doNotEmail: Bool
  var doNotCall: Bool
  var description: String

  /// The values of `columns`.
  var values: [String] {
    [
      id, firstName, lastName, email, phone, jobTitle, company, industry, employees, annualRevenue,
      website, street, city, state, postalCode, country, timeZone, source, campaign, status,
      doNotEmail ? "yes" : "", doNotCall ? "yes" : "", description,
    ]
  }

  /// How many leads work at one company.
  private static let colleagues = 3

  /// A different person for each number.
  ///
  /// - Parameters:
  ///   - number: from 0.
  ///   - seed: of the whole file.
  ///   - employer: where they work; nil for the company that a lead with the number works at.
  init(number: Int, seed: UInt64, at employer: DemoCompany? = nil) {
    let company = employer ?? DemoCompany(number: number / Self.colleagues, seed: seed)
    var random = DemoRandom(seed: seed, stream: UInt64(number) << 1)
    let country = company.country
    id = "demo-\(number + 1)"
    firstName = random.pick(country.firstNames)
    lastName = random.pick(country.lastNames)
    // Colleagues with the same name still have different addresses.
    let (first, last) = (Self.plain(firstName), Self.plain(lastName))
    let names = ["\(first).\(last)", "\(first.prefix(1))\(last)", "\(last)-\(first)"]
    let address = "\(names[number % Self.colleagues])@\(company.domain)"
    let phone = country.phone(company.city, &random)
    let reach = random.index(100)
    email = reach < 6 ? "" : address
    self.phone = (6..<14).contains(reach) ? "" : phone
    jobTitle = random.pick(weighted: Self.jobTitles)
    self.company = company.name
    industry = company.industry
    employees = String(company.size)
    annualRevenue = company.annualRevenue.map(String.init) ?? ""
    website = "https://www.\(company.domain)"
    street = company.address
    city = company.city.name
    state = company.city.state
    postalCode = company.postalCode
    self.country = country.name
    timeZone = company.city.timeZone
    source = random.pick(weighted: Self.sources)
    campaign = random.chance(40) ? random.pick(Self.campaigns) : ""
    status = random.pick(weighted: Self.statuses)
    doNotEmail = random.chance(4)
    doNotCall = random.chance(3)
    description = random.chance(30) ? random.pick(Self.descriptions) : ""
  }

  /// A name in the form used in e-mail addresses: a to z.
  static func plain(_ name: String) -> String {
    let foreign: [Character: String] = [
      "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ş": "s", "ı": "i", "'": "",
    ]
    return name.lowercased().reduce(into: "") { $0 += foreign[$1] ?? String($1) }
  }

  private static let jobTitles: KeyValuePairs = [
    "Chief Executive Officer": 5, "Owner": 7, "Managing Director": 6, "Chief Financial Officer": 4,
    "VP of Sales": 6, "VP of Operations": 5, "Head of Marketing": 7, "Head of Procurement": 6,
    "IT Director": 7, "Operations Manager": 11, "Office Manager": 8, "Purchasing Manager": 8,
    "Marketing Manager": 9, "Sales Representative": 6, "Software Engineer": 5, "Analyst": 5, "": 6,
  ]
  private static let sources: KeyValuePairs = [
    "Website": 32, "Referral": 16, "Trade Show": 13, "Webinar": 11, "Social Media": 10,
    "Email Campaign": 9, "Cold Call": 6, "Partner": 3,
  ]
  private static let campaigns = [
    "Spring Launch", "Summer Webinars", "Autumn Fair", "Year End Offer", "Newsletter",
  ]
  private static let statuses: KeyValuePairs = [
    "New": 45, "Contacted": 27, "Qualified": 13, "Unqualified": 10, "Dead": 5,
  ]
  private static let descriptions = [
    "Asked for a price list.", "Wants a demonstration before the end of the quarter.",
    "Downloaded the guide to \"faster quotes\".", "Replaces a system that is twelve years old.",
    "Met at the fair.\nInterested in three sites, decides in spring.",
    "Budget is approved; compares two other vendors.", "Call back after the holidays.",
  ]
}
