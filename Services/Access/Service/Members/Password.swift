import MeshCore
import MeshCrypto

/// A new member's initial password.
enum FirstPassword: Sendable {
  case hashed(PasswordHash)
  /// The rule that it breaks.
  case refused(String)
}

/// The password rules: long enough to be hard to guess, and not the e-mail address.
///
/// Follows NIST SP 800-63B, section 5.1.1.2: a minimum length and no composition rules.
enum PasswordRules {
  static let leastCharacters = 10
  static let mostBytes = 1000

  /// The rule that a password breaks for the member with that address; nil when it breaks none.
  static func violation(of password: String, email: String) -> String? {
    if password.unicodeScalars.count < leastCharacters {
      return "must have at least \(leastCharacters) characters"
    }
    if !UnicodeText.isVisible(password) { return "must have characters other than blanks" }
    if password.utf8.count > mostBytes { return "must have at most \(mostBytes) bytes" }
    return EmailAddress.folded(password) == EmailAddress.folded(email)
      ? "must not be the e-mail address" : nil
  }
}
