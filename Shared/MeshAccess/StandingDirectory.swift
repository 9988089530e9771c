package import MeshCore

/// What is known at this moment of those whose tokens were signed earlier; asked for each call.
package protocol StandingDirectory: Sendable {
  /// The roles that the member of a token has now.
  ///
  /// - Throws: UNAUTHENTICATED when the session has ended or the member has no access any more;
  ///   PERMISSION_DENIED with reason TENANT_SUSPENDED; UNAVAILABLE while it is not known.
  func roles(of claims: TokenClaims) throws(MeshError) -> [String]

  /// The roles that a member has now, for work that goes on after its call: none without access, and
  /// nil where it is not known who has.
  ///
  /// - Throws: UNAVAILABLE while it is not known yet.
  func roles(of member: MemberID, in tenant: TenantID) throws(MeshError) -> [String]?
}

/// Takes tokens at their word: for tests and measurements without a mesh.
package struct StandingsInTokens: StandingDirectory {
  package init() {}

  package func roles(of claims: TokenClaims) throws(MeshError) -> [String] { claims.roles }

  package func roles(of member: MemberID, in tenant: TenantID) -> [String]? { nil }
}
