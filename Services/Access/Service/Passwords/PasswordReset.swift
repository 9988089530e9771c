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
    let id = try value(
      """
      SELECT member_id FROM password_resets
      WHERE token_hash = \(tokenHash) AND expire_time > \(now)
      """,
      as: MemberID.self
    )
    guard let member = try id.flatMap({ try member($0) }), member.active else { return nil }
    return member
  }
}

extension WriteTransaction {
  /// Keeps a token, in place of the member's one before.
  func save(_ reset: KeptReset) throws {
    try execute(
      """
      INSERT INTO password_resets (member_id, token_hash, expire_time)
      VALUES (\(reset.member), \(reset.tokenHash), \(reset.expireTime))
      ON CONFLICT (tenant_id, member_id) DO UPDATE SET
        token_hash = excluded.token_hash, expire_time = excluded.expire_time
      """
    )
  }

  func deletePasswordReset(of member: MemberID) throws {
    try execute("DELETE FROM password_resets WHERE member_id = \(member)")
  }
}
