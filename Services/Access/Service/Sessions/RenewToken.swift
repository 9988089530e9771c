import AccessAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore

extension AccessRPC {
  @LoopActor
  func renewToken(_ request: RenewTokenRequest, _ call: Call) async throws -> LoginResponse {
    let idle = Duration.seconds(Int64(request.idleSeconds))
    guard request.idleSeconds >= 0, idle <= IdleLimit.longest.duration else {
      throw MeshError.invalid("idle_seconds", "must be from 0 to \(IdleLimit.longest.seconds)")
    }
    guard let token = RefreshToken(request.refreshToken) else { throw MeshError.sessionEnded }
    let now = clock.now
    // Read first, so that made-up tokens do not reach the writer.
    let known = try await store.read(call.tenant) { try $0.session(token.session) }
    guard let known, known.endTime == nil, let renewal = known.renewal,
      renewal.verdict(on: token, at: now) != .unknown
    else { throw MeshError.sessionEnded }
    let limit = idleLimit(call.tenant)
    let author = Author(
      actor: call.caller.actor,
      onBehalfOf: known.member.description,
      origin: call.origin
    )
    let outcome = try await store.write(call.tenant, as: author, lock: Self.lock) { transaction in
      try transaction.renew(token, idle: idle, limit)
    }
    switch outcome {
    case .renewed(let session, let member, let next):
      return tokens.grant(session, of: member, in: call.tenant, next, limit)
    case .ended:
      throw MeshError.sessionEnded
    case .reused:
      log.warning(
        "refresh_token_reused",
        ["tenant": .id("\(call.tenant)"), "session": .id("\(token.session)")]
      )
      throw MeshError.sessionEnded
    }
  }
}

extension MeshError {
  static var sessionEnded: MeshError {
    .unauthenticated("the session has ended; log in again")
  }
}

/// The outcome of a renewal.
private enum RenewalOutcome {
  case renewed(Session, Member, RefreshToken)
  case ended
  /// The token was valid earlier, so the session ends.
  case reused
}

extension WriteTransaction {
  /// Renews a session, or ends it when it was idle for too long or its token was reused.
  fileprivate func renew(
    _ token: RefreshToken,
    idle: Duration,
    _ limit: IdleLimit
  ) throws -> RenewalOutcome {
    guard var session = try session(token.session), session.endTime == nil,
      let verdict = session.renewal?.verdict(on: token, at: now), verdict != .unknown
    else { return .ended }
    guard session.stands(at: now, limit), verdict != .reused,
      let member = try member(session.member), member.active
    else {
      try endSession(session)
      return verdict == .reused ? .reused : .ended
    }
    session.noteActivity(at: now - idle)
    var next: RefreshToken?
    if case .repeated(let successor) = verdict {
      next = successor
    } else {
      next = session.renewal?.replace(token, at: now)
    }
    guard let next else { return .ended }
    try saveRenewal(of: session)
    return .renewed(session, member, next)
  }
}
