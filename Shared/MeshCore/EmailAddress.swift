/// The form of e-mail addresses (RFC 5321, section 4.1.2; with UTF-8, RFC 6531).
package enum EmailAddress {
  /// Whether mail can be addressed to it.
  ///
  /// That is a dot-atom of at most 64 bytes, `@`, and a host name with a dot. Quoted local parts and
  /// address literals are legal but nobody's, and refused.
  package static func isValid(_ text: String) -> Bool {
    let bytes = text.utf8
    guard bytes.count <= 254, let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
    let local = bytes[..<at]
    let host = bytes[bytes.index(after: at)...]
    guard local.count <= 64 else { return false }
    let atoms = local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard atoms.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isAtomText) }) else { return false }
    let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return labels.count >= 2 && labels.allSatisfy(isLabel)
  }

  /// The form that an address is kept in: its domain in lower case and readable, `müller.example` for
  /// `xn--mller-kva.EXAMPLE`.
  package static func formed(_ text: String) -> String {
    guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return text }
    return text[...at] + UnicodeText.domain(String(text[text.index(after: at)...]))
  }

  /// The form that addresses are compared in: the same for two that look the same, in any case.
  package static func folded(_ text: String) -> String {
    UnicodeText.folded(formed(text))
  }

  private static func isAtomText(_ byte: UInt8) -> Bool {
    byte >= 0x80 || isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
  }

  private static func isLabel(_ label: Substring.UTF8View.SubSequence) -> Bool {
    guard (1...63).contains(label.count), let first = label.first, let last = label.last else {
      return false
    }
    let hyphen = UInt8(ascii: "-")
    return first != hyphen && last != hyphen
      && label.allSatisfy { $0 >= 0x80 || isLetterOrDigit($0) || $0 == hyphen }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
