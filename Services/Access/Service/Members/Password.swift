import MeshCore
import MeshCrypto

/// The password that a member is to log in with first.
enum FirstPassword: Sendable {
  case hashed(PasswordHash)
  /// With the rule that it breaks.
  case refused(String)
}

/// What passwords must be like: long enough to be hard to guess, and not what attackers try first.
///
/// The rules are those of NIST SP 800-63B, section 5.1.1.2: a length, and no rules of composition.
enum PasswordRules {
  static let leastCharacters = 10
  static let mostBytes = 1000

  /// The rule that a password breaks for the member with that address; nil when it breaks none.
  static func violation(of password: String, email: String) -> String? {
    if password.unicodeScalars.count < leastCharacters {
      return "must have at least \(leastCharacters) characters"
    }
    if password.utf8.count > mostBytes { return "must have at most \(mostBytes) bytes" }
    return EmailAddress.key(password) == EmailAddress.key(email)
      ? "must not be the e-mail address" : nil
  }
}
