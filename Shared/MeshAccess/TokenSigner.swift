import MeshCore
package import MeshCrypto

/// Issues tokens: JWTs (RFC 7519) signed with Ed25519 (RFC 8037).
///
/// Only Access has one.
package final class TokenSigner: Sendable {
  private let key: Ed25519PrivateKey
  /// The encoded header, the same in every token.
  private let header: String

  package init(_ key: consuming Ed25519PrivateKey) {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("alg")
    writer.string("EdDSA")
    writer.key("typ")
    writer.string("JWT")
    writer.key("kid")
    writer.string(key.publicKey.keyID)
    writer.endObject()
    header = Base64.encodeURL(writer.bytes)
    self.key = key
  }

  /// What `body` makes with the key.
  func signed<Result>(_ body: (borrowing Ed25519PrivateKey) -> Result) -> Result { body(key) }

  /// The signed token with `claims`, about 500 characters.
  package func token(_ claims: TokenClaims) -> String {
    let signed = header + "." + Base64.encodeURL(claims.json)
    return signed + "." + Base64.encodeURL(key.sign(Array(signed.utf8)))
  }
}
