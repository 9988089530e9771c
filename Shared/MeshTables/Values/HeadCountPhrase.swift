import MeshCore

/// The numbers of a head count and the words around them.
struct HeadCountPhrase {
  struct Number {
    var text: String
    /// Whether a K follows it.
    var isThousands = false
  }

  private var numbers: [Number] = []
  /// What stands before the first number, between the two, and behind the last, in the form of `LooseText`.
  private var words: [String] = [""]

  /// - Returns: nil unless there are one or two numbers.
  init?(_ value: String) {
    guard value.utf8.count <= 60 else { return nil }
    var rest = LooseText.form(of: value).unicodeScalars[...]
    while let scalar = rest.first {
      if ("0"..."9").contains(scalar) {
        numbers.append(Self.number(&rest))
        words.append("")
      } else {
        let dash = ("\u{2010}"..."\u{2015}").contains(scalar) || scalar == "\u{2212}"
        words[words.count - 1].unicodeScalars.append(dash ? "-" : scalar)
        rest.removeFirst()
      }
    }
    guard (1...2).contains(numbers.count) else { return nil }
    words = words.map(Self.trimmed)
  }

  /// The count, if all of the words are known.
  ///
  /// - Parameter reading: the value of a number.
  /// - Returns: nil for other words, and for a range whose end lies before its beginning.
  func count(reading: (Number) -> Int64?) -> HeadCount? {
    let values = numbers.compactMap(reading)
    guard values.count == numbers.count, let first = values.first, let last = values.last,
      let after = words.last.map(Self.withoutUnit)
    else { return nil }
    let before = words[0]
    if values.count == 2 {
      guard first <= last, Self.connectors.contains(words[1]), after.isEmpty,
        before.isEmpty || Self.openers.contains(before) || Self.about.contains(before)
      else { return nil }
      return HeadCount(
        atLeast: first,
        atMost: last,
        isApproximate: Self.about.contains(before)
      )
    }
    switch (before, after) {
    case ("", ""): return HeadCount(atLeast: first, atMost: first)
    case (_, "") where Self.about.contains(before):
      return HeadCount(atLeast: first, atMost: first, isApproximate: true)
    case (_, "") where Self.over.contains(before): return HeadCount(atLeast: first, atMost: nil)
    case (_, "") where Self.under.contains(before): return HeadCount(atLeast: nil, atMost: first)
    case ("", _) where Self.more.contains(after): return HeadCount(atLeast: first, atMost: nil)
    default: return nil
    }
  }

  /// Digits with what groups them; a blank does before exactly three digits.
  private static func number(_ rest: inout Substring.UnicodeScalarView) -> Number {
    var text = String.UnicodeScalarView()
    func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
      scalar.map { ("0"..."9").contains($0) } ?? false
    }
    while let scalar = rest.first {
      if isDigit(scalar) {
        text.append(rest.removeFirst())
        continue
      }
      let next = rest.dropFirst()
      let digits = next.prefix(4).prefix { isDigit($0) }.count
      guard ".,' \u{2019}".unicodeScalars.contains(scalar), digits > 0, scalar != " " || digits == 3
      else { break }
      text.append(rest.removeFirst())
    }
    var number = Number(text: String(text))
    if rest.first == "k", rest.dropFirst().first?.properties.isAlphabetic != true {
      rest.removeFirst()
      number.isThousands = true
    }
    return number
  }

  private static func trimmed(_ words: String) -> String {
    words.split(separator: " ").joined(separator: " ")
  }

  private static func withoutUnit(_ words: String) -> String {
    let kept = words.split(separator: " ").filter { word in
      let bare = String(word.filter { !"()[].".contains($0) })
      return !bare.isEmpty && !units.contains(bare)
    }
    return kept.joined(separator: " ")
  }

  private static let units = forms(
    """
    employees | employee | people | persons | person | staff | fte | ftes | headcount | workers | members
    mitarbeiter | mitarbeitende | mitarbeiterinnen | mitarbeiter*innen | beschäftigte | personen | ma | employés
    salariés | personnes | empleados | trabajadores | personas | dipendenti | addetti | persone | funcionários
    colaboradores | empregados | pessoas | medewerkers | werknemers | personeelsleden | pracowników | pracownicy
    osób | seats | users | 人 | 名 | 명
    """
  )
  private static let connectors = forms(
    """
    - | -- | 〜 | to | .. | ... | … | and | through | ~ | bis | und | à | a | et | au | y | al | hasta | e | o | até | ao
    tot | t/m | en | do | i | from
    """
  )
  private static let openers = forms(
    "between | from | von | zwischen | de | entre | da | tra | fra | van | tussen | od | między | (|["
  )
  private static let about = forms(
    """
    ~ | ≈ | ca | ca. | circa | approx | approx. | approximately | about | around | est. | c. | etwa | rund
    ungefähr | zirka | env. | environ | autour de | aprox | aprox. | aproximadamente | alrededor de | unos
    cerca de | cerca | circa | ongeveer | około | ok.
    """
  )
  private static let over = forms(
    """
    > | >= | ≥ | over | more than | at least | above | min. | über | mehr als | mindestens | ab | plus de
    au moins | más de | al menos | desde | più di | oltre | almeno | mais de | acima de | pelo menos | meer dan
    minstens | vanaf | ponad | powyżej | więcej niż | co najmniej | +
    """
  )
  private static let under = forms(
    """
    < | <= | ≤ | under | less than | fewer than | up to | below | max. | at most | unter | weniger als | bis
    bis zu | höchstens | moins de | jusqu'à | jusqu’à | au plus | menos de | hasta | meno di | fino a | até
    minder dan | tot | maximaal | do | poniżej | mniej niż
    """
  )
  private static let more = forms(
    """
    + | plus | and more | or more | and above | and up | and over | ++ | und mehr | oder mehr | u. mehr
    et plus | ou plus | y más | o más | e oltre | o più | e più | ou mais | e mais | en meer | of meer
    i więcej | lub więcej
    """
  )

  private static func forms(_ list: String) -> Set<String> {
    Set(
      list.split(whereSeparator: { $0 == "|" || $0 == "\n" })
        .map { trimmed(LooseText.form(of: String($0))) }
    )
  }
}
