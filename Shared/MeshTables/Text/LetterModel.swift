/// How often the letters beyond ASCII occur in the languages that encodings are used for.
enum LetterModel {
  /// A language: its letters and how often each is among 10,000 letters of a text.
  struct Language: Sendable {
    let name: String
    let letters: [Unicode.Scalar: Double]

    init(_ name: String, _ letters: String) {
      self.name = name
      var table: [Unicode.Scalar: Double] = [:]
      for part in letters.split(separator: " ") {
        guard let letter = part.unicodeScalars.first, let rate = Double(part.dropFirst()) else {
          continue
        }
        table[letter] = rate / 10_000
      }
      self.letters = table
    }
  }

  /// Those of Western Europe.
  static let western = [
    Language("German", "ü65 ä54 ö44 ß31 é3"),
    Language("French", "é190 à49 è27 ê30 ç9 û6 ù6 â5 î5 ô5 ë2 œ2 ï2 ü1"),
    Language("Spanish", "ó83 í73 á50 é43 ñ31 ú17 ü2"),
    Language("Portuguese", "ã73 ç53 é34 ó30 ê35 á40 í25 ú15 õ14 à7 â10 ô10"),
    Language("Italian", "à64 è40 ò20 ù17 é6 ì10"),
    Language("Dutch", "ë12 é10 ï4 ö3 ü3 è2 á1"),
    Language("Swedish", "ä180 å134 ö130 é6 ü2"),
    Language("Danish", "å119 ø94 æ87 é4 ö2 ä2 ü2"),
    Language("Finnish", "ä358 ö44 å3 é1"),
    Language("Icelandic", "ð440 í157 þ145 á180 ó99 æ87 ö78 é65 ú61 ý23"),
    Language("Catalan", "à50 ó40 é40 è30 í30 ç15 ú10 ò20 ï5 ü3"),
  ]

  /// Those of Central Europe.
  static let central = [
    Language("Polish", "ł211 ó114 ę103 ą70 ż71 ś81 ć74 ń36 ź8"),
    Language("Czech", "í164 ě122 á87 ý100 š69 ž72 č100 é63 ř100 ů20 ú16 ň3 ď3 ó3 ť2"),
    Language("Slovak", "á180 í100 é90 č110 ž95 š80 ý95 ú85 ľ38 ť50 ô16 ň15 ď15 ó5 ä5 ĺ2 ŕ2"),
    Language("Hungarian", "á364 é342 ó82 ö82 ő89 ü62 í47 ú20 ű30"),
    Language("Romanian", "ă190 î80 ţ70 ş60 ș60 ț70 â30"),
    Language("Croatian", "č105 š100 ž65 ć60 đ22"),
    Language("German", "ü65 ä54 ö44 ß31 é3"),
  ]

  /// Those of Eastern Europe that are written in Cyrillic letters.
  static let eastern = [
    Language(
      "Russian",
      """
      о1097 е845 а801 и735 н670 т626 с547 р473 в454 л440 к349 м321 д298 п281 у262 я201 ы190 ь174 \
      г170 з165 б159 ч144 й121 х97 ж94 ш73 ю64 ц48 щ36 э32 ф26 ъ4 ё10
      """
    ),
    Language(
      "Ukrainian",
      """
      о942 а807 н681 и626 і575 в535 т535 р448 с424 е490 л380 к354 у335 м302 д338 п290 я248 з232 \
      ь177 г155 б177 ч141 й138 х119 ц83 ю93 ж93 ї65 є61 ф28 ш76 щ56 ґ1
      """
    ),
    Language(
      "Bulgarian",
      """
      а1170 о873 и886 е867 т741 н664 р492 с465 в421 л371 к361 п259 д325 м240 у155 я188 з196 ъ164 г150 \
      б161 ч141 ж75 х65 ц71 й65 ш55 щ48 ю21 ф22 ь2
      """
    ),
  ]
}
