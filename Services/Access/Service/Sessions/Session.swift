import MeshCore
import MeshService
import MeshStore

/// A member's session, from login until it ends.
struct Session: Sendable, Equatable {
  /// A session's lifetime; use does not extend it.
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

  /// Whether tokens are still issued for it.
  func stands(at now: Timestamp) -> Bool { endTime == nil && now < expireTime }
}

// Every change to a session goes through here. The change log has the session's id and the actor,
// no personal data.
extension WriteTransaction {
  /// Begins a session and deletes the member's expired ones.
  func beginSession(of member: MemberID) throws -> Session {
    try deleteExpiredSessions(of: member)
    let session = Session(id: ids.next(), of: member, at: now)
    try insert(session)
    try record(Change(action: "create", object: "session", id: "\(session.id)"))
    return session
  }

  /// Ends a session; an ended one is left as it is.
  func endSession(_ session: Session) throws {
    guard session.endTime == nil else { return }
    try markEnded(session.id)
    try record(Change(action: "end", object: "session", id: "\(session.id)"))
    try record(.end(of: session.id, at: now))
  }
}
