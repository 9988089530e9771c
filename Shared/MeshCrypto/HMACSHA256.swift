import COpenSSL

/// HMAC with SHA-256 (RFC 2104, RFC 4231).
package enum HMACSHA256 {
  /// The authentication code of `message`, 32 bytes; of a key 32 random bytes are right.
  package static func code(for message: [UInt8], key: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: SHA256.digestSize) { buffer, count in
      let code = HMAC(
        EVP_sha256(),
        key,
        Int32(key.count),
        message,
        message.count,
        buffer.baseAddress,
        nil
      )
      precondition(code != nil, "OpenSSL cannot compute an HMAC")
      count = SHA256.digestSize
    }
  }

  /// Whether `code` is that of `message`, told in a time that does not depend on where it differs.
  package static func isValid(_ code: [UInt8], for message: [UInt8], key: [UInt8]) -> Bool {
    ConstantTime.areEqual(code, Self.code(for: message, key: key))
  }
}
