import AccessAPI
import MeshAccess
import MeshCore
import MeshProto

/// Gives tokens for sessions, as messages.
struct TokenIssuer: Sendable {
  let signer: TokenSigner
  let clock: Clock

  /// A token for a session of `member`, with the roles they have now.
  func grant(_ session: Session, of member: Member, in tenant: TenantID) -> LoginResponse {
    let claims = TokenClaims(
      member: member.id,
      tenant: tenant,
      session: session.id,
      roles: member.tokenRoles,
      now: clock.now,
      end: session.expireTime
    )
    return LoginResponse(
      accessToken: signer.token(claims),
      tokenType: "Bearer",
      expireTime: claims.expireTime,
      member: AccessAPI.Member(member)
    )
  }
}

extension AccessAPI.Session {
  /// A member's session in their tenant, with what their roles allow them.
  init(_ session: Session, of member: Member, in tenant: TenantID, _ permissions: [Permission]) {
    self.init(
      member: AccessAPI.Member(member),
      tenantId: tenant.description,
      permissions: permissions.map(\.description),
      expireTime: session.expireTime
    )
  }
}
