import COpenSSL

/// SHA-256 (FIPS 180-4) of bytes that arrive in parts.
package struct SHA256: ~Copyable {
  package static let digestSize = 32

  /// Owned by this value alone and freed with it.
  private let context: OpaquePointer

  package init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      fatalError("OpenSSL cannot start SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  package mutating func update(_ bytes: some Collection<UInt8>) {
    let isUpdated =
      bytes.withContiguousStorageIfAvailable {
        EVP_DigestUpdate(context, $0.baseAddress, $0.count)
      } ?? Array(bytes).withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    precondition(isUpdated == 1, "OpenSSL refused bytes for SHA-256")
  }

  /// The digest of all that was added, 32 bytes.
  package consuming func finalize() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Self.digestSize) { buffer, count in
      precondition(
        EVP_DigestFinal_ex(context, buffer.baseAddress, nil) == 1,
        "OpenSSL lost a SHA-256"
      )
      count = Self.digestSize
    }
  }

  /// The digest of `bytes`, 32 bytes.
  package static func hash(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var sha = SHA256()
    sha.update(bytes)
    return sha.finalize()
  }
}
