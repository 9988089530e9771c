/// The domains that a company can be recognised by.
package enum CompanyDomains {
  /// Those that give mail addresses to everybody say nothing of a company.
  private static let everybodys: Set = [
    "aol.com", "free.fr", "gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de", "gmx.net",
    "googlemail.com", "hotmail.com", "hotmail.co.uk", "icloud.com", "libero.it", "live.com",
    "mac.com", "mail.com", "mail.ru", "me.com", "msn.com", "orange.fr", "outlook.com", "proton.me",
    "protonmail.com", "qq.com", "t-online.de", "web.de", "yahoo.com", "yahoo.co.uk", "yandex.ru",
    "163.com",
  ]

  /// The domains of a web address and an e-mail address, in the form that addresses are compared in.
  ///
  /// - Parameters:
  ///   - website: `https://www.example.com/about` is of `example.com`; what cannot be read has no domain.
  ///   - email: of somebody there.
  /// - Returns: at most two, the web address's first; none of a provider of mail for everybody.
  package static func of(website: String, email: String) -> [String] {
    var domains: [String] = []
    for host in [host(of: website), host(ofAddress: email)].compactMap(\.self) {
      let domain = EmailAddress.folded(host)
      guard !everybodys.contains(domain), !domains.contains(domain),
        EmailAddress.isValid("x@\(domain)")
      else { continue }
      domains.append(domain)
    }
    return domains
  }

  private static func host(of website: String) -> String? {
    var rest = website[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    rest = rest.prefix { !"/?#".contains($0) }
    if let user = rest.lastIndex(of: "@") { rest = rest[rest.index(after: user)...] }
    let host = rest.prefix { $0 != ":" }.lowercased()
    if host.isEmpty { return nil }
    return UnicodeText.domain(host.hasPrefix("www.") ? String(host.dropFirst(4)) : host)
  }

  private static func host(ofAddress email: String) -> String? {
    guard let at = email.lastIndex(of: "@") else { return nil }
    return UnicodeText.domain(String(email[email.index(after: at)...]))
  }
}
