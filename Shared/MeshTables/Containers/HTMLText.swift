/// The text of a cell of a web page.
enum HTMLText {
  /// Stands for a line break of the page among its bytes, where a line feed is only a space.
  static let lineBreak: UInt8 = 0x0B

  /// The names of the characters from U+00A0 on, in their order.
  private static let latin = """
    nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 \
    acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde \
    Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute \
    Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde \
    auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute \
    ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
    """
  private static let others: [(Substring, Unicode.Scalar)] = [
    ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("euro", "\u{20AC}"),
    ("ndash", "\u{2013}"), ("mdash", "\u{2014}"), ("lsquo", "\u{2018}"), ("rsquo", "\u{2019}"),
    ("sbquo", "\u{201A}"), ("ldquo", "\u{201C}"), ("rdquo", "\u{201D}"), ("bdquo", "\u{201E}"),
    ("bull", "\u{2022}"), ("hellip", "\u{2026}"), ("trade", "\u{2122}"), ("minus", "\u{2212}"),
    ("Scaron", "\u{160}"), ("scaron", "\u{161}"), ("OElig", "\u{152}"), ("oelig", "\u{153}"),
    ("Yuml", "\u{178}"), ("ensp", "\u{2002}"), ("emsp", "\u{2003}"), ("thinsp", "\u{2009}"),
    ("check", "\u{2713}"), ("zwnj", "\u{200C}"), ("zwj", "\u{200D}"),
  ]
  private static let entities: [Substring: Unicode.Scalar] = {
    var names = Dictionary(uniqueKeysWithValues: others)
    for (place, name) in latin.split(separator: " ").enumerated() {
      names[name] = Unicode.Scalar(UInt8(0xA0 + place))
    }
    return names
  }()

  /// What a browser shows of a cell: entities replaced, spaces in a row as one, line breaks kept.
  static func shown(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    var space: Unicode.Scalar?
    func add(_ scalar: Unicode.Scalar) {
      if let space, !shown.isEmpty { shown.append(space) }
      space = nil
      shown.append(scalar)
    }
    var rest = text[...].unicodeScalars
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\u{B}": space = "\n"
      case " ", "\t", "\n", "\r", "\u{C}": space = space ?? " "
      case "&": add(entity(&rest) ?? "&")
      default: add(scalar)
      }
    }
    // What seems empty has a no-break space, so that the cell has a border.
    let text = String(shown)
    return text.unicodeScalars.allSatisfy { $0 == "\u{A0}" } ? "" : text
  }

  /// The character that is written out after `&`, taken off the text; nil if none is.
  private static func entity(_ rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
    let name = rest.prefix(12).prefix { $0 == "#" || $0.properties.isAlphabetic || "0"..."9" ~= $0 }
    var found: Unicode.Scalar?
    if name.first == "#" {
      let digits = Substring(name.dropFirst())
      let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
      let number = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      found = number.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
    } else {
      found = entities[Substring(name)]
    }
    guard let found else { return nil }
    rest = rest[name.endIndex...]
    if rest.first == ";" { rest.removeFirst() }
    return found
  }
}
