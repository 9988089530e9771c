extension String {
  /// The text as it is safe to show in one line of a terminal: what a file or a record holds can neither
  /// move the cursor, colour what follows, begin another line nor turn the order of what is read.
  ///
  /// Control characters (C0, DEL and C1, to which escape sequences belong), line and paragraph separators
  /// and the marks of Unicode's bidirectional algorithm (UAX 9) appear as `\u{1B}`. Bytes that were not
  /// UTF-8 are U+FFFD since they became a text.
  var printable: String {
    if !unicodeScalars.contains(where: \.isUnprintable) { return self }
    var result = ""
    for scalar in unicodeScalars {
      if scalar.isUnprintable {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The same of several lines.
  var printableLines: String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).printable }.joined(separator: "\n")
  }

  /// JSON with its unprintable characters, which only its texts can hold, as escapes (RFC 8259, 7).
  var printableJSON: String {
    if !unicodeScalars.contains(where: \.isUnprintable) { return self }
    var result = ""
    for scalar in unicodeScalars {
      if scalar.isUnprintable {
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// All of these have four hexadecimal digits at most.
  fileprivate var isUnprintable: Bool {
    switch value {
    case 0...0x1F, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
      true
    default: false
    }
  }
}
