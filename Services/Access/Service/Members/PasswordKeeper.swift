import MeshCore
import MeshCrypto
import MeshLoop

/// Hashes and compares passwords, off the loop.
struct PasswordKeeper: Sendable {
  /// Compared where there is no member, so that it takes as long.
  private let decoy: PasswordHash

  init() async throws {
    decoy = try await BlockingPool.shared.run { () throws(CryptoError) in
      try PasswordHash(of: Base64.encode(SecureRandom.bytes(24)))
    }
  }

  /// The password that the member with that address is to begin with.
  ///
  /// - Throws: UNAVAILABLE while there is no memory for it.
  func first(_ password: String, of email: String) async throws(MeshError) -> FirstPassword {
    if let rule = PasswordRules.violation(of: password, email: email) { return .refused(rule) }
    return .hashed(try await hash(password))
  }

  /// A hash of a password that is known to be right, by today's parameters.
  func hash(_ password: String) async throws(MeshError) -> PasswordHash {
    try await run { () throws(CryptoError) in try PasswordHash(of: password) }
  }

  /// Whether `password` is the one of `hash`; never, but as slowly, where there is no hash.
  ///
  /// - Throws: UNAVAILABLE while there is no memory for it.
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
