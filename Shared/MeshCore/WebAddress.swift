/// The form of web addresses.
package enum WebAddress {
  /// Whether a browser may be sent there.
  ///
  /// It has the scheme `http`, `https` or none, and no space. Other schemes are refused,
  /// `javascript` above all.
  package static func isValid(_ text: String) -> Bool {
    guard !text.contains(where: \.isWhitespace) else { return false }
    guard let colon = text.firstIndex(of: ":") else { return text.contains(".") }
    let scheme = text[..<colon].lowercased()
    let rest = text[text.index(after: colon)...]
    if scheme == "http" || scheme == "https" { return rest.hasPrefix("//") && rest.count > 2 }
    let isPort = rest.prefix { $0 != "/" }.allSatisfy(\.isNumber)
    return isPort && !rest.isEmpty && scheme.contains(".")
  }
}
