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
  /// The most bytes of a text that is a password in one of its forms.
  private static let mostFormBytes = 4 * mostBytes

  /// A password in the form in which it is hashed (Normalization Form C: RFC 8265, section 4.2); nil for a
  /// text that is longer than any password, which is not examined further.
  static func composed(_ text: String) -> String? {
    text.utf8.count <= mostFormBytes ? UnicodeText.composed(text) : nil
  }

  /// The rule that a password breaks for the member with that address; nil when it breaks none.
  static func violation(of text: String, email: String) -> String? {
    guard let password = composed(text), password.utf8.count <= mostBytes else {
      return "must have at most \(mostBytes) bytes"
    }
    if password.unicodeScalars.count < leastCharacters {
      return "must have at least \(leastCharacters) characters"
    }
    if !UnicodeText.isVisible(password) { return "must have characters other than blanks" }
    return EmailAddress.folded(password) == EmailAddress.folded(email)
      ? "must not be the e-mail address" : nil
  }
}
