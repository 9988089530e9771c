import MeshCore
import MeshStore

/// A login of a member, and what came of it.
struct Session: Sendable, Equatable {
  /// However much it is used, a session ends then.
  static let lifetime = Duration.seconds(12 * 3600)

  let id: SessionID
  let member: MemberID
  let createTime: Timestamp
  let expireTime: Timestamp
  /// When it was ended, by the member or by their deactivation.
  var endTime: Timestamp?

  init(
    id: SessionID,
    member: MemberID,
    createTime: Timestamp,
    expireTime: Timestamp,
    endTime: Timestamp? = nil
  ) {
    self.id = id
    self.member = member
    self.createTime = createTime
    self.expireTime = expireTime
    self.endTime = endTime
  }

  /// A session that begins at `now`.
  init(id: SessionID, of member: MemberID, at now: Timestamp) {
    self.init(id: id, member: member, createTime: now, expireTime: now + Self.lifetime)
  }

  /// Whether tokens are still given for it.
  func stands(at now: Timestamp) -> Bool { endTime == nil && now < expireTime }
}

// The one path of every change to a session. The change log names the session and who acted; what is
// personal about it stays with the member.
extension WriteTransaction {
  /// Begins a session, and lets go of the member's that are past their end.
  func beginSession(of member: MemberID) throws -> Session {
    try deleteExpiredSessions(of: member)
    let session = Session(id: ids.next(), of: member, at: now)
    try insert(session)
    try record(Change(action: "create", object: "session", id: "\(session.id)"))
    return session
  }

  /// Ends a session; one that has ended stays as it is.
  func endSession(_ session: Session) throws {
    guard session.endTime == nil else { return }
    try markEnded(session.id)
    try record(Change(action: "end", object: "session", id: "\(session.id)"))
  }
}
