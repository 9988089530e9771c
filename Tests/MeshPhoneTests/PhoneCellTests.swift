import MeshPhone
import Testing

@Suite struct `Phone numbers of a cell` {
  private func texts(_ cell: String, _ country: String = "", _ region: String = "US") -> [String] {
    PhoneCell.read(cell, country: country, region: region)?.numbers.map(\.text) ?? []
  }

  @Test(arguments: [
    ("(212) 555-0101 x123", "+12125550101 ext. 123"),
    ("212-555-0102 ext. 45", "+12125550102 ext. 45"),
    ("+1 212 555 0103;ext=7", "+12125550103 ext. 7"), ("212 555 0104 #77", "+12125550104 ext. 77"),
    ("212 555 0104 (ext. 77)", "+12125550104 ext. 77"),
    ("+49 30 901820 Durchwahl 12", "+4930901820 ext. 12"),
    ("212-555-0102, ext 5", "+12125550102 ext. 5"),
    ("212 555 0101 interno 12", "+12125550101 ext. 12"),
    ("212 555 0101 toestel 12", "+12125550101 ext. 12"),
    ("212 555 0101 wew. 12", "+12125550101 ext. 12"),
  ])
  func `keep their extension`(_ cell: String, _ number: String) {
    #expect(texts(cell) == [number])
  }

  @Test(arguments: [
    ("00 49 30 901820", "+4930901820"), ("212.555.0101 (mobile)", "+12125550101"),
    ("2125550102.0", "+12125550102"), ("4930901820", "4930901820"),
    ("4915112345678", "+4915112345678"),
    ("Mobile: 212 555 0101", "+12125550101"), ("212 555 0101 work", "+12125550101"),
    ("tel:+1-212-555-0101", "+12125550101"), ("1-800-FLOWERS", "+18003569377"),
    ("\u{202A}+1 212 555 0101\u{202C}", "+12125550101"), ("+49 (0)30 901820", "+4930901820"),
    ("+49 (0) 30 901820", "+4930901820"), ("004930901820", "+4930901820"),
    ("２１２－５５５－０１０１", "+12125550101"), ("1.212.555.0101", "+12125550101"),
    ("Tel. 212 555 0101", "+12125550101"), ("212 555 0101 [work]", "+12125550101"),
    ("+49-30-901820", "+4930901820"), ("1-800-GO-FEDEX", "+18004633339"),
  ])
  func `are freed of what exports add to them`(_ cell: String, _ number: String) {
    #expect(texts(cell) == [number])
  }

  @Test(arguments: [
    "(555) 010-9999 x12", "12-34-56", "ext. 5", "911", "030 901820", "123", "5", "+999 123456789",
    "555 0101 or ask", "2125550101 6465550102",
    "12/2024",
    "1234567890123456",
  ])
  func `that cannot exist stay as they are written`(_ cell: String) {
    let read = PhoneCell.read(cell, region: "US")
    #expect(read?.numbers.map(\.text) == [cell])
    #expect(read?.numbers.first?.isValid == false)
  }

  @Test(arguments: [
    ("030 901820", "Germany", "+4930901820"), ("22 12 34 56", "Norway", "+4722123456"),
    ("55 5658 1111", "Mexico", "+525556581111"),
    ("020 7946 0958", "United Kingdom", "+442079460958"),
    ("030 901820", "DE", "+4930901820"), ("010 6552 9988", "China", "+861065529988"),
    ("212 555 0101", "US", "+12125550101"), ("30 901820", "+49", "+4930901820"),
    ("22 12 34 56", "47", "+4722123456"), ("030 901820", "Allemagne", "+4930901820"),
    ("030 901820", "Germany (+49)", "+4930901820"), ("+1 212 555 0101", "Germany", "+12125550101"),
    ("49 30 901820", "+49", "+4930901820"), ("030 901820", "Berlin, Germany", "+4930901820"),
    ("030 901820", "DEU", "+4930901820"), ("030 901820", "Deutschland / Germany", "+4930901820"),
    ("0044 20 7946 0958", "Germany", "+442079460958"),
    ("06 12 34 56 78", "Frankreich", "+33612345678"),
    ("044 668 18 00", "Schweiz", "+41446681800"), ("+1 212 555 0101", "Atlantis", "+12125550101"),
  ])
  func `are read in the country of the row before the tenant's`(
    _ cell: String,
    _ country: String,
    _ number: String
  ) {
    #expect(texts(cell, country, "US") == [number])
    #expect(texts(cell, country, "DE") == [number])
  }

  @Test(arguments: [("212 555 0101", "Atlantis"), ("030 901820", "Bavaria or so"), ("12345", "?")])
  func `of a country that is not known stay as they are written`(_ cell: String, _ country: String)
  {
    #expect(texts(cell, country, "US") == [cell])
    #expect(texts(cell, country, "DE") == [cell])
  }

