import COpenSSL

/// The one owner of an OpenSSL key.
///
/// Sendable although the compiler cannot see it: OpenSSL counts references atomically, and signing
/// and verifying only read the key.
struct EVPKey: ~Copyable, @unchecked Sendable {
  let pointer: OpaquePointer

  /// Takes over a key that OpenSSL made; nil is a key it refused.
  ///
  /// - Throws: `.notAnEd25519Key`
  init(owning pointer: OpaquePointer?) throws(CryptoError) {
    guard let pointer, EVP_PKEY_get_id(pointer) == EVP_PKEY_ED25519 else {
      EVP_PKEY_free(pointer)
      ERR_clear_error()
      throw .notAnEd25519Key
    }
    self.pointer = pointer
  }

  deinit { EVP_PKEY_free(pointer) }

  /// The 32 bytes of the public key (RFC 8032, section 5.1.5).
  var rawPublicKey: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Ed25519.keySize) { buffer, count in
      count = Ed25519.keySize
      precondition(EVP_PKEY_get_raw_public_key(pointer, buffer.baseAddress, &count) == 1)
    }
  }
}

/// The sizes of RFC 8032.
enum Ed25519 {
  static let keySize = 32
  static let signatureSize = 64
}
