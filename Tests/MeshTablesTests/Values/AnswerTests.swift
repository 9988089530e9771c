import MeshTables
import Testing

@Suite struct `Yes and no` {
  @Test(arguments: [
    "Yes ", " true", "x", "X", "Checked", "✓", "TRUE", "Oui", "Ja", "-1", "1.0", "1", "on", "Sí",
    "sim",
    "tak", "waar", "vero", "wahr", "Y", "✔️", "☑", "1,00", "\u{FEFF}yes", "Yes.", "YES!", "VRAI",
    "VERDADERO", "VERDADEIRO", "PRAWDA", "T", "☑️", "ja ", "Sì", "-1.0",
  ])
  func `are yes in the words and marks that people write`(_ text: String) {
    #expect(YesNo.read(text) == .value(true))
  }

  @Test(arguments: [
    "No", "false", "0", "0.0", "off", "Nein", "non", "não", "nao", "nee", "nie", "FALSCH", "N", "☐",
    "Unchecked", "faux", "fałsz", "No.", "FALSO", "ONWAAR", "F", "✗", "❌", "0,00",
  ])
  func `are no in the words and marks that people write`(_ text: String) {
    #expect(YesNo.read(text) == .value(false))
  }

  @Test(arguments: ["", " ", "N/A", "-", "NULL", "unbekannt"])
  func `are neither for an empty cell and placeholders`(_ text: String) {
    #expect(YesNo.read(text).isEmpty)
  }

  @Test(arguments: [
    "maybe", "2", "10", "1.5", "-2", "Do Not Call", "1.", "yes no", "#N/A", "○", "×", "Yes, but",
    ".!",
  ])
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
      ("2024-01-31 09:30:00", false), ("subscribed", true), ("2024-01-02", false), ("45322", false),
      ("1706659200000", false), ("0000-00-00", true), ("UNSUBSCRIBED", false),
      ("opted_out", false), ("Opt-Out", false), ("DO_NOT_EMAIL", false), ("Do Not Allow", false),
      ("Allow", true), ("Not Set", nil), ("--None--", nil), ("Abgemeldet", false), ("falsch", true),
    ]
    for (text, mayContact) in cells {
      let wish = WishCell.read(text, .optOut)
      #expect(wish?.mayContact == mayContact, "\(text)")
      #expect(wish?.isDoubtful != true, "\(text)")
    }
  }

  @Test(arguments: [
    ("Yes", true), ("no", false), ("unsubscribed", false), ("Non-marketing contact", false),
    ("Marketing contact", true), ("subscribed", true), ("2024-01-31", true), ("cleaned", false),
    ("NOT_SUBSCRIBED", false), ("NEVER_SUBSCRIBED", false), ("no_consent", false),
    ("Opted In", true), ("Unconfirmed", false), ("granted", true), ("Zugestimmt", true),
    ("Denied", false), ("0", false), ("1", true), ("Bounced", false), ("non-subscribed", false),
    ("désabonné", false), ("zgoda", true), ("1706659200", true), ("0000-00-00", false),
  ])
  func `is the no of a column that asks for leave`(_ text: String, _ mayContact: Bool) {
    #expect(WishCell.read(text, .optIn)?.mayContact == mayContact)
  }

  @Test(
    arguments: [WishCell.Direction.optIn, .optOut],
    ["only on Mondays", "?!", "#N/A", "pending", "2", "yes no", "3/4", "Legitimate interest"]
  )
  func `is supposed where the cell cannot be read`(
    _ direction: WishCell.Direction,
    _ text: String
  ) {
    let wish = WishCell.read(text, direction)
    #expect(wish?.mayContact == false)
    #expect(wish?.isDoubtful == true)
  }

  @Test(arguments: ["Confirmed", "accepted", "granted", "never"])
  func `is supposed where a column of such wishes seems to agree`(_ text: String) {
    #expect(WishCell.read(text, .optOut)?.mayContact == false)
    #expect(WishCell.read(text, .optOut)?.isDoubtful == true)
  }
}

@Suite struct `A placeholder` {
  @Test(arguments: [
    "N/A", "n/a", "-", "--", "none", "NULL", "unknown", "?", ".", "k. A.", "unbekannt", "inconnu",
    "ninguno", "sconosciuto", "não informado", "geen", "brak", "(not set)", "[not provided]",
    "\u{2014}", "--None--", "-None-", "n / a", "n\\a", "\\N", "TBD", "Unassigned", "(vide)", "NaN",
    "undefined", "***", "[null]", "s/o", "n.v.t.",
  ])
  func `is no value`(_ text: String) {
    #expect(Placeholder.isOne(text))
  }

  @Test(arguments: ["None", "Null", "Brak", "Nil", "Na", "Empty", "Blank"])
  func `may be a name`(_ text: String) {
    #expect(!Placeholder.isOne(text, as: .person))
    #expect(Placeholder.isOne(text))
  }

  @Test(arguments: [
    "NULL", "null", "none", "NONE", "Unknown", "unbekannt", "N/A", "na", ".", "TBD",
  ])
  func `is no name of a person in such a form`(_ text: String) {
    #expect(Placeholder.isOne(text, as: .person))
  }

  @Test(arguments: ["NA", "None", "Null", "NULL", "n/a", "Unknown", "[not provided]", "geen"])
  func `is no name of a company`(_ text: String) {
    #expect(Placeholder.isOne(text, as: .organization))
  }

  @Test(arguments: ["N/A GmbH", "Blank", "Leer", "Nothing", "ND", "Null & Co", "Unknown Ltd"])
  func `may be a part of a company's name`(_ text: String) {
    #expect(!Placeholder.isOne(text, as: .organization))
  }

  @Test(arguments: ["NA", "NC", "ND", "KA", "NO", "SD"])
  func `is no code of a state`(_ text: String) {
    #expect(!Placeholder.isOne(text, as: .state))
  }

  @Test(arguments: ["N/A", "none", "NULL", "-", "Unknown", "--None--"])
  func `is no state either`(_ text: String) {
    #expect(Placeholder.isOne(text, as: .state))
  }

  @Test(arguments: ["NC", "ND", "KA", "", "0", "Ida", "n/a Street 5", "nonetheless", "+"])
  func `is not every short text`(_ text: String) {
    #expect(!Placeholder.isOne(text))
  }
}
