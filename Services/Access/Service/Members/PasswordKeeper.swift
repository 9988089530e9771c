import MeshCore
import MeshCrypto
import MeshLoop

/// Hashes and compares passwords, off the loop.
struct PasswordKeeper: Sendable {
  /// Compared when there is no such member, so that the answer takes as long.
  private let decoy: PasswordHash

  init() async throws {
    decoy = try await BlockingPool.shared.run { () throws(CryptoError) in
      try PasswordHash(of: Base64.encode(SecureRandom.bytes(24)))
    }
  }

  /// Checks and hashes a new member's initial password.
  ///
  /// - Throws: UNAVAILABLE while there is no memory for the hash.
  func first(_ password: String, of email: String) async throws(MeshError) -> FirstPassword {
    if let rule = PasswordRules.violation(of: password, email: email) { return .refused(rule) }
    return .hashed(try await hash(password))
  }

  /// Hashes a password that is known to be right with the current parameters.
  func hash(_ password: String) async throws(MeshError) -> PasswordHash {
    try await run { () throws(CryptoError) in try PasswordHash(of: password) }
  }

  /// Whether `password` matches `hash`; without a hash always false, after the same time.
  ///
  /// - Throws: UNAVAILABLE while there is no memory for the hash.
  func matches(_ password: String, _ hash: PasswordHash?) async throws(MeshError) -> Bool {
    let compared = hash ?? decoy
    let matches = try await run { () throws(CryptoError) in try compared.matches(password) }
    return matches && hash != nil
  }

  private func run<Value: Sendable>(
    _ body: @escaping @Sendable () throws(CryptoError) -> Value
  ) async throws(MeshError) -> Value {
    do throws(CryptoError) {
      return try await BlockingPool.shared.run(body)
    } catch {
      throw .unavailable("too busy to check a password; try again")
    }
  }
}
