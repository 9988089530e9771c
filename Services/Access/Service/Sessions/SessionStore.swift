import MeshCore
import MeshService
import MeshStore

/// All SQL of sessions. Every statement sees the transaction's tenant alone.
extension ReadTransaction {
  func session(_ id: SessionID) throws -> Session? {
    try first("SELECT \(SessionRow.columns) FROM sessions WHERE id = \(id)") { row in
      try SessionRow.session(&row)
    }
  }

  /// Open sessions of a member, including expired ones.
  func openSessions(of member: MemberID) throws -> [Session] {
    try rows(
      """
      SELECT \(SessionRow.columns) FROM sessions
      WHERE member_id = \(member) AND end_time IS NULL ORDER BY id
      """
    ) { row in try SessionRow.session(&row) }
  }
}

extension WriteTransaction {
  func insert(_ session: Session) throws {
    try execute(
      """
      INSERT INTO sessions (
        id, member_id, create_time, expire_time, active_time, refresh_family, refresh_hash
      ) VALUES (
        \(session.id), \(session.member), \(session.createTime), \(session.expireTime),
        \(session.activeTime), \(session.renewal?.familyHash), \(session.renewal?.hash)
      )
      """
    )
  }

  /// Stores what a renewal changes in a session.
  func saveRenewal(of session: Session) throws {
    try execute(
      """
      UPDATE sessions SET
        active_time = \(session.activeTime), refresh_hash = \(session.renewal?.hash),
        replaced_hash = \(session.renewal?.replaced?.hash),
        replaced_time = \(session.renewal?.replaced?.time),
        successor_seed = \(session.renewal?.replaced?.seed)
      WHERE id = \(session.id)
      """
    )
  }

  func markEnded(_ session: SessionID) throws {
    try execute("UPDATE sessions SET end_time = \(now) WHERE id = \(session)")
  }

  /// Deletes a member's expired sessions.
  func deleteExpiredSessions(of member: MemberID) throws {
    let expired = try rows(
      """
      DELETE FROM sessions WHERE member_id = \(member) AND expire_time <= \(now)
      RETURNING id, end_time IS NOT NULL
      """
    ) { row in (id: try row.next(SessionID.self), wasEnded: try row.next(Bool.self)) }
    for session in expired where session.wasEnded { try record(.expiry(of: session.id)) }
  }
}

/// The columns of a session, in the order they are read.
private enum SessionRow {
  static let columns: SQL =
    """
    id, member_id, create_time, expire_time, active_time, end_time, refresh_family, refresh_hash,
    replaced_hash, replaced_time, successor_seed
    """

  static func session(_ row: inout Row) throws -> Session {
    var session = Session(
      id: try row.next(),
      member: try row.next(),
      createTime: try row.next(),
      expireTime: try row.next(),
      activeTime: try row.next(),
      endTime: try row.next()
    )
    session.renewal = try renewal(&row)
    return session
  }

  private static func renewal(_ row: inout Row) throws -> Renewal? {
    let family: [UInt8]? = try row.next()
    let hash: [UInt8]? = try row.next()
    let replacedHash: [UInt8]? = try row.next()
    let replacedTime: Timestamp? = try row.next()
    let seed: [UInt8]? = try row.next()
    guard let family, let hash else { return nil }
    var replaced: Renewal.Replaced?
    if let replacedHash, let replacedTime, let seed {
      replaced = Renewal.Replaced(hash: replacedHash, time: replacedTime, seed: seed)
    }
    return Renewal(familyHash: family, hash: hash, replaced: replaced)
  }
}
