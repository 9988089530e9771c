import COpenSSL

/// Random bytes for keys, tokens and salts.
package enum SecureRandom {
  /// Ends the process when the system has no randomness to give: nothing secure can follow.
  package static func bytes(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      guard RAND_bytes(buffer.baseAddress, Int32(count)) == 1 else {
        fatalError("OpenSSL has no random bytes")
      }
      initialized = count
    }
  }
}
