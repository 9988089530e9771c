import CICU
import CPhoneNumber
import MeshCore

/// The countries that people write into tables.
package enum CountryName {
  /// The region that a cell names.
  ///
  /// That is its code of two or three letters, its name in English, German, French, Spanish, Italian,
  /// Portuguese, Dutch or Polish, its own name, or its dial code: `DE`, `deu`, `Allemagne`, `+49`, `0049`,
  /// `49`, `Germany (+49)`.
  ///
  /// - Parameter text: of the cell.
  /// - Returns: ISO 3166-1 alpha-2 in upper case; nil when it names no country.
  package static func region(of text: String) -> String? {
    guard (1...mostBytes).contains(text.utf8.count) else { return nil }
    let form = key(text)
    if let region = table.byName[form] { return region }
    if let region = dialRegion(of: text) { return region }
    // `Germany (+49)`, `DE - Germany`, `Berlin, Germany`; but DE may be a state: `Wilmington, DE`.
    let parts = text.split(whereSeparator: { "()[]/|-,;".contains($0) })
    let least = text.contains(",") ? 3 : 1
    let regions = Set(
      parts.compactMap { part in
        let name = key(String(part))
        return name.utf8.count < least ? nil : table.byName[name]
      }
    )
    return parts.count > 1 && regions.count == 1 ? regions.first : nil
  }

  /// The country code of a region, such as 49 of `DE`; nil when it has none.
  package static func dialCode(of region: String) -> Int? {
    guard region.utf8.count == 2 else { return nil }
    let code = Int(phone_number_code_of_region(region))
    return code > 0 ? code : nil
  }

  /// The main region of a dial code, written as `+49`, `0049`, `49` or `(+49)`.
  package static func dialRegion(of text: String) -> String? {
    guard text.utf8.count <= mostBytes else { return nil }
    var digits = text.filter { !" ()+.-\u{A0}\u{200E}\u{202A}\u{202C}'".contains($0) }
    if let point = text.firstIndex(of: "."), text[point...] == ".0" { digits.removeLast() }
    while digits.hasPrefix("0") { digits.removeFirst() }
    guard (1...4).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let code = Int32(digits)
    else { return nil }
    // 1-787 is Puerto Rico's.
    if digits.count == 4, digits.hasPrefix("1") { return "US" }
    var region = [CChar](repeating: 0, count: 8)
    guard phone_number_region_of_code(code, &region) else { return nil }
    return String(decoding: region.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static let mostBytes = 120

  /// The form in which names are compared: without accents, points, and blanks at the ends.
  private static func key(_ text: String) -> String {
    let form = LooseText.form(of: text.replacing("&", with: " and "))
    let words = form.split {
      $0.isWhitespace || ".,'\u{2019}`\u{200B}\u{200E}\u{FEFF}".contains($0)
    }
    return words.first == "the"
      ? words.dropFirst().joined(separator: " ") : words.joined(separator: " ")
  }

  private struct Table {
    var byName: [String: String] = [:]
  }

  private static let table: Table = {
    var table = Table()
    let languages = ["en", "de", "fr", "es", "it", "pt", "nl", "pl"]
    var place = cicu_countries()
    while let code = place.pointee {
      place += 1
      let region = String(cString: code)
      let locale = "und_\(region)"
      table.byName[region.lowercased()] = region
      table.byName[key(String(cString: cicu_country_code(locale)))] = region
      for language in languages + ownLanguages(region) {
        let name = key(displayName(locale, language))
        // The languages that come first win; a country never has another's name.
        if !name.isEmpty, table.byName[name] == nil { table.byName[name] = region }
      }
    }
    for line in aliases.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      for name in parts[1].split(separator: "|") {
        table.byName[key(String(name))] = String(parts[0])
      }
    }
    return table
  }()

  private static func displayName(_ locale: String, _ language: String) -> String {
    var units = [UInt16](repeating: 0, count: 128)
    let count = cicu_country_name(locale, language, &units, Int32(units.count))
    guard (1...Int32(units.count)).contains(count) else { return "" }
    return String(decoding: units.prefix(Int(count)), as: UTF16.self)
  }

  /// Languages beyond the eight, for a country's own name.
  private static func ownLanguages(_ region: String) -> [String] {
    let own = [
      "AT": "de", "BG": "bg", "CN": "zh", "CZ": "cs", "DK": "da", "EE": "et", "FI": "fi",
      "GR": "el",
      "HK": "zh_Hant", "HR": "hr", "HU": "hu", "IL": "he", "IN": "hi", "IS": "is", "JP": "ja",
      "KR": "ko", "LT": "lt", "LV": "lv", "NO": "nb", "RO": "ro", "RS": "sr", "RU": "ru",
      "SE": "sv",
      "SI": "sl", "SK": "sk", "TH": "th", "TR": "tr", "TW": "zh_Hant", "UA": "uk", "VN": "vi",
    ]
    return own[region].map { [$0] } ?? []
  }

  /// Names beside those of CLDR; a line a country.
  private static let aliases = """
    US:USA|U.S.|U.S.A.|United States of America|America|Etats-Unis d'Amérique|Estados Unidos de América|EE.UU.
    US:EEUU|EUA|VS|Vereinigte Staaten von Amerika|Stany Zjednoczone Ameryki|EE UU|E.U.A.
    GB:UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|Großbritannien|Grossbritannien
    GB:Grande-Bretagne|Angleterre|Inglaterra|Gran Bretaña|Reino Unido|Gran Bretagna|Inghilterra|Engeland
    GB:Groot-Brittannië|Grã-Bretanha|Anglia|Wielka Brytania|GBR|Écosse|Schottland|United Kingdom of Great Britain
    GB:United Kingdom of Great Britain and Northern Ireland
    DE:BRD|Federal Republic of Germany|Bundesrepublik Deutschland|Nemecko
    NL:Holland|The Netherlands|Hollande|Holanda|Olanda|Nederland
    AT:Oesterreich
    CH:Schweiz (CH)|Suisse|Swiss|Svizzera
    CZ:Czech Republic|Tschechische Republik|République tchèque|República Checa|Repubblica Ceca|Tsjechische Republiek
    CZ:Republika Czeska|Czechia
    SK:Slovak Republic|Slowakische Republik
    RU:Russian Federation|Russische Föderation|Fédération de Russie
    KR:Korea|Republic of Korea|Korea, Republic of|South Korea|Südkorea|Korea South
    KP:North Korea
    CN:PRC|People's Republic of China|Mainland China|China, mainland|P.R. China|PR China
    TW:Taiwan, Province of China|Republic of China|Taiwan R.O.C.
    HK:Hong Kong|Hongkong|Hong Kong SAR
    MO:Macau|Macao
    VN:Viet Nam
    IR:Iran, Islamic Republic of
    SY:Syrian Arab Republic
    LA:Lao People's Democratic Republic
    MD:Moldova, Republic of|Republic of Moldova
    MK:Macedonia|North Macedonia|Mazedonien
    BO:Bolivia, Plurinational State of
    VE:Venezuela, Bolivarian Republic of
    TZ:Tanzania, United Republic of
    AE:UAE|U.A.E.|Emirates|EAU|VAE|Emirati Arabi
    SA:KSA
    CI:Ivory Coast|Elfenbeinküste
    CD:DR Congo|Democratic Republic of the Congo|DRC
    CG:Congo
    CV:Cape Verde
    SZ:Swaziland
    TR:Turkey|Türkiye
    MM:Burma
    TL:East Timor
    PS:Palestine|Palestinian Territory
    BN:Brunei Darussalam
    BA:Bosnia|Bosnia-Herzegovina
    XK:Kosovo
    IE:Republic of Ireland|Eire
    BY:Weißrussland|Belorussia
    NO:Norge
    ES:España
    BR:Brasil
    """
}
