import COpenSSL

/// A key that makes Ed25519 signatures (RFC 8032); its memory is wiped when it ends.
package struct Ed25519PrivateKey: ~Copyable, Sendable {
  private let key: EVPKey

  /// The key that verifies what this one signs.
  package let publicKey: Ed25519PublicKey

  /// A new key from the system's randomness.
  package static func generate() throws(CryptoError) -> Ed25519PrivateKey {
    try Ed25519PrivateKey(seed: SecureRandom.bytes(Ed25519.keySize))
  }

  /// The key that grows from 32 secret bytes.
  ///
  /// - Throws: `.notAnEd25519Key` when there are not 32.
  package init(seed: [UInt8]) throws(CryptoError) {
    guard seed.count == Ed25519.keySize else { throw .notAnEd25519Key }
    try self.init(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count))
  }

  /// Reads unencrypted PKCS #8 in PEM (RFC 8410).
  ///
  /// - Throws: `.notAnEd25519Key`
  package init(pem: String) throws(CryptoError) {
    let bio = MemoryBIO(pem)
    // Without the callback OpenSSL would ask the terminal for an encrypted key's passphrase.
    try self.init(PEM_read_bio_PrivateKey(bio.pointer, nil, { _, _, _, _ in -1 }, nil))
  }

  private init(_ pointer: OpaquePointer?) throws(CryptoError) {
    let key = try EVPKey(owning: pointer)
    publicKey = try Ed25519PublicKey(rawRepresentation: key.rawPublicKey)
    self.key = key
  }

  /// Unencrypted PKCS #8 in PEM: for a file that only its owner may read.
  package var pem: String {
    let bio = MemoryBIO()
    precondition(
      PEM_write_bio_PKCS8PrivateKey(bio.pointer, key.pointer, nil, nil, 0, nil, nil) == 1,
      "out of memory"
    )
    return bio.text()
  }

  /// The signature of `message`, 64 bytes.
  package func sign(_ message: [UInt8]) -> [UInt8] {
    guard let context = EVP_MD_CTX_new() else { fatalError("out of memory") }
    defer { EVP_MD_CTX_free(context) }
    return [UInt8](unsafeUninitializedCapacity: Ed25519.signatureSize) { buffer, count in
      count = Ed25519.signatureSize
      let isSigned =
        EVP_DigestSignInit(context, nil, nil, nil, key.pointer) == 1
        && EVP_DigestSign(context, buffer.baseAddress, &count, message, message.count) == 1
      precondition(isSigned, "OpenSSL cannot sign")
    }
  }
}
