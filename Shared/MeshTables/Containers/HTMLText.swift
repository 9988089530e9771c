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
  ///
  /// - Parameter bytes: in UTF-8.
  /// - Returns: nothing for what only seems to be something: no-break spaces that give a cell its border.
  static func shown(_ bytes: [UInt8]) -> String {
    var shown: [UInt8] = []
    shown.reserveCapacity(bytes.count)
    var space: UInt8 = 0
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case lineBreak: space = UInt8(ascii: "\n")
      case UInt8(ascii: " "), 0x09, 0x0A, 0x0C, 0x0D: if space == 0 { space = UInt8(ascii: " ") }
      default:
        if space != 0, !shown.isEmpty { shown.append(space) }
        space = 0
        if byte == UInt8(ascii: "&"), let scalar = entity(bytes, &place) {
          shown.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        } else {
          shown.append(byte)
        }
      }
    }
    let text = String(decoding: shown, as: UTF8.self)
    let isBlank = shown.first == 0xC2 && text.unicodeScalars.allSatisfy { $0 == "\u{A0}" }
    return isBlank ? "" : text
  }

  /// The character that is written out after `&`; nil if none is.
  private static func entity(_ bytes: [UInt8], _ place: inout Int) -> Unicode.Scalar? {
    let name = bytes[place...].prefix(12).prefix { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte == UInt8(ascii: "#")
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
    let text = Substring(decoding: name, as: UTF8.self)
    var found: Unicode.Scalar?
    if text.hasPrefix("#") {
      let digits = text.dropFirst()
      let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
      let number = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      found = number.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
    } else {
      found = entities[text]
    }
    guard let found else { return nil }
    place = name.endIndex
    if place < bytes.count, bytes[place] == UInt8(ascii: ";") { place += 1 }
    return found
  }
}
