import MeshCore
import MeshTestScale
import Testing

@Suite struct `The loose form of a text` {
  @Test(arguments: [
    ("ACME", "acme"), ("Müller", "muller"), ("Mu\u{308}ller", "muller"), ("Straße", "strasse"),
    ("STRAẞE", "strasse"), ("İzmir", "izmir"), ("DIYARBAKIR ı", "diyarbakir i"), ("ﬁx", "fix"),
    ("Œuvre", "oeuvre"), ("Σίσυφος", "σισυφοσ"), ("Ёлкин й", "елкин й"), ("ＡＢ１", "ab1"),
    ("a\u{AD}b\u{200B}c", "abc"), ("50% _x\\", "50% _x\\"), ("日本 서울", "日本 서울"), ("", ""),
    ("\u{301}", ""), ("1\u{BD}", "11⁄2"), ("😀", "😀"), ("it’s", "it’s"),
  ])
  func `has neither case nor marks`(text: String, form: String) {
    #expect(LooseText.form(of: text).unicodeScalars.elementsEqual(form.unicodeScalars))
  }

  @Test(arguments: TestScale.seeds(3, long: 50))
  func `is the same for Latin letters wherever they stand`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<300 {
      let scalars = (0..<20).compactMap { _ in Unicode.Scalar(UInt32(random.next() % 0x300)) }
      let text = String(String.UnicodeScalarView(scalars))
      // A text with a character of another script takes the way over ICU.
      let form = LooseText.form(of: text + "日")
      #expect((LooseText.form(of: text) + "日").utf8.elementsEqual(form.utf8))
    }
  }

  @Test func `of what grows most is 11 times as long`() {
    let text = String(repeating: "\u{FDFA}", count: 20_000)
    #expect(LooseText.form(of: text).utf8.count <= 11 * text.utf8.count)
  }
}
