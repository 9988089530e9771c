package import MeshCore
package import MeshCrypto

/// Verifies tokens.
///
/// A verification takes some 60 microseconds, so valid tokens are cached until they expire or their
/// session ends. Whether the member still has access, and in which roles, is asked each time. Usable
/// from any thread.
package struct TokenVerifier: Sendable {
  /// The longest token in characters; a longer one is refused without being parsed.
  package static let maximumLength = 4096

  private let keys: [String: Ed25519PublicKey]
  private let clock: Clock
  private let standings: any StandingDirectory
  private let verified: TokenCache

  /// - Parameters:
  ///   - keys: all keys in use; during a rotation the old one and the new.
  ///   - standings: what is known of the members now.
  ///   - clock: tells when tokens expire, without leeway.
  ///   - capacity: about how many tokens are cached.
  package init(
    keys: [Ed25519PublicKey],
    standings: any StandingDirectory = StandingsInTokens(),
    clock: Clock,
    capacity: Int = 8192
  ) {
    self.standings = standings
    self.keys = Dictionary(keys.map { ($0.keyID, $0) }) { first, _ in first }
    self.clock = clock
    verified = TokenCache(capacity: capacity)
  }

  /// The claims of `token`, with the roles that its member has now.
  ///
  /// - Throws: UNAUTHENTICATED, with reason TOKEN_EXPIRED for a token that was valid earlier;
  ///   PERMISSION_DENIED for a suspended tenant; UNAVAILABLE while it is not known whether the member
  ///   has access.
  package func claims(of token: String) throws(MeshError) -> TokenClaims {
    let claims = try signed(token)
    do throws(MeshError) {
      return claims.with(roles: try standings.roles(of: claims))
    } catch {
      if error.code == .unauthenticated { verified.remove(token) }
      throw error
    }
  }

  /// The roles that a member has now; those at hand where it is not known who has access.
  ///
  /// - Throws: UNAVAILABLE while it is not known yet.
  func roles(
    of member: MemberID,
    in tenant: TenantID,
    before: [String]
  ) throws(MeshError) -> [String] {
    try standings.roles(of: member, in: tenant) ?? before
  }

  /// The claims of a token as it was signed, for one that was just made: this process may not know of its
  /// member yet.
  ///
  /// - Throws: UNAUTHENTICATED.
  package func signed(_ token: String) throws(MeshError) -> TokenClaims {
    if let claims = verified[token] { return try unexpired(claims) }
    guard token.utf8.count <= Self.maximumLength, let claims = verify(token) else {
      throw .unauthenticated("the access token is not valid")
    }
    let current = try unexpired(claims)
    verified.insert(current, for: token)
    return current
  }

  /// All keys in use.
  var currentKeys: some Sequence<Ed25519PublicKey> { keys.values }

  private func unexpired(_ claims: TokenClaims) throws(MeshError) -> TokenClaims {
    guard clock.now < claims.expireTime else {
      throw .unauthenticated("the access token has expired", reason: .tokenExpired)
    }
    return claims
  }

  private func verify(_ token: String) -> TokenClaims? {
    let parts = token.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 3, let header = Base64.decodeURL(parts[0]), let key = key(named: header),
      let payload = Base64.decodeURL(parts[1]), let signature = Base64.decodeURL(parts[2]),
      key.isValid(signature, for: Array((parts[0] + "." + parts[1]).utf8))
    else { return nil }
    return TokenClaims(json: payload)
  }

  /// The key that a header names; nil unless the header has exactly the expected fields and
  /// algorithm.
  private func key(named header: [UInt8]) -> Ed25519PublicKey? {
    guard let header = try? ClaimObject(json: header), header.count == 3,
      header.string("alg") == "EdDSA", header.string("typ") == "JWT"
    else { return nil }
    return header.string("kid").flatMap { keys[$0] }
  }
}
