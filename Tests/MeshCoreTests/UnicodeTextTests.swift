import MeshCore
import Testing

@Suite struct `The forms of a text` {
  private static let nfd = "Gro\u{308}\u{DF}e \u{212B}ngstro\u{308}m"

  @Test func `are composed and decomposed`() {
    let composed = UnicodeText.composed(Self.nfd)
    #expect(
      composed.unicodeScalars.elementsEqual("Gr\u{F6}\u{DF}e \u{C5}ngstr\u{F6}m".unicodeScalars)
    )
    #expect(
      UnicodeText.decomposed("\u{E9}").unicodeScalars.elementsEqual("e\u{301}".unicodeScalars)
    )
    #expect(UnicodeText.composed("plain") == "plain")
  }

  @Test(arguments: [
    ("ＡＣＭＥ", "acme"), ("Ünal", "u\u{308}nal"), ("Straße", "STRASSE"), ("a\u{200B}b", "ab"),
    ("Σίσυφος", "σίσυφοσ"), ("ﬁx", "FIX"),
  ])
  func `are folded alike where they look alike`(left: String, right: String) {
    let (left, right) = (UnicodeText.folded(left), UnicodeText.folded(right))
    #expect(left.utf8.elementsEqual(right.utf8))
  }

  @Test func `keep letters with other accents apart`() {
    #expect(UnicodeText.folded("jürgen") != UnicodeText.folded("jurgen"))
  }

  @Test func `of a long text are whole`() {
    let long = String(repeating: "\u{FDFA}", count: 1_000)
    #expect(UnicodeText.folded(long).unicodeScalars.count == 18_000)
    #expect(UnicodeText.transliterated(String(repeating: "щ", count: 1_000)).utf8.count >= 1_000)
  }

  @Test(arguments: ["", " \u{A0}", "\u{200B}", "\u{2060}\u{FEFF}", "\u{3164}", "\u{AD}"])
  func `show nothing where there is nothing to see`(text: String) {
    #expect(!UnicodeText.isVisible(text))
    #expect(UnicodeText.isVisible(text + "é"))
  }

  @Test(arguments: [
    ("ada@EXAMPLE.com", "ada@example.com"), ("Ada@xn--mller-kva.example", "Ada@müller.example"),
    ("ada@MÜLLER.example", "ada@müller.example"),
    ("ada@mu\u{308}ller.example", "ada@müller.example"),
    ("ada@exa_mple", "ada@exa_mple"), ("nobody", "nobody"),
  ])
  func `of an address have one domain`(text: String, formed: String) {
    #expect(EmailAddress.formed(text) == formed)
    #expect(EmailAddress.folded(text) == EmailAddress.folded(formed.uppercased()))
  }
}

@Suite struct `A collation key` {
  @Test func `puts accents with their letter and case after letter`() {
    let words = [
      "", "!", "10", "adams", "Adams", "Ähre", "Éluard", "Evans", "Łącki", "Lang", "Öster",
      "oswald",
      "resume", "résumé", "Résumé", "Zimmer", "Αθήνα", "Новый", "산", "日本",
    ]
    let sorted = words.reversed().sorted {
      CollationKey.make($0).lexicographicallyPrecedes(CollationKey.make($1))
    }
    #expect(sorted == words)
  }

  @Test func `is the same for one text in two forms, and bounded`() {
    #expect(CollationKey.make("é") == CollationKey.make("e\u{301}"))
    let long = CollationKey.make(String(repeating: "日", count: 5_000))
    #expect((100...400).contains(long.count))
    #expect(CollationKey.make("").isEmpty)
    #expect(!CollationKey.make("a").contains(0) && !CollationKey.version.allSatisfy { $0 == 0 })
  }
}
