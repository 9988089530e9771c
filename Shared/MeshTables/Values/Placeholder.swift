import MeshCore

/// Words that people and programs write into a cell that has no value.
package enum Placeholder {
  /// Whether a cell says only that it has no value: `N/A`, `-`, `none`, `unbekannt`.
  ///
  /// - Parameters:
  ///   - text: of the cell.
  ///   - isName: whether it names a person or a place: some of them are called None, Null or Brak, so that
  ///     only what cannot be a name counts.
  /// - Returns: false for an empty cell.
  package static func isOne(_ text: String, isName: Bool = false) -> Bool {
    // The longest of them has fewer bytes; a long text costs nothing.
    if text.utf8.count > 120 { return false }
    return isOne(value: CellText.value(text), isName: isName)
  }

  /// The same for the text that `CellText.value` gives.
  static func isOne(value: String, isName: Bool = false) -> Bool {
    // None begins with a digit.
    guard let first = value.utf8.first, value.utf8.count <= 40, !(0x30...0x39).contains(first)
    else {
      return false
    }
    if value.unicodeScalars.allSatisfy(isFiller) { return true }
    let form = LooseText.form(of: value)
    return inNames.contains(form) || !isName && inValues.contains(form)
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
  private static let inNames = forms(
    """
    n/a | n.a. | n.a | (n/a) | <n/a> | [n/a] | (null) | <null> | [null] | \\n | (none) | <none>
    [none] | (blank) | (empty) | (leer) | (unknown) | [unknown] | [not provided] | not provided | not available
    not applicable | not set | (not set) | not specified | (no value) | undefined
    keine angabe | k.a. | k. a. | nicht angegeben | nicht verfugbar | non renseigne | non disponible
    non communique | sin datos | no disponible | no aplica | no especificado | non disponibile
    non specificato | nao informado | nao disponivel | niet beschikbaar | niet van toepassing | n.v.t.
    nie dotyczy | nie podano | brak danych
    """
  )

  private static let inValues = forms(
    """
    na | null | nil | none | unknown | no value | nothing | empty | blank | nan | n/d | n.d. | nd | tbd
    tba | t.b.d. | not known | no email | no phone | no website | noemail | nophone
    kein | keine | keiner | unbekannt | leer | ohne | ka | k/a | entfallt | fehlt
    aucun | aucune | inconnu | inconnue | neant | vide | n/c | n.c. | nc | sans | s/o
    ninguno | ninguna | desconocido | desconocida | nulo | nula | s/d | s/n | vacio
    nessuno | nessuna | sconosciuto | sconosciuta | vuoto
    nenhum | nenhuma | desconhecido | desconhecida | vazio | n/i
    geen | onbekend | nvt | leeg
    brak | nieznany | nieznana | nieznane | b/d | b.d. | puste
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
