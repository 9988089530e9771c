import AccessAPI
import MeshAccess
import MeshCore

/// Issues tokens for sessions.
struct TokenIssuer: Sendable {
  let signer: TokenSigner
  let clock: Clock

  /// The tokens of a session of `member`, with their current roles.
  func grant(
    _ session: Session,
    of member: Member,
    in tenant: TenantID,
    _ refresh: RefreshToken,
    _ limit: IdleLimit
  ) -> LoginResponse {
    let end = session.idleExpireTime(limit)
    let claims = TokenClaims(
      member: session.member,
      tenant: tenant,
      session: session.id,
      roles: member.tokenRoles,
      now: clock.now,
      end: end
    )
    return LoginResponse(
      accessToken: signer.token(claims),
      tokenType: "Bearer",
      expireTime: claims.expireTime,
      member: member,
      refreshToken: refresh.text,
      idleExpireTime: end
    )
  }
}
