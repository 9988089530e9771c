import MeshCore
import MeshCrypto
import MeshStore

/// All SQL of members. Every statement sees the transaction's tenant alone.
extension ReadTransaction {
  /// The member of that id among those that `access` includes; nil when there is none.
  func member(_ id: MemberID, _ access: SQL = "TRUE") throws -> Member? {
    try first("SELECT \(MemberRow.columns) FROM members WHERE id = \(id) AND (\(access))") { row in
      try MemberRow.member(&row)
    }
  }

  /// The member whom an address belongs to, with what their password is compared to.
  func credential(emailKey: String) throws -> Credential? {
    try first(
      "SELECT \(MemberRow.columns), password_hash FROM members WHERE email_key = \(emailKey)"
    ) { row in
      Credential(member: try MemberRow.member(&row), password: try MemberRow.password(&row))
    }
  }

  /// Who owns the tenant; nil before it has anybody.
  func owner() throws -> Member? {
    try first("SELECT \(MemberRow.columns) FROM members WHERE is_owner") { row in
      try MemberRow.member(&row)
    }
  }

  /// One page of the members that `access` includes, by name.
  func members(_ access: SQL, _ page: PageRequest) throws -> Page<Member> {
    try self.page(
      MemberRow.columns,
      from: "members",
      where: access,
      by: Keyset([.ascending("name_key")], unique: "id"),
      page,
      bound: ["members"]
    ) { row in try MemberRow.member(&row) }
  }
}

extension WriteTransaction {
  /// - Returns: false when another member has the address, or the tenant an owner already.
  func insert(_ member: Member, _ password: PasswordHash) throws -> Bool {
    let profile = member.profile
    let inserted = try execute(
      """
      INSERT INTO members (
        id, version, email, email_key, display_name, name_key, role, is_owner, takes_leads,
        daily_lead_cap, is_active, password_hash, create_time, update_time
      ) VALUES (
        \(member.id), \(member.version), \(profile.email), \(profile.emailKey),
        \(profile.displayName), \(profile.displayName.lowercased()), \(profile.role.rawValue),
        \(member.isOwner), \(profile.takesLeads), \(profile.dailyLeadCap), \(member.isActive),
        \(password.phc), \(member.createTime), \(member.updateTime)
      ) ON CONFLICT DO NOTHING
      """
    )
    return inserted == 1
  }

  /// Writes every value that a change can touch.
  func update(_ member: Member) throws {
    let profile = member.profile
    try execute(
      """
      UPDATE members SET
        version = \(member.version), display_name = \(profile.displayName),
        name_key = \(profile.displayName.lowercased()), role = \(profile.role.rawValue),
        takes_leads = \(profile.takesLeads), daily_lead_cap = \(profile.dailyLeadCap),
        is_active = \(member.isActive), update_time = \(member.updateTime)
      WHERE id = \(member.id)
      """
    )
  }

  /// Keeps another hash of the same password, unless it was replaced meanwhile.
  func replacePassword(of member: MemberID, _ old: PasswordHash, by new: PasswordHash) throws {
    try execute(
      """
      UPDATE members SET password_hash = \(new.phc)
      WHERE id = \(member) AND password_hash = \(old.phc)
      """
    )
  }
}

/// A member, and what their password is compared to.
struct Credential: Sendable {
  let member: Member
  let password: PasswordHash
}

/// The columns of a member, in the order they are read.
enum MemberRow {
  static let columns: SQL = """
    id, version, email, display_name, role, is_owner, takes_leads, daily_lead_cap, is_active,
    create_time, update_time
    """

  static func member(_ row: inout Row) throws -> Member {
    let id: MemberID = try row.next()
    let version: Int64 = try row.next()
    let email: String = try row.next()
    let displayName: String = try row.next()
    let roleName: String = try row.next()
    guard let role = MemberRole(rawValue: roleName) else {
      throw StoreError.decoding(column: 4, expected: "a role")
    }
    let isOwner: Bool = try row.next()
    let profile = MemberProfile(
      email: email,
      displayName: displayName,
      role: role,
      takesLeads: try row.next(),
      dailyLeadCap: try row.next()
    )
    return Member(
      id: id,
      version: version,
      profile: profile,
      isOwner: isOwner,
      isActive: try row.next(),
      createTime: try row.next(),
      updateTime: try row.next()
    )
  }

  static func password(_ row: inout Row) throws -> PasswordHash {
    guard let hash = PasswordHash(phc: try row.next()) else {
      throw StoreError.decoding(column: 11, expected: "an Argon2id hash")
    }
    return hash
  }
}
