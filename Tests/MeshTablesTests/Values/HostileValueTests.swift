import MeshCore
import MeshTables
import MeshTestScale
import Testing

@Suite struct `A hostile cell` {
  private static let pieces = [
    "1", "9", "0", ".", ",", "'", " ", "-", "+", "(", ")", "$", "€", "E", "e", "/", ":", "%", "#",
    "\"", "=",
    "<", ">", "@", ";", "|", "Jan", "T", "Z", "k", "to", "x", "\u{301}", "\u{200B}", "\u{FFFD}",
    "\u{A0}", "👩‍👩‍👧",
    "\u{0}", "\n", "٣", "王", "김", "é", "ß", "\u{202E}", "mailto:", "&", "van", "Dr.", "9999999999",
    "年",
  ]

  private func readAll(_ text: String) {
    var numbers = NumberEvidence()
    numbers.add(text)
    var dates = DateEvidence()
    dates.add(text)
    var ids = IdentifierEvidence()
    ids.add(text)
    var values = DistinctValues()
    values.add(text)
    for mark in DecimalMark.allCases {
      let reader = NumberReader(.chosen(mark))
      _ = (reader.money(text), reader.whole(text), reader.decimal(text), reader.headCount(text))
      _ = reader.percent(text)
    }
    for order in DateOrder.allCases { _ = DateReader(.chosen(order)).date(text) }
    for serial in DateForm.Serial.allCases {
      _ = DateReader(DateForm(order: nil, basis: .values, serial: serial)).date(text)
    }
    _ = (numbers.form(region: ""), dates.form(region: ""), ids.fault())
    _ = (YesNo.read(text), WishCell.read(text, .optIn), SpreadsheetDamage.of(text))
    _ = (CurrencyCell.read(text, home: .usd), IdentifierEvidence.id(text))
    _ = (TellingWords.ofPerson(text), TellingWords.ofThing(text), WishCell.read(text, .optOut))
    for kind in [Placeholder.Kind.value, .organization, .state, .person] {
      _ = Placeholder.isOne(text, as: kind)
    }
    _ = (EmailCell.read(text), WebCell.read(text), PersonName.read(text), CellText.plain(text))
  }

  @Test(arguments: TestScale.seeds(3, long: 300))
  func `is read by every reader without harm`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<2_000 {
      let count = Int.random(in: 0...14, using: &random)
      readAll((0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined())
    }
  }

  @Test(arguments: [
    "1", ",", "\u{301}", "a@b.c;", "<", "(", " ", "Dr. ", "王", "x@", "\"", "'", "=\"", "9/9/",
    "van ", "null ", ",http", "a@b.c/", "(", "[a", "-", "€ -", "王，", " | ", "Ltd ", "年1月",
  ])
  func `takes no long time however long it is`(_ piece: String) {
    let text = String(repeating: piece, count: 200_000 / piece.utf8.count)
    let clock = ContinuousClock()
    #expect(clock.measure { readAll(text) } < .seconds(4))
  }
}
