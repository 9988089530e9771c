import AccessAPI
import MeshCore
import MeshCrypto
import MeshStore

/// A token that lets a member set a new password, as it is kept.
struct KeptReset: Sendable, Equatable {
  static let lifetime = Duration.seconds(24 * 3600)
  /// Bytes of a token; its text is base 64.
  static let tokenSize = 32
  private static let textSize = 43

  let member: MemberID
  /// Who made it, as the change log names them.
  let issuer: String
  let tokenHash: [UInt8]
  let expireTime: Timestamp

  /// - Returns: nil for a text that is no token's.
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

  /// Whether whoever made a token could make one now.
  ///
  /// A change of role or access deletes their tokens; this is for a release in which roles may do other
  /// things.
  private func mayStillIssue(_ issuer: String) throws -> Bool {
    guard let id = MemberID(issuer) else { return issuer == "\(CallerIdentity.system("operator"))" }
    return try member(id)?.may("member", "reset_password") == true
  }
}

extension WriteTransaction {
  /// Keeps a token, in place of the member's one before.
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

  /// Deletes the token for a member, and those that they have made for others.
  func deletePasswordResets(ofAndBy member: MemberID) throws {
    try execute(
      """
      DELETE FROM password_resets
      WHERE member_id = \(member) OR issuer = \(member.description)
      """
    )
  }
}
