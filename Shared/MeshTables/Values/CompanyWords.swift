import MeshCore

/// Words by which the name of a company is told from a person's.
package enum CompanyWords {
  /// Whether a name has a company's legal form or another word that people are not called.
  package static func isCompany(_ name: String) -> Bool {
    guard name.utf8.count <= 400 else { return false }
    let words = name.split(whereSeparator: { " ,".contains($0) }).map(String.init)
    // Letters of these countries begin with such bytes.
    let isEastern = name.utf8.contains { $0 >= 0xE3 }
    if isEastern, eastern.contains(where: { name.contains($0) }) { return true }
    guard words.count > 1, let last = words.last else { return false }
    let forms = words.map(form)
    for (place, form) in forms.enumerated() where sure.contains(form) {
      // `B.V. Rao` has two initials.
      if place == forms.count - 1 || !isInitials(words[place]) { return true }
    }
    let tail = forms.suffix(3)
    if endings.contains(where: { tail.suffix($0.count).elementsEqual($0) }) { return true }
    if let and = forms.firstIndex(where: { $0 == "&" || $0 == "and" || $0 == "und" || $0 == "et" }),
      let next = forms[forms.index(after: and)...].first
    {
      return partners.contains(next)
    }
    // AS and SA are words of other languages, or names, unless they alone are in capitals.
    let others = words.dropLast().joined()
    return capitals.contains(last.filter { $0 != "." && $0 != "/" })
      && others.contains(where: \.isLowercase)
  }

  /// Whether a word in the form of `LooseText`, without points, is a legal form and no part of the name itself.
  static func isLegalForm(_ word: String) -> Bool {
    legal.contains(word) || partners.contains(word)
  }

  private static func isInitials(_ word: String) -> Bool {
    let letters = word.split(separator: ".")
    return letters.count > 1 && letters.allSatisfy { $0.count == 1 }
  }

  private static func form(_ word: String) -> String {
    LooseText.form(of: word).filter { $0 != "." && $0 != "/" }
  }

  private static let sure = words(
    """
    inc incorporated llc llp ltd limited plc corp corporation gmbh mbh ggmbh ohg kgaa sarl eurl sasu srl
    srls bv pty ltda eireli slu aps oyj gbr kft zrt doo ooo pvt sro holding holdings
    group gruppe groupe grupo gruppo university universitat universite universidad universita hotel restaurant
    consulting solutions technologies technology systems software industries enterprises services
    partners associates foundation stiftung institute verein verlag apotheke
    company ventures logistics versicherung hospital clinic ministry
    ооо оао зао пао тов тоо
    """
  )
  private static let legal = words(
    """
    inc incorporated llc llp ltd limited plc corp corporation gmbh mbh ggmbh ohg kgaa sarl eurl sasu srl srls bv
    pty ltda eireli slu aps oyj gbr kft zrt doo ooo pvt sro holding holdings group gruppe groupe grupo gruppo
    company as ab ag sa sas nv kg oy se ev sl snc sca kk spa ug ооо оао зао пао тов тоо
    """
  )
  /// What a company's name has in China, Japan and Korea.
  private static let eastern = [
    "株式会社", "有限会社", "合同会社", "有限公司", "股份公司", "集团", "集團", "주식회사", "(주)", "㈜", "㈱",
  ]
  private static let partners = words(
    "co company sons son sohne sohn partner partners cie fils figli hijos filhos zonen zoon associates brothers"
  )
  private static let capitals: Set = [
    "AS", "AB", "AG", "SA", "SAS", "NV", "KG", "OY", "SE", "EV", "SL", "SNC", "SCA", "KK", "SpA",
    "SPA", "UG",
  ]
  private static let endings: [[String]] = [
    ["sp", "z", "oo"], ["spol", "sro"], ["e", "v"], ["a", "s"],
  ]

  private static func words(_ list: String) -> Set<String> {
    Set(list.split(whereSeparator: \.isWhitespace).map { LooseText.form(of: String($0)) })
  }
}