  @Test func `are no fax, if there is another`() {
    #expect(
      texts("Fax: 212 555 0101; Tel: 646 555 0102").prefix(2) == ["+16465550102", "+12125550101"]
    )
    #expect(texts("Fax 212 555 0101") == ["+12125550101"])
  }

  @Test(arguments: [
    "+12125550101 +16465550102", "212 555 0101 & 646 555 0102", "212 555 0101\r\n646 555 0102",
    "212 555 0101，646 555 0102", "212 555 0101；646 555 0102", "212 555 0101 y 646 555 0102",
    "212 555 0101; 646 555 0102", "212 555 0101, 646 555 0102", "212 555 0101 / 646 555 0102",
    "212 555 0101 ::: 646 555 0102", "212 555 0101\n646 555 0102", "212 555 0101 or 646 555 0102",
    "Work: 212 555 0101; Mobile: 646 555 0102", "123; 212 555 0101; 646 555 0102",
  ])
  func `may be several`(_ cell: String) {
    #expect(texts(cell).prefix(2) == ["+12125550101", "+16465550102"])
  }

  @Test func `keep the words around them`() {
    let cell = PhoneCell.read(
      "212 555 0101 (mornings only), 646 555 0102 (after 2 pm), ask for reception",
      region: "US"
    )
    #expect(cell?.numbers.map(\.text) == ["+12125550101", "+16465550102"])
    #expect(cell?.notes == ["mornings only", "after 2 pm", "ask for reception"])
  }

  @Test func `have the one first that can exist`() {
    #expect(texts("030 901820; 212 555 0101") == ["+12125550101", "030 901820"])
  }

  @Test(arguments: ["030/901820", "030 / 90 18 20", "(030) 901820-0"])
  func `may be written with a slash in Germany`(_ cell: String) {
    #expect(texts(cell, "", "DE").first?.hasPrefix("+4930901820") == true)
    #expect(texts(cell, "", "DE").count == 1)
  }

  @Test(arguments: [
    "2.12556E+09", "2,12556E+09", "4E+11", "+4.93019E+11", "", "n/a", "ask Jane", "0",
    "000-000-0000", "+00 (000) 0000",
  ])
  func `are none where a spreadsheet shortened them, or there are none`(_ cell: String) {
    #expect(PhoneCell.read(cell, region: "US") == nil)
  }

  @Test func `are dialled with their extension`() {
    #expect(PhoneNumber.parse("212 555 0101 x12", region: "US")?.uri == "tel:+12125550101;ext=12")
  }

  @Test(arguments: ["1", "(", "+1 212 555 0101;", "(a)", "1(", "x1", "[a", " or 12345"])
  func `take no long time however long the cell is`(_ piece: String) {
    let clock = ContinuousClock()
    for count in [999, 100_000] {
      let text = String(repeating: piece, count: count / piece.utf8.count)
      #expect(clock.measure { _ = PhoneCell.read(text, region: "US") } < .seconds(2))
    }
  }
}

@Suite struct `The name of a country` {
  @Test(arguments: [
    ("Germany", "DE"), ("Deutschland", "DE"), ("Allemagne", "DE"), ("Alemania", "DE"),
    ("Germania", "DE"),
    ("Alemanha", "DE"), ("Duitsland", "DE"), ("Niemcy", "DE"), ("DEU", "DE"), ("de", "DE"),
    ("+49", "DE"),
    ("0049", "DE"), ("49", "DE"), ("49.0", "DE"), ("GERMANY ", "DE"), ("Germany (+49)", "DE"),
    ("USA", "US"), ("U.S.A.", "US"), ("United States of America", "US"),
    ("The United States", "US"),
    ("EE. UU.", "US"), ("1", "US"), ("UK", "GB"), ("England", "GB"), ("Großbritannien", "GB"),
    ("Holland", "NL"),
    ("The Netherlands", "NL"), ("Österreich", "AT"), ("Oesterreich", "AT"),
    ("Czech Republic", "CZ"),
    ("South Korea", "KR"), ("中国", "CN"), ("日本", "JP"), ("Россия", "RU"), ("Côte d’Ivoire", "CI"),
    ("México", "MX"), ("Brasil", "BR"), ("Szwajcaria", "CH"), ("Türkiye", "TR"),
    ("Bosnia & Herzegovina", "BA"),
    ("+1", "US"), ("+44", "GB"), ("+7", "RU"), ("Viet Nam", "VN"), ("DE - Germany", "DE"),
    ("Berlin, Germany", "DE"), ("Korea, Republic of", "KR"), ("Austin, TX, USA", "US"),
  ])
  func `is known in eight languages, by code and by dial code`(_ text: String, _ region: String) {
    #expect(CountryName.region(of: text) == region)
  }

  @Test(arguments: [
    "", "Atlantis", "999", "+", "Berlin", "N/A", "-", "12345", "XX", "Germany or France",
    "Wilmington, DE", "Germany, France",
  ])
  func `is not made of other words`(_ text: String) {
    #expect(CountryName.region(of: text) == nil)
  }
}
