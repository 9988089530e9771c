/// The form in which a text is looked for in others, without regard to case, accents and other marks.
///
/// It is `UnicodeText.folded` with each letter as words of the search have it (`TextFolding`): "Müller" and
/// "MULLER" are both "muller", "Straße" is "strasse", "İzmir" is "izmir". Spaces and signs stay. A form is at
/// most 11 times as long as its text.
package enum LooseText {
  package static func form(of text: String) -> String {
    var text = text
    return String(decoding: text.withUTF8(form), as: UTF8.self)
  }

  /// The form of a text in UTF-8.
  ///
  /// One of Latin letters takes one pass and no call of ICU: each of them has a form of its own, whatever
  /// stands beside it. Not so where marks follow their letters.
  package static func form(of text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var form: [UInt8] = []
    form.reserveCapacity(text.count + 8)
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 {
        form.append(isCapital(byte) ? byte | 0x20 : byte)
        index += 1
      } else if (0xC2...0xCB).contains(byte), index + 1 < text.count {
        let scalar = (UInt32(byte) & 0x1F) << 6 | UInt32(text[index + 1]) & 0x3F
        form += latin[Int(scalar) - 0x80]
        index += 2
      } else {
        return anyForm(of: String(decoding: text, as: UTF8.self))
      }
    }
    return form
  }

  /// Whether a text in UTF-8 is known to be in its form: one of ASCII without capitals.
  package static func isForm(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.allSatisfy { $0 < 0x80 && !isCapital($0) }
  }

  private static func isCapital(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  /// The forms of U+0080 to U+02FF.
  private static let latin: [[UInt8]] = (0x80..<0x300).map { value in
    Unicode.Scalar(value as UInt32).map { anyForm(of: String($0)) } ?? []
  }

  private static func anyForm(of text: String) -> [UInt8] {
    var form: [UInt8] = []
    form.reserveCapacity(text.utf8.count)
    for scalar in UnicodeText.folded(text).unicodeScalars {
      switch scalar.value {
      case 0..<0x80: form.append(UInt8(scalar.value))
      // Han and Hangul, which have neither case nor marks.
      case 0x4E00...0x9FFF, 0xAC00...0xD7A3: form += UTF8.encode(scalar).map(Array.init) ?? []
      default: form += (TextFolding.fold(scalar) ?? String(scalar)).utf8
      }
    }
    return form
  }
}
