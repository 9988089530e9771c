import MeshAccess
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
  /// When the member last did anything, as far as logins and renewals have reported it.
  private(set) var activeTime: Timestamp
  /// When it was ended, by the member or by their deactivation.
  var endTime: Timestamp?
  /// What identifies its refresh tokens; nil for a session from before there were any, which is
  /// never renewed.
  var renewal: Renewal?

  init(
    id: SessionID,
    member: MemberID,
    createTime: Timestamp,
    expireTime: Timestamp,
    activeTime: Timestamp,
    endTime: Timestamp? = nil,
    renewal: Renewal? = nil
  ) {
    self.id = id
    self.member = member
    self.createTime = createTime
    self.expireTime = expireTime
    self.activeTime = activeTime
    self.endTime = endTime
    self.renewal = renewal
  }

  /// A session that begins at `now`.
  init(id: SessionID, of member: MemberID, at now: Timestamp, _ token: RefreshToken) {
    self.init(
      id: id,
      member: member,
      createTime: now,
      expireTime: now + Self.lifetime,
      activeTime: now,
      renewal: Renewal(token)
    )
  }

  /// When it ends unless it is renewed after the member has done something.
  func idleExpireTime(_ limit: IdleLimit) -> Timestamp {
    min(activeTime + limit.duration, expireTime)
  }

  /// Whether it has neither been ended nor expired.
  func stands(at now: Timestamp, _ limit: IdleLimit) -> Bool {
    endTime == nil && now < idleExpireTime(limit)
  }

  /// Notes that the member did something at `time`; a later time that is already known stays.
  mutating func noteActivity(at time: Timestamp) { activeTime = max(activeTime, time) }
}

// Every change to a session goes through here. The change log has the session's id and the actor,
// no personal data.
extension WriteTransaction {
  /// Begins a session and deletes the member's expired ones.
  func beginSession(of member: MemberID) throws -> (Session, RefreshToken) {
    try deleteExpiredSessions(of: member)
    let id: SessionID = ids.next()
    let token = RefreshToken(newFor: id)
    let session = Session(id: id, of: member, at: now, token)
    try insert(session)
    try record(Change(action: "create", object: "session", id: "\(session.id)"))
    return (session, token)
  }

  /// Ends a session; an ended one is left as it is.
  func endSession(_ session: Session) throws {
    guard session.endTime == nil else { return }
    try markEnded(session.id)
    try record(Change(action: "end", object: "session", id: "\(session.id)"))
    try record(.end(of: session.id, at: now))
  }
}
