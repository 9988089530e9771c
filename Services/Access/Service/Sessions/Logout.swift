import AccessAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore

extension AccessRPC {
  @LoopActor
  func logout(_ request: LogoutRequest, _ call: Call) async throws -> LogoutResponse {
    let (own, token) = (call.caller.session, RefreshToken(request.refreshToken))
    // Read first, so that made-up tokens do not reach the writer.
    let sessions = try await store.read(call.tenant) { try $0.sessions(own, token) }
    guard let first = sessions.first else { return LogoutResponse() }
    let author = Author(
      actor: call.caller.actor,
      onBehalfOf: call.caller.member == nil ? first.member.description : nil,
      origin: call.origin
    )
    try await store.write(call.tenant, as: author, lock: Self.lock) { transaction in
      for session in try transaction.sessions(own, token) { try transaction.endSession(session) }
    }
    return LogoutResponse()
  }
}

extension ReadTransaction {
  /// The sessions that a caller's token and a refresh token belong to, unless they have ended.
  ///
  /// An old refresh token is as good as the current one: whoever has either may end the session.
  fileprivate func sessions(_ own: SessionID?, _ token: RefreshToken?) throws -> [Session] {
    var found: [Session] = []
    if let own, let session = try session(own) { found.append(session) }
    if let token, token.session != own, let session = try session(token.session),
      session.renewal?.knows(token) == true
    {
      found.append(session)
    }
    return found.filter { $0.endTime == nil }
  }
}
