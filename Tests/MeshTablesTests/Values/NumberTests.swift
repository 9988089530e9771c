import MeshCore
import MeshTables
import Testing

private func column(_ values: [String]) -> NumberEvidence {
  var evidence = NumberEvidence()
  for value in values { evidence.add(value) }
  return evidence
}

private func currency(_ code: String) throws -> CurrencyCode { try #require(CurrencyCode(code)) }

@Suite struct `Amounts of a column` {
  @Test func `are read as people of the United States write them`() throws {
    let cells: [(String, Int64?, String)] = [
      ("$1,200.00", 120_000, "USD"), ("1200 USD", 120_000, "USD"), ("USD 1,200", 120_000, "USD"),
      ("€1,200", 120_000, "EUR"), ("1.2M", nil, ""), ("$ 1,200", 120_000, "USD"),
      (" 1200 ", 120_000, "USD"), ("1,200.00 ", 120_000, "USD"), ("N/A", nil, ""), ("-", nil, ""),
      ("1200.005", nil, ""), ("1.2E+6", 120_000_000, "USD"), ("0", 0, "USD"),
      ("1 200 000", 120_000_000, "USD"), ("1\u{A0}200\u{A0}000,00", 120_000_000, "USD"),
    ]
    let form = column(cells.map(\.0)).form(region: "US")
    #expect(form.mark == .point)
    let reader = NumberReader(form, currency: try currency("USD"))
    for (text, minor, code) in cells {
      let read = reader.money(text)
      #expect(read.value?.amountMinor == minor, "\(text)")
      if minor != nil { #expect(read.value?.currency.text == code, "\(text)") }
      #expect(read.isEmpty == ["N/A", "-"].contains(text), "\(text)")
    }
  }

  @Test func `are read as Germans write them`() throws {
    let cells: [(String, Int64)] = [
      ("1.250.000,00", 125_000_000), ("1.250", 125_000), ("12.500", 1_250_000), ("4,25", 425),
      ("1.250,00", 125_000), ("4.250,5", 425_050), ("€ 1.250", 125_000), ("2.000", 200_000),
      ("1.200.000", 120_000_000),
    ]
    for region in ["DE", "US", ""] {
      let form = column(cells.map(\.0)).form(region: region)
      #expect(form.mark == .comma)
      let reader = NumberReader(form, currency: try currency("EUR"))
      for (text, minor) in cells {
        #expect(reader.money(text).value?.amountMinor == minor, "\(text) in \(region)")
      }
    }
  }

  @Test(arguments: [
    ("(1,200.50)", -120_050), ("-1,200.50", -120_050), ("1,200.50-", -120_050),
    ("\u{2212}$5.00", -500), ("$-5.00", -500), ("1'200.50", 120_050), ("1\u{2019}200.50", 120_050),
    ("12,34,567.89", 123_456_789), (".5", 50), ("5.", 500), ("1200.-", 120_000),
    ("1,200,000", 120_000_000), ("US$ 7", 700), ("7 dollars", 700), ("$7 USD", 700),
    ("１２００", 120_000), ("0.10", 10), ("5.10000", 510), ("92233720368547758.07", Int64.max),
    ("$ (1,234.00)", -123_400), ("($1,234)", -123_400), ("1'234'567.80", 123_456_780),
    ("1,23,456", 12_345_600), ("1.200,-", 120_000), ("1,200.-", 120_000), ("1.200.-", 120_000),
    ("1'200.--", 120_000), ("12.345.678", 1_234_567_800), ("1 234 567,89", 123_456_789),
    ("1,200.00 US$", 120_000), ("1.2e6", 120_000_000), ("1.20E+06", 120_000_000), ("-0.5", -50),
    ("\u{202F}1\u{202F}200\u{202F}", 120_000), ("'1200", 120_000), ("=\"1200\"", 120_000),
    ("＄１，２００．５０", 120_050), ("1\u{2009}200,5", 120_050), ("000123", 12_300),
  ])
  func `have signs, groups and currencies of many kinds`(_ text: String, _ minor: Int64) throws {
    let form = NumberForm(mark: .point, basis: .values)
    let reader = NumberReader(form, currency: try currency("USD"))
    #expect(reader.money(text).value == Money(amountMinor: minor, currency: try currency("USD")))
  }

  @Test(arguments: [
    ("zł 5", "PLN"), ("5 zł", "PLN"), ("R$ 5", "BRL"), ("CHF 5", "CHF"), ("Fr. 5", "CHF"),
    ("£5", "GBP"), ("₹5", "INR"), ("Rs.5", "INR"), ("5 Kč", "CZK"), ("5 €", "EUR"),
    ("5 euros", "EUR"), ("¥5", "JPY"), ("CA$5", "CAD"), ("$5 CAD", "CAD"), ("5 kr", "SEK"),
    ("kr.5", "SEK"), ("5 円", "JPY"), ("₩5", "KRW"), ("Rs. 5", "INR"), ("USD (5)", "USD"),
  ])
  func `name their currency before or behind the number`(_ text: String, _ code: String) throws {
    let home = try currency(code == "SEK" ? "SEK" : "USD")
    let reader = NumberReader(.chosen(.point), currency: home)
    #expect(reader.money(text).value?.currency.text == code)
  }

  @Test func `with a dollar sign are in the tenant's dollars`() throws {
    let reader = NumberReader(.chosen(.point), currency: try currency("CAD"))
    #expect(reader.money("$5").value?.currency.text == "CAD")
    #expect(NumberReader(.chosen(.point), currency: try currency("EUR")).money("5 kr").fault != nil)
  }

  @Test(arguments: [
    "1.2M", "abc", "12 34", "1,2,3", "1..2", "5 EUR USD", "$5 EUR", "50%", "((5))", "--5", "5)",
    "#N/A", "#REF!", "1.23457E+11", "92233720368547758.08",
    "99999999999999999999999999999999999999999",
    "1E+999", "1E+99999", "1E", "0x10", "٫", "10-Jan", "1 2 3", "0.001", "1e-9", "5-5", ",", "€",
    "USD 5k", "1.5M", "ca. 1200", ">1000000", "1-5M", "USD 5 (EUR 4)", "5/6", "1,234万円",
    "12.50,-", "1,2345,678", "12,34,56", "1.234.56", "0,123,456", "1''200", "$", "five",
  ])
  func `that cannot be read surely are left out`(_ text: String) throws {
    let reader = NumberReader(.chosen(.point), currency: try currency("USD"))
    #expect(reader.money(text).fault != nil)
  }

  @Test(
    arguments: [
      (["1.250", "12.500"], "DE", DecimalMark.comma, NumberForm.Basis.region),
      (["1.250", "12.500"], "US", nil, .region),
      (["1,250", "12,500"], "US", .point, .region),
      (["1,250", "12,500"], "DE", nil, .region),
      (["1,250", "12,500"], "", nil, .region),
      (["1,250", "12,500", "3.5"], "DE", .point, .values),
      (["1.250", "1,250"], "US", nil, .region),
      (["1.250", "3,5"], "US", .comma, .values),
      (["1.250", "3,5", "3.5"], "US", .point, .region),
      (["1.250", "3,5", "4,5", "3.5"], "US", nil, .values),
      (["1.250", "3,5", "4,5", "3.5", "5,5"], "DE", .comma, .values),
      (["1.250", "3,5", "3.5"], "CA", nil, .values),
      (["1.250", "12.500", "2.000", "3.5"], "US", nil, .values),
      (["1.250", "12.500", "2.000", "3.5"], "DE", nil, .values),
      (["1.250", "0.125", "2.000"], "US", .point, .values),
      (["1.250", "2.5", "3.75"], "US", .point, .values),
      (["1,250", "12,500", "2,5"], "DE", nil, .values),
      (["1.000", "250"], "DE", .comma, .region),
      (["1.000", "250"], "CH", nil, .region),
      (["1'234.50", "1.000"], "CH", .point, .values),
      (["1,234", "€ -"], "IN", .point, .region),
      (["1,23,456", "1,234"], "DE", .point, .values),
      (["¥1,234"], "JP", .point, .region),
      (["1 234,56", "1.234"], "PL", .comma, .values),
      (["1.234,-", "1.500"], "PL", .comma, .region),
      (["1200", "7"], "DE", .comma, .unneeded),
      ([], "", .point, .unneeded),
    ] as [([String], String, DecimalMark?, NumberForm.Basis)]
  )
  func `are decided by the column, then by the region, and else asked about`(
    _ values: [String],
    _ region: String,
    _ mark: DecimalMark?,
    _ basis: NumberForm.Basis
  ) {
    let form = column(values).form(region: region)
    #expect(form.mark == mark)
    #expect(form.basis == basis)
  }

  @Test(arguments: ["€ -", "-   $", "$ -", "- €", "EUR \u{2013}", "N/A", "--"])
  func `are empty where a spreadsheet shows a dash`(_ text: String) throws {
    #expect(NumberReader(.chosen(.comma), currency: try currency("EUR")).money(text).isEmpty)
    #expect(column([text]).unreadable == 0)
  }

  @Test func `without decimals in their currency need none`() throws {
    let form = column(["1,234", "12,500"]).form(region: "JP")
    let reader = NumberReader(form, currency: try currency("JPY"))
    #expect(reader.money("¥1,234").value?.amountMinor == 1234)
    #expect(reader.money("1,234.00円").value?.amountMinor == 1234)
    #expect(reader.money("1,234.5").fault != nil)
  }

  @Test func `that can mean two numbers are shown and not guessed`() throws {
    let evidence = column(["1.250", "12.500", "1.250", "2.000", "3.000"])
    #expect(evidence.examples == ["1.250", "12.500", "2.000"])
    let reader = NumberReader(evidence.form(region: "US"), currency: try currency("USD"))
    #expect(reader.money("1.250").fault != nil)
    #expect(reader.money("1250").value?.amountMinor == 125_000)
  }

  @Test(arguments: ["USD", "JPY", "BHD"], DecimalMark.allCases)
  func `come back equal from every way to write them`(_ code: String, _ mark: DecimalMark) throws {
    let currency = try currency(code)
    var random = SeededRandomNumbers()
    for _ in 0..<300 {
      let amount = Int64(random.next() % 10_000_000_000) - 5_000_000_000
      let money = Money(amountMinor: amount, currency: currency)
      let plain = String(money.text.split(separator: " ")[0])
      for group in mark == .point ? [",", "'", " ", ""] : [".", "'", "\u{A0}", ""] {
        let text = written(plain, mark, group)
        let reader = NumberReader(.chosen(mark), currency: currency)
        #expect(reader.money(text).value == money, "\(text)")
        #expect(reader.money("\(code) \(text)").value == money, "\(text)")
      }
    }
  }

  private func written(_ plain: String, _ mark: DecimalMark, _ group: String) -> String {
    let parts = plain.split(separator: ".")
    var whole = String(parts[0].drop { $0 == "-" })
    var groups: [String] = []
    while whole.count > 3 {
      groups.insert(String(whole.suffix(3)), at: 0)
      whole = String(whole.dropLast(3))
    }
    let digits = ([whole] + groups).joined(separator: group)
    return (plain.hasPrefix("-") ? "-" : "") + digits
      + (parts.count > 1 ? "\(mark.character)\(parts[1])" : "")
  }
}

@Suite struct `The currency in a column of its own` {
  @Test(arguments: [
    ("EUR", "EUR"), ("eur", "EUR"), ("€", "EUR"), ("Euro", "EUR"), ("US Dollar", "USD"),
    ("U.S. Dollar", "USD"), ("USD - U.S. Dollar", "USD"), ("British Pound (GBP)", "GBP"),
    ("Polski złoty", "PLN"), ("$", "CAD"), ("kr", "SEK"), ("Swiss Franc", "CHF"),
  ])
  func `is known by code, sign and name`(_ text: String, _ code: String) throws {
    let home = try currency(code == "SEK" ? "SEK" : "CAD")
    #expect(CurrencyCell.read(text, home: home).value?.text == code)
  }

  @Test(arguments: ["Dogecoin", "kr", "EUR/USD", "12", "Dollars and cents", "???!"])
  func `is not guessed`(_ text: String) throws {
    #expect(CurrencyCell.read(text, home: try currency("EUR")).fault != nil)
    #expect(CurrencyCell.read("N/A", home: try currency("EUR")).isEmpty)
  }
}

private struct SeededRandomNumbers {
  private var state: UInt64 = 7

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 16
  }
}

@Suite struct `Whole numbers of a column` {
  @Test func `are head counts and ranges of them`() {
    let cells: [(String, Int64?, Int64?)] = [
      ("50-99", 50, 99), ("1.000", 1000, 1000), ("1.500", 1500, 1500), ("10,5", nil, nil),
      ("1,000", 1000, 1000), ("~200", 200, 200), ("500+", 500, nil), ("10 000", 10_000, 10_000),
      ("1\u{A0}000", 1000, 1000), ("12.0", 12, 12), ("N/A", nil, nil), ("unknown", nil, nil),
      ("1001 to 5000", 1001, 5000), ("2147483648", 2_147_483_648, 2_147_483_648), (" 12 ", 12, 12),
    ]
    let form = column(cells.map(\.0)).form(region: "US", whole: true)
    let reader = NumberReader(form)
    for (text, atLeast, atMost) in cells {
      let count = reader.headCount(text).value
      #expect(count?.atLeast == atLeast, "\(text)")
      #expect(count?.atMost == atMost, "\(text)")
    }
    #expect(reader.headCount("~200").value?.isApproximate == true)
    #expect(reader.headCount("unknown").isEmpty)
  }

  @Test(
    arguments: [
      ("50 – 99", 50, 99), ("11-50 employees", 11, 50), ("1,001-5,000", 1001, 5000),
      ("10,001+", 10_001, nil), ("10001+ employees", 10_001, nil), ("1K-5K", 1000, 5000),
      ("mehr als 500", 500, nil), ("über 500 Mitarbeiter", 500, nil), ("<10", nil, 10),
      ("less than 10", nil, 10), ("de 50 à 99 salariés", 50, 99), ("jusqu'à 10", nil, 10),
      ("más de 500", 500, nil), ("oltre 250 dipendenti", 250, nil), ("meer dan 20", 20, nil),
      ("powyżej 50", 50, nil), ("od 10 do 49", 10, 49), ("50 bis 99", 50, 99),
      ("500 or more", 500, nil),
      ("ca. 30", 30, 30), ("12 employees", 12, 12), ("1 000 – 4 999", 1000, 4999),
      (">= 10", 10, nil),
      ("até 10", nil, 10), ("0", 0, 0), ("11\u{2011}50", 11, 50), ("1001～5000", 1001, 5000),
      ("50〜99人", 50, 99), ("5k-10k", 5000, 10_000), ("10k+", 10_000, nil), ("1E+3", 1000, 1000),
      ("(50-99)", 50, 99), ("[11-50]", 11, 50), ("201 - 500 Mitarbeiter", 201, 500),
      ("plus de 5 000", 5000, nil), ("between 10 and 50", 10, 50), ("1’000", 1000, 1000),
    ] as [(String, Int64?, Int64?)]
  )
  func `are said in the words of eight languages`(
    _ text: String,
    _ atLeast: Int64?,
    _ atMost: Int64?
  ) {
    let count = NumberReader(.chosen(.point)).headCount(text).value
    #expect(count?.atLeast == atLeast)
    #expect(count?.atMost == atMost)
  }

  @Test(arguments: [
    "10-Jan", "Jan-10", "Nov-50", "2024-01-10", "10.01.2024", "99-50", "-5", "5 and 6 and 7",
    "many",
    "10 Downing Street", "oct-10", "01. Okt", "10-janv", "Self-employed", "2.5", "#VALUE!", "#N/A",
    "9223372036854775807K", "12 34", "$50", "50%", "1.23457E+11",
  ])
  func `that are none, or were destroyed by a spreadsheet, are not guessed`(_ text: String) {
    #expect(NumberReader(.chosen(.point)).headCount(text).fault != nil)
  }

  @Test func `may be written with three decimals, which the column shows`() {
    let form = column(["1500.000", "12.000", "0.000"]).form(region: "US", whole: true)
    #expect(NumberReader(form).whole("12.000").value == 12)
    let other = column(["1.500", "12.000"]).form(region: "US", whole: true)
    #expect(NumberReader(other).whole("12.000").value == 12_000)
  }

  @Test(arguments: [
    ("25", 25), ("25%", 25), ("25 %", 25), ("0.25", 25), ("0,4", 40), ("25.0", 25), ("1", 1),
    ("0", 0), ("100%", 100), ("1.0", 1),
  ])
  func `of percent are parts of one, too`(_ text: String, _ percent: Int64) {
    #expect(NumberReader(.chosen(.point)).percent(text) == .value(percent))
  }

  @Test(arguments: ["0.5%", "2.5", "0.125", "high", "25 EUR", "10-Jan", "1.000"])
  func `of percent are not guessed`(_ text: String) {
    #expect(NumberReader(.chosen(.point)).percent(text).fault != nil)
  }

  @Test(arguments: [("50%", "50"), ("12,5", "12.5"), ("-0,125", "-0.125"), ("1.234,5", "1234.5")])
  func `and decimals keep all of their digits`(_ text: String, _ decimal: String) {
    let reader = NumberReader(.chosen(.comma))
    #expect(reader.decimal(text).value?.description == decimal)
    #expect(reader.decimal(text).value?.double == Double(decimal))
  }
}
