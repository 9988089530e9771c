package import MeshCore
import MeshCrypto

/// What a session is renewed with: opaque to its holder, random, and good once.
///
/// Its text is base 64 of the session's id, 16 bytes that all tokens of the session have, and 32 bytes of
/// its own. Knowing the shared bytes proves that one has held a token of the session. That distinguishes
/// an old token from a made-up one without keeping a list of them. Access stores only hashes.
package struct RefreshToken: Hashable, Sendable {
  private static let familySize = 16
  private static let secretSize = 32
  private static let textSize = 86

  package let session: SessionID
  private let family: [UInt8]
  private let secret: [UInt8]

  /// The first token of a session.
  package init(newFor session: SessionID) {
    self.init(
      session: session,
      family: SecureRandom.bytes(Self.familySize),
      secret: SecureRandom.bytes(Self.secretSize)
    )
  }

  private init(session: SessionID, family: [UInt8], secret: [UInt8]) {
    self.session = session
    self.family = family
    self.secret = secret
  }

  /// - Returns: nil unless `text` has the form of a token.
  package init?(_ text: String) {
    guard text.utf8.count == Self.textSize, let bytes = Base64.decodeURL(text),
      bytes.count == 16 + Self.familySize + Self.secretSize,
      let session = SessionID(bytes: bytes[..<16])
    else { return nil }
    self.init(
      session: session,
      family: Array(bytes[16..<(16 + Self.familySize)]),
      secret: Array(bytes[(16 + Self.familySize)...])
    )
  }

  package var text: String { Base64.encodeURL(session.bytes + family + secret) }

  /// Tells the token from every other.
  package var hash: [UInt8] { SHA256.hash(session.bytes + family + secret) }

  /// Tells the tokens of the session from those of others.
  package var familyHash: [UInt8] { SHA256.hash(session.bytes + family) }

  /// The token that follows it: always the same for the same seed, and known only to whoever has both.
  ///
  /// - Parameter seed: 32 random bytes.
  /// - Returns: the next token of the session.
  package func successor(seed: [UInt8]) -> RefreshToken {
    RefreshToken(
      session: session,
      family: family,
      secret: HMACSHA256.code(for: Array("leadmesh refresh 1\n".utf8) + secret, key: seed)
    )
  }
}
