import MeshCore
import MeshStore

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
