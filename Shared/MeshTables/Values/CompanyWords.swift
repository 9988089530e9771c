import MeshCore

/// Words by which the name of a company is told from a person's.
package enum CompanyWords {
  /// Whether a name has a company's legal form or another word that people are not called.
  package static func isCompany(_ name: String) -> Bool {
    guard name.utf8.count <= 400 else { return false }
    let words = name.split(whereSeparator: { " ,".contains($0) }).map(String.init)
    guard words.count > 1, let last = words.last else { return false }
    let forms = words.map(form)
    if forms.contains(where: sure.contains) { return true }
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
    """
  )
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
    Set(list.split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
