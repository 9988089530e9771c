import MeshCore

/// A password that may be chosen: long enough to be hard to guess, and not what everybody knows.
///
/// Its rules are those of NIST SP 800-63B, section 5.1.1.2: a length, and no rules of composition.
struct Password: Sendable {
  static let leastCharacters = 10
  static let mostBytes = 1000

  let text: String

  private init(_ text: String) { self.text = text }

  /// Checks a password for the member with that address.
  ///
  /// - Returns: the password; nil when it breaks a rule, which is added to `violations`.
  static func chosen(
    _ text: String,
    of email: String,
    _ violations: inout [FieldViolation]
  ) -> Password? {
    let rule: String
    if text.unicodeScalars.count < leastCharacters {
      rule = "must have at least \(leastCharacters) characters"
    } else if text.utf8.count > mostBytes {
      rule = "must have at most \(mostBytes) bytes"
    } else if EmailAddress.key(text) == EmailAddress.key(email) {
      rule = "must not be the e-mail address"
    } else {
      return Password(text)
    }
    violations.append(FieldViolation(field: "password", description: rule))
    return nil
  }
}

/// A member who is to be added, and the password they log in with first.
struct NewMember: Sendable {
  let profile: MemberProfile
  let password: Password

  /// Checks both.
  ///
  /// - Throws: `.invalid` with every rule that is broken.
  init(_ draft: MemberDraft, password text: String) throws(MemberFault) {
    var violations: [FieldViolation] = []
    let profile = MemberProfile.checked(draft, &violations)
    let password = Password.chosen(text, of: draft.email, &violations)
    guard let profile, let password else { throw .invalid(violations) }
    self.profile = profile
    self.password = password
  }
}
