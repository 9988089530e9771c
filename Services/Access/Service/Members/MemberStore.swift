import AccessAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshRecords
import MeshStore

/// SQL of members beyond that of every record: what is found by an address or a session, and never
/// shown to others.
extension ReadTransaction {
  func member(_ id: MemberID) throws -> Member? {
    try record(id.words, in: scope(forCalculation: "session"))
  }

  /// The member with an address, in any case, and the hash that their password is compared with.
  func credential(of email: String) throws -> Credential? {
    try first(
      """
      SELECT password_hash, \(Member.columns) FROM members
      WHERE email_key = \(EmailAddress.key(email))
      """
    ) { row in
      guard let hash = PasswordHash(phc: try row.next()) else {
        throw StoreError.decoding(column: 0, expected: "an Argon2id hash")
      }
      return Credential(member: Member(row: row, at: row.place), password: hash)
    }
  }

  /// Whether the tenant has an owner.
  func hasOwner() throws -> Bool {
    try value("SELECT 1 FROM members WHERE owner", as: Int.self) != nil
  }
}

extension WriteTransaction {
  /// Keeps another hash of a member's password.
  func save(_ password: PasswordHash, of member: Member) throws {
    var columns = RecordColumns()
    columns.set("password_hash", password.phc)
    try writePrivate(columns, of: member)
  }
}

/// A member, and the hash that their password is compared with.
struct Credential: Sendable {
  let member: Member
  let password: PasswordHash
}
