/// A country of demo companies, with the names people have there.
///
/// Phone numbers are those that the countries' authorities reserve for fiction (555-01xx; Ofcom's
/// and the Bundesnetzagentur's numbers for drama), so that no real number is used.
struct DemoCountry: Sendable {
  struct City: Sendable {
    let name: String
    let state: String
    /// First digits of its postal codes.
    let postalPrefix: String
    /// Area code of its phones.
    let areaCode: String
    let timeZone: String
  }

  let name: String
  let legalForms: [String]
  let cities: [City]
  let firstNames: [String]
  let lastNames: [String]
  let streets: [String]
  /// A postal code of a city.
  let postalCode: @Sendable (City, inout DemoRandom) -> String
  /// A phone number in a city, in one of the ways people write it.
  let phone: @Sendable (City, inout DemoRandom) -> String
  /// A street with its number.
  let address: @Sendable (String, Int) -> String

  static let all: KeyValuePairs<DemoCountry, Int> = [
    unitedStates: 60, unitedKingdom: 25, germany: 15,
  ]

  static let unitedStates = DemoCountry(
    name: "United States",
    legalForms: ["Inc.", "LLC", "Corp.", "Group"],
    cities: [
      ("New York", "NY", "100", "212", "America/New_York"),
      ("Boston", "MA", "021", "617", "America/New_York"),
      ("Atlanta", "GA", "303", "404", "America/New_York"),
      ("Miami", "FL", "331", "305", "America/New_York"),
      ("Pittsburgh", "PA", "152", "412", "America/New_York"),
      ("Chicago", "IL", "606", "312", "America/Chicago"),
      ("Dallas", "TX", "752", "214", "America/Chicago"),
      ("Houston", "TX", "770", "713", "America/Chicago"),
      ("Minneapolis", "MN", "554", "612", "America/Chicago"),
      ("Denver", "CO", "802", "303", "America/Denver"),
      ("Phoenix", "AZ", "850", "602", "America/Phoenix"),
      ("Seattle", "WA", "981", "206", "America/Los_Angeles"),
      ("Portland", "OR", "972", "503", "America/Los_Angeles"),
      ("San Francisco", "CA", "941", "415", "America/Los_Angeles"),
      ("San Diego", "CA", "921", "619", "America/Los_Angeles"),
    ].map(City.init),
    firstNames: words(
      """
      James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard
      Susan Joseph Jessica Thomas Karen Carlos Maria Daniel Lisa Matthew Nancy Anthony Sandra Mark
      Ashley Kevin Emily Brian Donna Andre Michelle Luis Carol Eric Amanda Jamal Melissa Hiroshi Priya
      """
    ),
    lastNames: words(
      """
      Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Wilson
      Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez
      Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson
      Baker Hall Rivera Campbell Mitchell Carter Roberts O'Brien Patel Kim Chen Okafor
      """
    ),
    streets: ["Main St", "Oak Ave", "Market St", "Maple Dr", "2nd Ave", "Lake Blvd", "Mill Rd"],
    postalCode: { city, random in city.postalPrefix + padded(random.index(100), 2) },
    phone: { city, random in
      let line = "01" + padded(random.index(100), 2)
      let numbers = [
        "(\(city.areaCode)) 555-\(line)", "\(city.areaCode)-555-\(line)",
        "\(city.areaCode).555.\(line)", "+1 \(city.areaCode) 555 \(line)",
      ]
      return random.chance(3) ? "555-\(line)" : random.pick(numbers)
    },
    address: { street, number in "\(number) \(street)" }
  )

  static let unitedKingdom = DemoCountry(
    name: "United Kingdom",
    legalForms: ["Ltd", "PLC", "& Sons", "LLP"],
    cities: [
      ("London", "Greater London", "EC", "20 7946 0", "Europe/London"),
      ("Manchester", "Greater Manchester", "M", "161 496 0", "Europe/London"),
      ("Birmingham", "West Midlands", "B", "121 496 0", "Europe/London"),
      ("Leeds", "West Yorkshire", "LS", "113 496 0", "Europe/London"),
      ("Bristol", "Bristol", "BS", "117 496 0", "Europe/London"),
      ("Edinburgh", "Scotland", "EH", "131 496 0", "Europe/London"),
      ("Glasgow", "Scotland", "G", "141 496 0", "Europe/London"),
    ].map(City.init),
    firstNames: words(
      """
      Oliver Amelia George Isla Harry Ava Noah Emily Jack Sophie Charlie Grace Freya Alfie Poppy Oscar
      Ella Arthur Charlotte Theo Florence Mohammed Aisha Rhys Niamh Callum Imogen Ewan Harriet Gareth
      """
    ),
    lastNames: words(
      """
      Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Wright Thompson Evans Walker White
      Roberts Green Hall Wood Jackson Clarke Khan Hughes Edwards Turner Hill Cooper Ward Morris Begum
      MacDonald Campbell Stewart Llewellyn O'Connor Fairbairn Ashworth Pemberton Hargreaves
      """
    ),
    streets: [
      "High Street", "Station Road", "Church Lane", "Victoria Road", "Mill Lane", "Park Row",
    ],
    postalCode: { city, random in
      let letters = ["AB", "DL", "JN", "QT", "RX", "WY"]
      return "\(city.postalPrefix)\(random.index(9) + 1) \(random.index(10))\(random.pick(letters))"
    },
    phone: { city, random in
      let line = padded(random.index(1_000), 3)
      return random.pick(["+44 \(city.areaCode)\(line)", "+44 (0)\(city.areaCode)\(line)"])
    },
    address: { street, number in "\(number) \(street)" }
  )

  static let germany = DemoCountry(
    name: "Germany",
    legalForms: ["GmbH", "AG", "GmbH & Co. KG", "SE"],
    cities: [
      ("Berlin", "Berlin", "101", "30 23125", "Europe/Berlin"),
      ("Hamburg", "Hamburg", "203", "40 66969", "Europe/Berlin"),
      ("München", "Bayern", "803", "89 99998", "Europe/Berlin"),
      ("Köln", "Nordrhein-Westfalen", "506", "221 4710", "Europe/Berlin"),
      ("Frankfurt am Main", "Hessen", "603", "69 90009", "Europe/Berlin"),
    ].map(City.init),
    firstNames: words(
      """
      Lukas Anna Jonas Lena Finn Laura Paul Julia Felix Katharina Maximilian Sophie Jürgen Brigitte
      Stefan Sabine Matthias Claudia Björn Käthe Sven Heike Emre Ayşe Thorsten Ute Günther Annika
      """
    ),
    lastNames: words(
      """
      Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer
      Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange
      Krause Lehmann Köhler Maier Huber Kaiser Fuchs Yılmaz Vogel Weiß Jäger Groß
      """
    ),
    streets: [
      "Hauptstraße", "Bahnhofstraße", "Gartenweg", "Lindenallee", "Am Markt", "Schillerplatz",
    ],
    postalCode: { city, random in city.postalPrefix + padded(random.index(100), 2) },
    phone: { city, random in
      let line = padded(random.index(1_000), 3)
      return random.pick(["+49 \(city.areaCode)\(line)", "+49 (0)\(city.areaCode)\(line)"])
    },
    address: { street, number in "\(street) \(number)" }
  )

  private static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// The number padded with leading zeros.
  private static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
