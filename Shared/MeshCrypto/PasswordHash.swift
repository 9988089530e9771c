import CArgon2

/// A password's Argon2id hash (RFC 9106) as its PHC string.
///
/// Made with 19 MiB, 2 passes and 1 lane, the least that OWASP's password storage cheat sheet asks
/// for. Hashing and matching take tens of milliseconds of a core: call them off the loop.
package struct PasswordHash: Hashable, Sendable {
  /// The scheme, its parameters, the salt and the hash: `$argon2id$v=19$m=19456,t=2,p=1$...$...`.
  package let phc: String

  private static let memoryKiB: UInt32 = 19 * 1024
  private static let passes: UInt32 = 2
  private static let lanes: UInt32 = 1
  private static let saltSize = 16
  private static let hashSize = 32
  private static let scheme = "$argon2id$"

  /// Hashes `password` with a fresh salt.
  ///
  /// - Throws: `.outOfMemory`
  package init(of password: String) throws(CryptoError) {
    let secret = Array(password.utf8)
    let salt = SecureRandom.bytes(Self.saltSize)
    let capacity = argon2_encodedlen(
      Self.passes,
      Self.memoryKiB,
      Self.lanes,
      UInt32(Self.saltSize),
      UInt32(Self.hashSize),
      Argon2_id
    )
    var encoded = [CChar](repeating: 0, count: capacity)
    let result = argon2id_hash_encoded(
      Self.passes,
      Self.memoryKiB,
      Self.lanes,
      secret,
      secret.count,
      salt,
      salt.count,
      Self.hashSize,
      &encoded,
      encoded.count
    )
    guard result == ARGON2_OK.rawValue else { throw .outOfMemory }
    phc = String(
      decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
      as: UTF8.self
    )
  }

  /// A hash that was stored; nil when it is not one of Argon2id.
  package init?(phc: String) {
    guard phc.hasPrefix(Self.scheme) else { return nil }
    self.phc = phc
  }

  /// Whether `password` is the one; false too when the string is damaged.
  ///
  /// - Throws: `.outOfMemory`, which says nothing about the password.
  package func matches(_ password: String) throws(CryptoError) -> Bool {
    let secret = Array(password.utf8)
    let result = argon2id_verify(phc, secret, secret.count)
    if result == ARGON2_MEMORY_ALLOCATION_ERROR.rawValue { throw .outOfMemory }
    return result == ARGON2_OK.rawValue
  }

  /// Whether today's parameters differ: hash the password again when it next matches.
  package var needsRehash: Bool {
    let current = "v=19$m=\(Self.memoryKiB),t=\(Self.passes),p=\(Self.lanes)$"
    return !phc.hasPrefix(Self.scheme + current)
  }
}
