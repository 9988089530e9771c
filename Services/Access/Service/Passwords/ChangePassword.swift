import AccessAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore

extension AccessRPC {
  @LoopActor
  func changePassword(
    _ request: ChangePasswordRequest,
    _ call: Call
  ) async throws -> ChangePasswordResponse {
    let (now, limit) = (clock.now, idleLimit(call.tenant))
    let (known, failures) = try await store.read(call.tenant) { transaction in
      let member = try transaction.standing(call, at: now, limit).member
      let key = LoginKey(addressHash: LoginAttempt.hash(member.email), device: [])
      return (try transaction.credential(of: member.email), try transaction.loginFailures(key))
    }
    guard let known else { throw MeshError.sessionEnded }
    if let failures, failures.areTooMany(at: now) { throw tooMany(failures, call) }
    let (given, new) = (request.currentPassword, request.newPassword)
    _ = try await newPassword(new, of: known.member, call.tenant, isNeeded: false)
    let isRight = try await passwords.matches(given, known.password, call.tenant) != .none
    let hash = isRight ? try await newPassword(new, of: known.member, call.tenant) : nil
    let outcome = try await store.write(call.tenant, as: Author(call), lock: Self.lock) {
      transaction in
      let (session, member) = try transaction.standing(call, at: transaction.now, limit)
      return try transaction.change(known, of: member, to: hash, keeping: session.id)
    }
    switch outcome {
    case .changed: return ChangePasswordResponse()
    case .refused: throw MeshError.invalid("current_password", "must be the present password")
    case .tooMany(let failures): throw tooMany(failures, call)
    case .changedMeanwhile: return try await changePassword(request, call)
    }
  }

  /// Checks a new password against the rules and returns its hash; if the password will not be used, that of
  /// another text.
  ///
  /// - Throws: INVALID_ARGUMENT with the rule that it breaks; UNAVAILABLE while too many wait.
  @LoopActor
  func newPassword(
    _ password: String,
    of member: Member,
    _ tenant: TenantID,
    isNeeded: Bool = true
  ) async throws -> PasswordHash {
    switch try await passwords.first(password, of: member, isFit: isNeeded, tenant) {
    case .hashed(let hash): return hash
    case .refused(let rule): throw MeshError.invalid("new_password", rule)
    }
  }
}

/// The outcome of an attempt to change a password.
private enum ChangeOutcome {
  case changed
  case refused
  case tooMany(LoginFailures)
  /// The password changed during the comparison, whose result does not count.
  case changedMeanwhile
}

extension WriteTransaction {
  /// Changes a password if the present one was right, or counts the failure.
  ///
  /// A failure counts like that of a login from an unknown device, and the count is read again, so that
  /// concurrent guesses count like consecutive ones.
  ///
  /// - Parameters:
  ///   - known: the hash that the present password was compared with.
  ///   - member: whose password it is.
  ///   - hash: the new one; nil after a wrong one.
  ///   - session: the session that stays open.
  /// - Returns: the outcome.
  /// - Throws: what the store throws.
  fileprivate func change(
    _ known: Credential,
    of member: Member,
    to hash: PasswordHash?,
    keeping session: SessionID
  ) throws -> ChangeOutcome {
    let key = LoginKey(addressHash: LoginAttempt.hash(member.email), device: [])
    let failures = try loginFailures(key) ?? LoginFailures(at: now)
    if failures.areTooMany(at: now) { return .tooMany(failures) }
    guard let hash else {
      try save(failures.failing(at: now), key)
      return .refused
    }
    guard try credential(of: member.email)?.password == known.password else {
      return .changedMeanwhile
    }
    try setPassword(hash, of: member, keeping: session)
    try record(
      Change(
        action: "change_password",
        object: "member",
        id: member.idText,
        before: member.wireBytes(),
        after: member.wireBytes()
      )
    )
    return .changed
  }

  /// Replaces a member's password and ends what the old one allowed: all of their sessions but one, a
  /// token that would set another password, and the delay of logins.
  func setPassword(
    _ hash: PasswordHash,
    of member: Member,
    keeping kept: SessionID? = nil
  ) throws {
    guard let id = member.id else { return }
    try save(hash, of: member)
    try deletePasswordReset(of: id)
    try deleteLoginFailures(addressHash: LoginAttempt.hash(member.email))
    for session in try openSessions(of: id) where session.id != kept { try endSession(session) }
  }
}
