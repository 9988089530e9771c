/// Why a key or a hash could not be read or made.
package enum CryptoError: Error, Equatable, Sendable {
  /// The bytes or the PEM text hold no Ed25519 key of the kind asked for.
  case notAnEd25519Key
  /// Argon2 could not allocate the memory that its parameters ask for.
  case outOfMemory
}
