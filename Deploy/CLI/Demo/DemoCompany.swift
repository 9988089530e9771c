/// A company that demo leads work at; several leads share one.
struct DemoCompany: Sendable {
  let name: String
  let domain: String
  let industry: String
  let size: Int
  /// Annual revenue in whole units of the tenant's currency; nil when unknown.
  let annualRevenue: Int?
  let country: DemoCountry
  let city: DemoCountry.City
  let address: String
  let postalCode: String

  /// A company that was founded by a family, which gave it its name.
  ///
  /// - Parameters:
  ///   - family: from 0 to 59; each gives a different name.
  ///   - number: as of other companies.
  ///   - seed: of the whole file.
  init(family: Int, number: Int, seed: UInt64) {
    self.init(number: number, seed: seed) { country in
      let (trade, industry) = Self.trades[(family * 7 + Int(seed % 30)) % Self.trades.count]
      return ([country.lastNames[family % country.lastNames.count], trade], industry)
    }
  }

  /// - Parameters:
  ///   - number: from 0; each number gives a different name.
  ///   - seed: of the whole file.
  init(number: Int, seed: UInt64) {
    self.init(number: number, seed: seed) { _ in Self.words(of: number, seed: seed) }
  }

  private init(
    number: Int,
    seed: UInt64,
    named: (DemoCountry) -> (words: [String], industry: String)
  ) {
    var random = DemoRandom(seed: seed, stream: UInt64(number) << 1 | 1)
    country = random.pick(weighted: DemoCountry.all)
    city = random.pick(country.cities)
    let (words, industry) = named(country)
    self.industry = industry
    domain = DemoLead.plain(words.joined(separator: "-")) + ".example"
    name = words.joined(separator: " ") + " " + random.pick(country.legalForms)

    size = random.pick(weighted: [
      1 + random.index(10): 20, 11 + random.index(40): 30, 51 + random.index(200): 25,
      251 + random.index(750): 15, 1_001 + random.index(9_000): 10,
    ])
    let revenue = size * (60 + random.index(190)) * 1_000
    annualRevenue = random.chance(70) ? revenue : nil
    address = country.address(random.pick(country.streets), 1 + random.index(240))
    postalCode = country.postalCode(city, &random)
  }

  /// What the company with a number is called, and its industry.
  private static func words(of number: Int, seed: UInt64) -> (words: [String], industry: String) {
    // Walks through all pairs of words before a region is put in front, and through all regions
    // before the number is; 1009 shares no factor with the number of pairs, so that neighbours
    // differ.
    let pairs = firstWords.count * trades.count
    let pair = (number % pairs * 1_009 + Int(seed % UInt64(pairs))) % pairs
    let (trade, industry) = trades[pair / firstWords.count]
    var words = [firstWords[pair % firstWords.count], trade]
    let round = number / pairs
    if round > 0 { words.insert(regions[(round - 1) % regions.count], at: 0) }
    if round > regions.count { words.append(String(round)) }
    return (words, industry)
  }

  private static let firstWords = [
    "Northwind", "Bluestone", "Silverline", "Redwood", "Brightwater", "Ironbridge", "Clearview",
    "Summit", "Harbor", "Keystone", "Evergreen", "Lakeside", "Stonegate", "Fairfield", "Westbrook",
    "Highland", "Maplewood", "Granite", "Oakhurst", "Riverbend", "Falcon", "Beacon", "Cobalt",
    "Meridian", "Pinnacle", "Orchard", "Sterling", "Horizon", "Crescent", "Juniper", "Amber",
    "Cedar", "Foxglove", "Kestrel", "Larkspur", "Mercury", "Nimbus", "Obsidian", "Quartz",
    "Saffron",
  ]
  private static let trades: [(String, String)] = [
    ("Logistics", "Transportation"), ("Software", "Software"), ("Analytics", "Software"),
    ("Foods", "Food and Beverage"), ("Bakeries", "Food and Beverage"), ("Medical", "Healthcare"),
    ("Pharma", "Healthcare"), ("Dental", "Healthcare"), ("Insurance", "Insurance"),
    ("Capital", "Finance"), ("Credit", "Finance"), ("Construction", "Construction"),
    ("Interiors", "Construction"), ("Energy", "Energy"), ("Solar", "Energy"),
    ("Motors", "Automotive"), ("Components", "Manufacturing"), ("Tools", "Manufacturing"),
    ("Plastics", "Manufacturing"), ("Textiles", "Retail"), ("Outfitters", "Retail"),
    ("Learning", "Education"), ("Hotels", "Hospitality"), ("Travel", "Hospitality"),
    ("Media", "Media"), ("Legal", "Professional Services"),
    ("Consulting", "Professional Services"),
    ("Staffing", "Professional Services"), ("Telecom", "Telecommunications"),
    ("Farms", "Agriculture"),
  ]
  private static let regions = [
    "Pacific", "Atlantic", "Nordic", "Alpine", "Baltic", "Midland", "Coastal", "Central",
    "Northern",
    "Southern", "Eastern", "Western", "Royal", "Greater", "United", "First", "National", "Metro",
    "Valley", "Prairie", "Island", "Harbour", "Continental", "Global", "Modern", "Prime", "Premier",
    "Allied", "Union", "General",
  ]
}
