import AccessAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore

extension AccessRPC {
  @LoopActor
  func login(_ request: LoginRequest, _ call: Call) async throws -> LoginResponse {
    let attempt = LoginAttempt(request, in: call.tenant, tokens)
    let (found, failures) = try await store.read(call.tenant) { transaction in
      (
        try transaction.credential(of: attempt.email),
        try transaction.loginFailures(attempt.key)
      )
    }
    if let failures, failures.areTooMany(at: clock.now) { throw tooMany(failures, call) }
    // Always compared, so that the response time does not reveal whether the member exists.
    let match = try await passwords.matches(request.password, found?.password, call.tenant)
    let proven = match == .none ? nil : found
    let isOutdated = match == .outdated || proven?.password.needsRehash == true
    let rehashed: PasswordHash? =
      proven != nil && isOutdated ? try await passwords.hash(request.password, call.tenant) : nil
    let author = Author(
      actor: call.caller.actor,
      onBehalfOf: proven?.member.idText,
      origin: call.origin
    )
    let outcome = try await store.write(call.tenant, as: author, lock: Self.lock) { transaction in
      try transaction.finish(attempt, proven, rehashed)
    }
    switch outcome {
    case .begun(let session, let refresh, let member):
      let limit = idleLimit(call.tenant)
      var granted = tokens.grant(session, of: member, in: call.tenant, refresh, limit)
      granted.deviceToken = tokens.signer.text(
        attempt.device ?? DeviceToken(newFor: attempt.email, in: call.tenant)
      )
      return granted
    case .refused:
      throw MeshError.unauthenticated(
        "the e-mail address or the password is wrong",
        reason: .invalidCredentials
      )
    case .tooMany(let failures):
      throw tooMany(failures, call)
    case .passwordChanged:
      return try await login(request, call)
    }
  }

  func tooMany(_ failures: LoginFailures, _ call: Call) -> MeshError {
    log.warning("logins_refused", ["tenant": .id("\(call.tenant)")])
    let seconds = failures.secondsLeft(at: clock.now)
    return MeshError(
      code: .resourceExhausted,
      reason: .rateLimited,
      message: "too many failed logins with this address; try again in \(seconds) s",
      metadata: ["retry_after_seconds": String(seconds)]
    )
  }
}

/// The address used in a login attempt, and the device when it is known.
struct LoginAttempt: Sendable {
  let email: String
  /// A device that has logged in with the address before: its failures are counted separately, so that other
  /// people's guesses do not delay it.
  let device: DeviceToken?
  let key: LoginKey

  init(_ request: LoginRequest, in tenant: TenantID, _ tokens: TokenIssuer) {
    email = Self.address(request.email)
    device = tokens.signer.device(request.deviceToken, of: email, in: tenant)
    key = LoginKey(addressHash: Self.hash(email), device: device?.device ?? [])
  }

  static func hash(_ email: String) -> [UInt8] {
    SHA256.hash(Array(EmailAddress.folded(address(email)).utf8))
  }

  /// An address as it was typed; empty for a text that is too long for one.
  static func address(_ text: String) -> String {
    text.utf8.count <= 4_096 ? TextForm.cleaned(text) : ""
  }
}

/// The outcome of a login attempt.
private enum LoginOutcome {
  case begun(Session, RefreshToken, Member)
  case refused
  case tooMany(LoginFailures)
  /// The password changed during the comparison, so the result does not apply to the current one.
  case passwordChanged
}

extension WriteTransaction {
  /// Begins a session if the password was right, or counts the failure.
  ///
  /// Reads the failures again, so that concurrent guesses count like consecutive ones, and the
  /// member, who may have changed while the password was compared.
  fileprivate func finish(
    _ attempt: LoginAttempt,
    _ proven: Credential?,
    _ rehashed: PasswordHash?
  ) throws -> LoginOutcome {
    let failures = try loginFailures(attempt.key) ?? LoginFailures(at: now)
    if failures.areTooMany(at: now) { return .tooMany(failures) }
    guard let proven, let current = try credential(of: attempt.email), current.member.active,
      let member = current.member.id
    else {
      try save(failures.failing(at: now), attempt.key)
      return .refused
    }
    guard current.password == proven.password else { return .passwordChanged }
    if failures.count > 0 { try deleteLoginFailures(attempt.key) }
    if let rehashed { try save(rehashed, of: current.member) }
    let (session, refresh) = try beginSession(of: member)
    return .begun(session, refresh, current.member)
  }
}
