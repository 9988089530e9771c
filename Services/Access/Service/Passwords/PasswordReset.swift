import AccessAPI
import MeshCore
import MeshCrypto
import MeshStore

/// A stored token that lets a member set a new password.
struct KeptReset: Sendable, Equatable {
  static let lifetime = Duration.seconds(24 * 3600)
  /// Bytes of a token; its text is base 64.
  static let tokenSize = 32
  private static let textSize = 43

  let member: MemberID
  /// The author who made it, as the change log names them.
  let issuer: String
  let tokenHash: [UInt8]
  let expireTime: Timestamp

  /// - Returns: nil for a text that cannot be a token.
  static func hash(ofToken text: String) -> [UInt8]? {
    guard text.utf8.count == textSize, let token = Base64.decodeURL(text) else { return nil }
    return SHA256.hash(token)
  }
}

/// All SQL of password resets.
extension ReadTransaction {
  /// The member whose password a valid token resets; nil when the token is not valid.
  func memberToReset(_ tokenHash: [UInt8], at now: Timestamp) throws -> Member? {
    let found = try first(
      """
      SELECT member_id, issuer FROM password_resets
      WHERE token_hash = \(tokenHash) AND expire_time > \(now)
      """
    ) { row in (member: try row.next(MemberID.self), issuer: try row.next(String.self)) }
    guard let found, let member = try member(found.member), member.active,
      try mayStillIssue(found.issuer)
    else { return nil }
    return member
  }

  /// Whether the issuer of a token could issue one now.
  ///
  /// A change of role or access deletes their tokens; this check is for a release that changes what roles may
  /// do.
  private func mayStillIssue(_ issuer: String) throws -> Bool {
    guard let id = MemberID(issuer) else { return issuer == "\(CallerIdentity.system("operator"))" }
    return try member(id)?.may("member", "reset_password") == true
  }
}

extension WriteTransaction {
  /// Stores a token in place of the member's previous one.
  func save(_ reset: KeptReset) throws {
    try execute(
      """
      INSERT INTO password_resets (member_id, issuer, token_hash, expire_time)
      VALUES (\(reset.member), \(reset.issuer), \(reset.tokenHash), \(reset.expireTime))
      ON CONFLICT (tenant_id, member_id) DO UPDATE SET
        issuer = excluded.issuer, token_hash = excluded.token_hash,
        expire_time = excluded.expire_time
      """
    )
  }

  func deletePasswordReset(of member: MemberID) throws {
    try execute("DELETE FROM password_resets WHERE member_id = \(member)")
  }

  /// Deletes the token for a member, and the tokens that they issued for others.
  func deletePasswordResets(ofAndBy member: MemberID) throws {
    try execute(
      """
      DELETE FROM password_resets
      WHERE member_id = \(member) OR issuer = \(member.description)
      """
    )
  }
}
