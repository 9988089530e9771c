/// The first label of a tenant's host name (RFC 1123, section 2.1), in lower case.
enum Subdomain {
  /// Names that people may mistake for the installation's own, or that have a meaning to software.
  static let reserved: Set<String> = [
    "about", "account", "accounts", "admin", "administrator", "api", "app", "apps", "assets",
    "auth", "autoconfig", "autodiscover", "billing", "blog", "cdn", "cloud", "console", "dashboard",
    "demo",
    "dev", "dns", "docs", "download", "email", "example", "files", "ftp", "gateway", "git", "grpc",
    "healthz", "help", "host", "imap", "info", "internal", "invalid", "ldap", "leadmesh", "local",
    "localdomain", "localhost", "login", "mail", "manage", "mesh", "metrics", "monitor", "mta-sts",
    "mx", "news", "noreply", "ns1", "ns2", "oauth", "operator", "ops", "pop", "pop3", "portal",
    "postmaster", "private", "public", "register", "root", "security", "server", "shop", "signin",
    "signup", "smtp", "sso", "staging", "static", "status", "store", "support", "system", "tenant",
    "tenants", "test", "vpn", "webmaster", "webmail", "wpad", "www",
  ]

  /// The rule that a text breaks; nil for a valid subdomain.
  static func violation(of text: String) -> String? {
    let bytes = Array(text.utf8)
    let hyphen = UInt8(ascii: "-")
    guard (3...63).contains(bytes.count) else { return "must have 3 to 63 characters" }
    guard bytes.allSatisfy({ isLetterOrDigit($0) || $0 == hyphen }) else {
      return "must have only lower-case letters a to z, digits and hyphens"
    }
    guard bytes.first != hyphen, bytes.last != hyphen else {
      return "must not begin or end with a hyphen"
    }
    // RFC 5890, section 2.3.1: reserved for encoded labels such as xn--.
    guard bytes.count < 4 || bytes[2] != hyphen || bytes[3] != hyphen else {
      return "must not have hyphens as its third and fourth characters"
    }
    return reserved.contains(text) ? "is reserved" : nil
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: false
    }
  }
}
