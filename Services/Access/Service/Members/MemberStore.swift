import AccessAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshRecords
import MeshStore

/// SQL of members, besides that of every record: lookups by address or session, for logins only.
extension ReadTransaction {
  func member(_ id: MemberID) throws -> Member? {
    try record(id.words, in: scope(forCalculation: "session"))
  }

  /// The member with an address, as addresses are compared, and their password hash.
  func credential(of email: String) throws -> Credential? {
    try first(
      """
      SELECT password_hash, \(Member.columns) FROM members
      WHERE email_folded = \(EmailAddress.folded(email))
      """
    ) { row in
      guard let hash = PasswordHash(phc: try row.next()) else {
        throw StoreError.decoding(column: 0, expected: "an Argon2id hash")
      }
      return Credential(member: Member(row: row, at: row.place), password: hash)
    }
  }

  /// The member with an address.
  ///
  /// - Throws: NOT_FOUND when there is none.
  func member(of email: String) throws -> Member {
    guard let member = try credential(of: LoginAttempt.address(email))?.member else {
      throw MeshError(
        code: .notFound,
        reason: .notFound,
        message: "no member has this e-mail address"
      )
    }
    return member
  }

  /// Whether the tenant has an owner.
  func hasOwner() throws -> Bool {
    try value("SELECT 1 FROM members WHERE owner", as: Int.self) != nil
  }
}

extension WriteTransaction {
  /// Replaces a member's password hash.
  func save(_ password: PasswordHash, of member: Member) throws {
    var columns = RecordColumns()
    columns.set("password_hash", password.phc)
    try writePrivate(columns, of: member)
  }
}

/// A member and their password hash.
struct Credential: Sendable {
  let member: Member
  let password: PasswordHash
}
