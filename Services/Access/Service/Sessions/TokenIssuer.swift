import AccessAPI
import MeshAccess
import MeshCore

/// Issues tokens for sessions.
struct TokenIssuer: Sendable {
  let signer: TokenSigner
  let clock: Clock

  /// A token for a session of `member`, with their current roles.
  func grant(_ session: Session, of member: Member, in tenant: TenantID) -> LoginResponse {
    let claims = TokenClaims(
      member: session.member,
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
      member: member
    )
  }
}
