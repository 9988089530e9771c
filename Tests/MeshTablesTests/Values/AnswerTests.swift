import MeshTables
import Testing

@Suite struct `Yes and no` {
  @Test(arguments: [
    "Yes ", " true", "x", "X", "Checked", "✓", "TRUE", "Oui", "Ja", "-1", "1.0", "1", "on", "Sí",
    "sim",
    "tak", "waar", "vero", "wahr", "Y", "✔️", "☑", "1,00", "\u{FEFF}yes",
  ])
  func `are yes in the words and marks that people write`(_ text: String) {
    #expect(YesNo.read(text) == .value(true))
  }

  @Test(arguments: [
    "No", "false", "0", "0.0", "off", "Nein", "non", "não", "nao", "nee", "nie", "FALSCH", "N", "☐",
    "Unchecked", "faux", "fałsz",
  ])
  func `are no in the words and marks that people write`(_ text: String) {
    #expect(YesNo.read(text) == .value(false))
  }

  @Test(arguments: ["", " ", "N/A", "-", "NULL", "unbekannt"])
  func `are neither for an empty cell and placeholders`(_ text: String) {
    #expect(YesNo.read(text).isEmpty)
  }

  @Test(arguments: ["maybe", "2", "10", "1.5", "-2", "Do Not Call", "1.", "yes no", "#N/A"])
  func `are not guessed`(_ text: String) {
    #expect(YesNo.read(text).fault != nil)
  }
}

@Suite struct `A wish not to be contacted` {
  @Test func `is read from the column of a list`() {
    let cells: [(String, Bool?)] = [
      ("Yes ", false), (" true", false), ("x", false), ("X", false), ("Checked", false),
      ("✓", false),
      ("TRUE", false), ("Oui", false), ("Ja", false), ("-1", false), ("1.0", false), ("N/A", nil),
      ("Do Not Call", false), ("-", nil), ("Opted out", false), ("0", true), ("No", true),
      ("", nil),
      ("2024-01-31 09:30:00", false), ("subscribed", true),
    ]
    for (text, mayContact) in cells {
      let wish = ContactWish.read(text, .optOut)
      #expect(wish?.mayContact == mayContact, "\(text)")
      #expect(wish?.isDoubtful != true, "\(text)")
    }
  }

  @Test(arguments: [
    ("Yes", true), ("no", false), ("unsubscribed", false), ("Non-marketing contact", false),
    ("Marketing contact", true), ("subscribed", true), ("2024-01-31", true), ("cleaned", false),
  ])
  func `is the no of a column that asks for leave`(_ text: String, _ mayContact: Bool) {
    #expect(ContactWish.read(text, .optIn)?.mayContact == mayContact)
  }

  @Test(arguments: [ContactWish.Direction.optIn, .optOut])
  func `is supposed where the cell cannot be read`(_ direction: ContactWish.Direction) {
    let wish = ContactWish.read("only on Mondays", direction)
    #expect(wish?.mayContact == false)
    #expect(wish?.isDoubtful == true)
  }
}

@Suite struct `A placeholder` {
  @Test(arguments: [
    "N/A", "n/a", "-", "--", "none", "NULL", "unknown", "?", ".", "k. A.", "unbekannt", "inconnu",
    "ninguno", "sconosciuto", "não informado", "geen", "brak", "(not set)", "[not provided]",
    "\u{2014}",
  ])
  func `is no value`(_ text: String) {
    #expect(Placeholder.isOne(text))
  }

  @Test(arguments: ["None", "Null", "Brak", "Nil", "Na", "Empty"])
  func `may be a name`(_ text: String) {
    #expect(!Placeholder.isOne(text, isName: true))
    #expect(Placeholder.isOne(text))
  }

  @Test(arguments: ["", "0", "Ida", "n/a Street 5", "nonetheless", "+"])
  func `is not every short text`(_ text: String) {
    #expect(!Placeholder.isOne(text))
  }
}
