import MeshCore

/// Words that people and programs write into a cell that has no value.
package enum Placeholder {
  /// What stands in a cell that has a value.
  package enum Kind: Sendable {
    /// Anything but a name.
    case value
    /// The name of a company or a place, of which some are called Blank or Leer.
    case organization
    /// The name or code of a state or province: NA is Naples.
    case state
    /// A part of a person's name: some people are called Null, None or Brak, written with a capital.
    case person
  }

  /// Whether a cell says only that it has no value: `N/A`, `-`, `none`, `unbekannt`.
  ///
  /// - Parameters:
  ///   - text: of the cell.
  ///   - kind: of value that belongs there.
  /// - Returns: false for an empty cell.
  package static func isOne(_ text: String, as kind: Kind = .value) -> Bool {
    // The longest of them has fewer bytes; a long text costs nothing.
    if text.utf8.count > 120 { return false }
    return isOne(value: CellText.value(text), as: kind)
  }

  /// The same for the text that `CellText.value` gives.
  static func isOne(value: String, as kind: Kind = .value) -> Bool {
    // None begins with a digit.
    guard let first = value.utf8.first, value.utf8.count <= 40, !(0x30...0x39).contains(first)
    else {
      return false
    }
    if value.unicodeScalars.allSatisfy(isFiller) { return true }
    let form = LooseText.form(of: value)
    if always.contains(form) { return true }
    return switch kind {
    case .value: nothing.contains(form) || inValues.contains(form)
    case .organization: nothing.contains(form)
    case .state: form != "na" && nothing.contains(form)
    case .person: nothing.contains(form) && !isCapitalized(value)
    }
  }

  /// Whether a word is written as names are: `Null`, but neither `NULL` nor `null`.
  private static func isCapitalized(_ value: String) -> Bool {
    value.first?.isUppercase == true && value.dropFirst().contains(where: \.isLowercase)
  }

  private static func isFiller(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "-", "_", ".", "/", "?", "*", "\\", " ", "\u{2010}"..."\u{2015}", "\u{2026}", "\u{2212}",
      "\u{30FC}":
      true
    default: false
    }
  }

  /// Not even a name, in the form of `LooseText`.
  private static let always = forms(
    """
    n/a | n / a | n.a. | n.a | n\\a | (n/a) | <n/a> | [n/a] | (null) | <null> | [null] | \\n | (none) | <none>
    [none] | -none- | --none-- | - none - | (blank) | (empty) | (leer) | (vide) | (unknown) | [unknown]
    [not provided] | not provided | not available | not applicable | not set | (not set) | not specified
    (no value) | no value | no data | undefined | unknown | not known | unassigned | not assigned | tbd | tba
    t.b.d. | n/d | n.d. | no email | no phone | no website | noemail | nophone
    keine angabe | k.a. | k. a. | k/a | nicht angegeben | nicht verfugbar | nicht zugewiesen | unbekannt
    non renseigne | non disponible | non communique | inconnu | inconnue | n/c | n.c. | s/o
    sin datos | no disponible | no aplica | no especificado | desconocido | desconocida | s/d | s/n
    non disponibile | non specificato | sconosciuto | sconosciuta
    nao informado | nao disponivel | nao se aplica | desconhecido | desconhecida | n/i
    niet beschikbaar | niet van toepassing | n.v.t. | onbekend
    nie dotyczy | nie podano | brak danych | nieznany | nieznana | nieznane | b/d | b.d.
    """
  )

  /// Words for nothing, which few companies and some people are called.
  private static let nothing = forms(
    """
    na | null | nil | none | nan | nvt | kein | keine | keiner | aucun | aucune | neant | ninguno | ninguna
    nulo | nula | nessuno | nessuna | nenhum | nenhuma | geen | brak
    """
  )

  /// Words that are names of companies and places, too.
  private static let inValues = forms(
    """
    nothing | empty | blank | leer | ohne | entfallt | fehlt | vide | sans | vacio | vuoto | vazio | leeg | puste
    """
  )

  private static func forms(_ list: String) -> Set<String> {
    Set(
      list.split(whereSeparator: { $0 == "|" || $0 == "\n" }).map { word in
        LooseText.form(of: CellText.value(String(word)))
      }
    )
  }
}
