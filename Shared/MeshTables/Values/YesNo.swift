import MeshCore

/// Yes and no in the words of eight languages, and the marks that programs write for them.
package enum YesNo {
  /// - Returns: empty for an empty cell and for placeholders such as `N/A` and `-`.
  package static func read(_ text: String) -> CellReading<Bool> {
    let value = CellText.value(text)
    if let answer = answer(value: value) { return .value(answer) }
    if let none = CellReading<Bool>.noValue(in: value) { return none }
    return .unreadable("is neither yes nor no")
  }

  /// The answer in the text that `CellText.value` gives; nil when it has none.
  static func answer(value: String) -> Bool? {
    guard !value.isEmpty, value.utf8.count <= 40 else { return nil }
    let form = LooseText.form(of: value)
    if let answer = word(form) ?? number(form) { return answer }
    let bare = form.trimming(" .!;,:")
    return bare == form ? nil : word(bare)
  }

  private static func word(_ form: String) -> Bool? {
    yes.contains(form) ? true : no.contains(form) ? false : nil
  }

  /// 0 and 1, as spreadsheets and databases write them: `1.0`, `-1`, `0,00`.
  private static func number(_ form: String) -> Bool? {
    let digits = form.hasPrefix("-") ? form.dropFirst() : form[...]
    guard let first = digits.first, first == "0" || first == "1" else { return nil }
    var rest = digits.dropFirst()
    if let mark = rest.first {
      guard mark == "." || mark == ",", rest.count <= 7 else { return nil }
      rest.removeFirst()
      guard !rest.isEmpty, rest.allSatisfy({ $0 == "0" }) else { return nil }
    }
    return first == "1"
  }

  private static let yes = forms(
    """
    yes y yeah yep true t .t. x xx on ok checked selected enabled active ✓ ✔ ☑ ✅ ☒ • ● √ 是 はい 예
    ja j wahr angekreuzt aktiv ausgewählt
    oui o vrai coché cochée
    sí s verdadero cierto marcado
    vero selezionato
    sim verdadeiro assinalado
    waar aangevinkt
    tak prawda zaznaczone zaznaczony
    да
    """
  )
  private static let no = forms(
    """
    no n nope false f .f. off unchecked unselected disabled inactive ✗ ✘ ☐ ❌ ✖ 否 いいえ 아니요
    nein falsch inaktiv
    non faux
    falso
    não
    nee onwaar
    nie fałsz
    нет
    """
  )

  private static func forms(_ list: String) -> Set<String> {
    Set(list.split(whereSeparator: \.isWhitespace).map { LooseText.form(of: String($0)) })
  }
}
