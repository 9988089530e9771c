import COpenSSL
import MeshCore

/// What a server keeps of a password to check SCRAM-SHA-256 (RFC 5802, RFC 7677), in PostgreSQL's form.
///
/// A statement that sets it tells nobody the password.
package enum ScramSecret {
  private static let iterations = 4096

  /// - Parameters:
  ///   - password: in ASCII, whose normal form (SASLprep) is itself.
  ///   - salt: random; 16 bytes are usual.
  /// - Returns: `SCRAM-SHA-256$<iterations>:<salt>$<stored key>:<server key>`.
  package static func text(of password: String, salt: [UInt8] = SecureRandom.bytes(16)) -> String {
    let salted = saltedPassword(Array(password.utf8), salt)
    let clientKey = HMACSHA256.code(for: Array("Client Key".utf8), key: salted)
    let serverKey = HMACSHA256.code(for: Array("Server Key".utf8), key: salted)
    let keys = [SHA256.hash(clientKey), serverKey].map { Base64.encode($0) }
    return "SCRAM-SHA-256$\(iterations):\(Base64.encode(salt))$\(keys.joined(separator: ":"))"
  }

  /// `Hi` of RFC 5802, which is PBKDF2 with HMAC-SHA-256.
  private static func saltedPassword(_ password: [UInt8], _ salt: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: SHA256.digestSize) { buffer, count in
      let isDone = password.withUnsafeBytes { bytes in
        PKCS5_PBKDF2_HMAC(
          bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
          Int32(bytes.count),
          salt,
          Int32(salt.count),
          Int32(iterations),
          EVP_sha256(),
          Int32(SHA256.digestSize),
          buffer.baseAddress
        )
      }
      precondition(isDone == 1, "OpenSSL cannot derive a key")
      count = SHA256.digestSize
    }
  }
}
