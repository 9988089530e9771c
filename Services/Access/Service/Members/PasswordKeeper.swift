import AccessAPI
import MeshCore
import MeshCrypto
import MeshLoop

/// Hashes and compares passwords, off the loop.
///
/// Each takes tens of milliseconds of a core and 19 MiB, so only a few run at once and only a limited number
/// waits, at most a quarter of it for each tenant; those whose caller has gone are dropped.
struct PasswordKeeper: Sendable {
  private static let atOnce = 4
  /// About a second and a half of waiting on two cores.
  private static let mostWaiting = 64
  private static let retrySeconds = 2

  private let slots: WorkSlots
  /// Compared when there is no such member, so that the answer takes equally long.
  private let decoy: PasswordHash

  /// Passwords are hashed in `slots`.
  init(slots: WorkSlots = WorkSlots(running: atOnce, places: mostWaiting)) async throws {
    self.slots = slots
    decoy = try await BlockingPool.shared.run { () throws(CryptoError) in
      try PasswordHash(of: Base64.encode(SecureRandom.bytes(24)))
    }
  }

  /// Checks and hashes a new member's initial password.
  ///
  /// - Parameters:
  ///   - password: as it was given.
  ///   - member: the new member.
  ///   - isFit: whether the member's fields are valid; if not, the member will be refused, and the
  ///     password is not hashed.
  ///   - tenant: the member's.
  /// - Returns: the rule that the password breaks, or its hash.
  /// - Throws: UNAVAILABLE while too many passwords wait, or there is no memory for the hash.
  func first(
    _ password: String,
    of member: Member?,
    isFit: Bool,
    _ tenant: TenantID
  ) async throws(MeshError) -> FirstPassword {
    if let rule = PasswordRules.violation(of: password, email: member?.email ?? "") {
      return .refused(rule)
    }
    return .hashed(isFit ? try await hash(password, tenant) : decoy)
  }

  /// Hashes a password that is known to be right with the current parameters.
  func hash(_ password: String, _ tenant: TenantID) async throws(MeshError) -> PasswordHash {
    let password = UnicodeText.composed(password)
    return try await run(tenant) { () throws(CryptoError) in try PasswordHash(of: password) }
  }

  /// Whether `password` matches `hash`; never without a hash, but after the same time.
  ///
  /// Passwords are hashed in Normalization Form C (RFC 8265, section 4.2). A hash from an earlier release
  /// may be of Form D, which some keyboards send, and should be replaced.
  ///
  /// - Throws: UNAVAILABLE while too many passwords wait, or there is no memory for the hash.
  func matches(
    _ password: String,
    _ hash: PasswordHash?,
    _ tenant: TenantID
  ) async throws(MeshError) -> PasswordMatch {
    let compared = hash ?? decoy
    // A text that cannot be a password is compared too, as an empty one.
    let composed = PasswordRules.composed(password) ?? ""
    let decomposed = UnicodeText.decomposed(composed)
    let isRight = try await run(tenant) { () throws(CryptoError) in try compared.matches(composed) }
    if isRight { return hash == nil ? .none : .current }
    guard !composed.utf8.elementsEqual(decomposed.utf8) else { return .none }
    let wasRight = try await run(tenant) { () throws(CryptoError) in
      try compared.matches(decomposed)
    }
    return wasRight && hash != nil ? .outdated : .none
  }

  private func run<Value: Sendable>(
    _ tenant: TenantID,
    _ body: @escaping @Sendable () throws(CryptoError) -> Value
  ) async throws(MeshError) -> Value {
    let result: Result<Value, CryptoError>
    do throws(WorkSlots.Refusal) {
      result = try await slots.run(for: tenant, body)
    } catch {
      throw Self.tooBusy
    }
    guard case .success(let value) = result else { throw Self.tooBusy }
    return value
  }

  private static var tooBusy: MeshError {
    MeshError(
      code: .unavailable,
      reason: .unavailable,
      message: "too busy to check a password; try again in \(retrySeconds) s",
      metadata: ["retry_after_seconds": String(retrySeconds)]
    )
  }
}

/// Whether a password is the one that was hashed.
enum PasswordMatch {
  case none
  case current
  /// It matches, but the hash is of another form of it.
  case outdated
}
