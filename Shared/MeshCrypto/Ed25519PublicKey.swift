import COpenSSL
import MeshCore

/// A key that checks Ed25519 signatures (RFC 8032).
package struct Ed25519PublicKey: Hashable, Sendable {
  /// 32 bytes.
  package let rawRepresentation: [UInt8]

  /// - Throws: `.notAnEd25519Key` when there are not 32 bytes.
  package init(rawRepresentation: [UInt8]) throws(CryptoError) {
    guard rawRepresentation.count == Ed25519.keySize else { throw .notAnEd25519Key }
    self.rawRepresentation = rawRepresentation
  }

  /// Every key of a PEM text (RFC 7468), in its order; a key that is being replaced stands beside the new one.
  ///
  /// - Throws: `.notAnEd25519Key` when there is none, or a block holds something else.
  package static func all(inPEM text: String) throws(CryptoError) -> [Ed25519PublicKey] {
    var keys: [Ed25519PublicKey] = []
    var body: String?
    for line in text.split(whereSeparator: \.isNewline) {
      switch (line, body) {
      case ("-----BEGIN PUBLIC KEY-----", nil):
        body = ""
      case ("-----END PUBLIC KEY-----", let base64?):
        keys.append(try Ed25519PublicKey(subjectPublicKeyInfo: Base64.decode(base64) ?? []))
        body = nil
      case (_, let base64) where !line.hasPrefix("-----"):
        body = base64.map { $0 + line }
      default:
        throw .notAnEd25519Key
      }
    }
    guard body == nil, !keys.isEmpty else { throw .notAnEd25519Key }
    return keys
  }

  private init(subjectPublicKeyInfo der: [UInt8]) throws(CryptoError) {
    let pointer = der.withUnsafeBufferPointer { bytes in
      var next = bytes.baseAddress
      return d2i_PUBKEY(nil, &next, bytes.count)
    }
    let key = try EVPKey(owning: pointer)
    try self.init(rawRepresentation: key.rawPublicKey)
  }

  /// The key's name in a token's header: the first 8 bytes of its SHA-256, in hexadecimal.
  package var keyID: String { Hex.encode(SHA256.hash(rawRepresentation).prefix(8)) }

  /// SubjectPublicKeyInfo in PEM (RFC 8410).
  package var pem: String {
    let key = evpKey()
    let bio = MemoryBIO()
    precondition(PEM_write_bio_PUBKEY(bio.pointer, key.pointer) == 1, "out of memory")
    return bio.text()
  }

  /// Whether the owner of the private key signed exactly `message`.
  package func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
    guard signature.count == Ed25519.signatureSize else { return false }
    guard let context = EVP_MD_CTX_new() else { fatalError("out of memory") }
    defer { EVP_MD_CTX_free(context) }
    let key = evpKey()
    let isValid =
      EVP_DigestVerifyInit(context, nil, nil, nil, key.pointer) == 1
      && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    if !isValid { ERR_clear_error() }
    return isValid
  }

  private func evpKey() -> EVPKey {
    let pointer = EVP_PKEY_new_raw_public_key(
      EVP_PKEY_ED25519,
      nil,
      rawRepresentation,
      rawRepresentation.count
    )
    // OpenSSL takes any 32 bytes; whether they are a point shows when they verify nothing.
    guard let key = try? EVPKey(owning: pointer) else { fatalError("out of memory") }
    return key
  }
}
