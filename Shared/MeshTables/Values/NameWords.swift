import MeshCore

/// Words that belong to names without being one.
enum NameWords {
  /// Whether a word before a name is a title or a form of address.
  static func isTitle(_ word: String) -> Bool {
    let form = form(word)
    return titles.contains(form) || word.hasSuffix(".") && shortTitles.contains(form)
  }

  /// Whether a word behind a title belongs to it, such as `med.` and `hab`.
  static func isTitlePart(_ word: String) -> Bool {
    word.hasSuffix(".") && titleParts.contains(form(word)) || word == "hab" || word == "rer."
  }

  /// Whether a word behind a name, or behind its comma, is none of its parts.
  static func isSuffix(_ word: String) -> Bool { suffixes.contains(form(word)) }

  /// Whether it is a suffix only behind a comma: Ma and Do are names, too.
  static func isAmbiguousSuffix(_ word: String) -> Bool {
    !word.contains(".") && ["ma", "ba", "do", "rn", "ms", "sc", "bs", "ra"].contains(form(word))
  }

  /// Whether a word begins a family name of several words, when another stands before it.
  static func isParticle(_ word: String) -> Bool {
    guard particles.contains(LooseText.form(of: word)) else {
      return word.hasPrefix("d'") || word.hasPrefix("d\u{2019}")
    }
    // Den and Al begin given names, too.
    let isCapital = word.first?.isUppercase == true
    return !isCapital || capitalParticles.contains(LooseText.form(of: word))
  }

  /// Whether a name of two words that begins so is a family name: `De Niro`, `Von Trapp`.
  static func beginsFamily(_ word: String) -> Bool {
    ["de", "von", "dos", "das", "della", "del", "zu", "ter", "ten", "van der", "af"]
      .contains(LooseText.form(of: word))
  }

  /// Whether a word is the name of somebody's father, as it stands behind Russian and Ukrainian given names.
  static func isPatronymic(_ word: String) -> Bool {
    let word = word.lowercased()
    return word.count > 4 && patronymics.contains { word.hasSuffix($0) }
  }

  /// Whether a word is one of the commonest Spanish family names, of which people have two.
  static func isSpanishFamily(_ word: String) -> Bool {
    spanish.contains(LooseText.form(of: word))
  }

  static func isVietnameseFamily(_ word: String) -> Bool {
    vietnamese.contains(LooseText.form(of: word))
  }

  /// A word in the form of `LooseText`, without points.
  private static func form(_ word: String) -> String {
    LooseText.form(of: word).filter { $0 != "." && $0 != "®" && $0 != "™" }
  }

  private static let titles = forms(
    """
    mr mrs ms miss mx mister dr doctor prof professor sir dame reverend captain
    herr herrn frau fraulein familie dipl-ing dipl-kfm dipl-kffr dipl-inf dipl-wirt-ing dkfm ddr univ-prof prof-dr rechtsanwalt
    mme mlle monsieur madame mademoiselle maitre
    sra srta senor senora senorita licda dra
    dott dottssa dottoressa dottor sigra signor signora
    dhr mevr mw mej drs
    pani inz mgr
    """
  )
  /// Titles that need their point, for people are called so, too.
  private static let shortTitles = forms(
    """
    rev hon capt sgt lt col maj gen fr hr ing mag ra me sr don dna lic arq sig avv geom rag arch exmo exma eng
    enga ir fam
    """
  )
  private static let titleParts = forms(
    "med dent jur phil rer nat pol oec vet theol habil hab hc h c mult ing inz techn agr iur univ"
  )
  private static let suffixes = forms(
    """
    jr sr ii iii iv junior senior esq phd dphil md dds dmd dvm mba emba cpa cfa cfp pmp csm shrm-cp sphr jd llm
    llb rn ma ba bs bsc msc ms meng beng bba do edd psyd mph obe cbe mbe kbe frcs fca aca pe ra sj facs
    pmi-acp cissp cisa leed ccim crs gri
    """
  )
  private static let particles = forms(
    """
    van von der den de da das do dos di del della delle dello degli dei la le du des zu zum zur vom ter ten
    't op af av bin ibn bint al el abu ben y san santa st saint vander het in aan
    """
  )
  private static let capitalParticles = forms(
    "van von der de da das dos di del della du des zu zum zur ter ten la le bin ibn st saint vander"
  )
  private static let patronymics = [
    "ович", "евич", "ьич", "мич", "овна", "евна", "ична", "инична", "івна", "ївна", "йович",
  ]
  /// Without those that are given names, too.
  private static let spanish = forms(
    """
    garcia rodriguez gonzalez fernandez lopez martinez sanchez perez gomez jimenez ruiz hernandez diaz moreno
    munoz alvarez romero alonso gutierrez navarro torres dominguez vazquez ramirez serrano morales suarez ortega
    delgado castro ortiz marin nunez iglesias medina garrido cortes castillo lozano guerrero cano prieto mendez
    calvo gallego vidal herrera marquez cabrera pena flores fuentes aguilar vargas carrasco caballero hidalgo
    montero santana benitez ibanez duran ferrer arias mora cabello velasco rojas campos chavez rivera juarez
    mendoza guzman ramos salazar contreras estrada figueroa espinoza sandoval maldonado valdez cervantes pacheco
    """
  )
  private static let vietnamese = forms(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh truong dao mai lam"
  )

  private static func forms(_ list: String) -> Set<String> {
    Set(list.split(whereSeparator: \.isWhitespace).map { LooseText.form(of: String($0)) })
  }
}
