import COpenSSL

/// AES-256 in Galois/Counter Mode (NIST SP 800-38D): bytes that only the key opens, and that no one else
/// can alter unnoticed.
package enum AES256GCM {
  package static let keySize = 32
  package static let nonceSize = 12
  /// How many bytes longer than the plain bytes the sealed ones are.
  package static let tagSize = 16

  /// Seals bytes.
  ///
  /// - Parameters:
  ///   - plain: fewer than 2 GiB.
  ///   - key: 32 bytes.
  ///   - nonce: 12 bytes, never used before with the same key.
  ///   - context: sealed with them, but not part of the result.
  /// - Returns: the encrypted bytes, and the tag behind them.
  package static func seal(
    _ plain: some Collection<UInt8>,
    key: [UInt8],
    nonce: [UInt8],
    context: [UInt8] = []
  ) -> [UInt8] {
    precondition(key.count == keySize && nonce.count == nonceSize, "a key has 32 bytes, a nonce 12")
    let cipher = Cipher()
    let input = Array(plain)
    return [UInt8](unsafeUninitializedCapacity: input.count + tagSize) { buffer, count in
      var length: Int32 = 0
      let output = buffer.baseAddress
      precondition(
        EVP_EncryptInit_ex(cipher.context, EVP_aes_256_gcm(), nil, key, nonce) == 1
          && (context.isEmpty
            || EVP_EncryptUpdate(cipher.context, nil, &length, context, Int32(context.count)) == 1)
          && EVP_EncryptUpdate(cipher.context, output, &length, input, Int32(input.count)) == 1
          && EVP_EncryptFinal_ex(cipher.context, output?.advanced(by: input.count), &length) == 1
          && EVP_CIPHER_CTX_ctrl(
            cipher.context,
            EVP_CTRL_AEAD_GET_TAG,
            Int32(tagSize),
            output?.advanced(by: input.count)
          ) == 1,
        "OpenSSL cannot encrypt"
      )
      count = input.count + tagSize
    }
  }

  /// Opens what `seal` made.
  ///
  /// - Returns: the plain bytes; nil when key, nonce or context are others, or a bit was altered.
  package static func open(
    _ sealed: some Collection<UInt8>,
    key: [UInt8],
    nonce: [UInt8],
    context: [UInt8] = []
  ) -> [UInt8]? {
    precondition(key.count == keySize && nonce.count == nonceSize, "a key has 32 bytes, a nonce 12")
    guard sealed.count >= tagSize else { return nil }
    let cipher = Cipher()
    let input = Array(sealed.dropLast(tagSize))
    var tag = Array(sealed.suffix(tagSize))
    var isGenuine = false
    let plain = [UInt8](unsafeUninitializedCapacity: input.count + 1) { buffer, count in
      var length: Int32 = 0
      let output = buffer.baseAddress
      precondition(
        EVP_DecryptInit_ex(cipher.context, EVP_aes_256_gcm(), nil, key, nonce) == 1
          && (context.isEmpty
            || EVP_DecryptUpdate(cipher.context, nil, &length, context, Int32(context.count)) == 1)
          && EVP_DecryptUpdate(cipher.context, output, &length, input, Int32(input.count)) == 1
          && EVP_CIPHER_CTX_ctrl(cipher.context, EVP_CTRL_AEAD_SET_TAG, Int32(tagSize), &tag) == 1,
        "OpenSSL cannot decrypt"
      )
      isGenuine =
        EVP_DecryptFinal_ex(cipher.context, output?.advanced(by: input.count), &length) == 1
      count = isGenuine ? input.count : 0
    }
    return isGenuine ? plain : nil
  }

  /// The one owner of an OpenSSL cipher's state.
  private struct Cipher: ~Copyable {
    let context: OpaquePointer

    init() {
      guard let context = EVP_CIPHER_CTX_new() else { fatalError("OpenSSL is out of memory") }
      self.context = context
    }

    deinit { EVP_CIPHER_CTX_free(context) }
  }
}
