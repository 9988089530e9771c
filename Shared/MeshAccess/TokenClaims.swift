package import MeshCore

/// The claims of a token whose signature is valid.
package struct TokenClaims: Hashable, Sendable {
  /// `sub`.
  package let member: MemberID
  /// `tid`.
  package let tenant: TenantID
  /// `sid`.
  package let session: SessionID
  /// The names of the member's roles.
  package private(set) var roles: [String]
  /// `iat`, in whole seconds.
  package let issueTime: Timestamp
  /// `exp`, in whole seconds: the token is invalid from this moment on.
  package let expireTime: Timestamp

  /// `iss` of every token.
  static let issuer = "leadmesh"

  /// How long a token is valid.
  package static let lifetime: Duration = .seconds(15 * 60)

  /// The claims of a token that is issued at `now`.
  ///
  /// `end` is when the session ends: no token is valid for longer.
  package init(
    member: MemberID,
    tenant: TenantID,
    session: SessionID,
    roles: [String],
    now: Timestamp,
    end: Timestamp = .latest
  ) {
    self.member = member
    self.tenant = tenant
    self.session = session
    self.roles = roles
    issueTime = Timestamp(secondsSince1970: now.secondsSince1970)
    expireTime = min(
      issueTime + Self.lifetime,
      Timestamp(secondsSince1970: end.secondsSince1970)
    )
  }

  /// The same member in other roles.
  func with(roles: [String]) -> TokenClaims {
    if roles == self.roles { return self }
    var claims = self
    claims.roles = roles
    return claims
  }

  /// Reads a token's payload; nil unless it has exactly these claims, each well-formed.
  init?(json: [UInt8]) {
    guard let claims = try? ClaimObject(json: json), claims.count == 7,
      claims.string("iss") == Self.issuer,
      let member = claims.string("sub").flatMap({ MemberID($0) }),
      let tenant = claims.string("tid").flatMap({ TenantID($0) }),
      let session = claims.string("sid").flatMap({ SessionID($0) }),
      let roles = claims.strings("roles"),
      let issued = claims.integer("iat"), let expires = claims.integer("exp")
    else { return nil }
    self.member = member
    self.tenant = tenant
    self.session = session
    self.roles = roles
    issueTime = Timestamp(secondsSince1970: issued)
    expireTime = Timestamp(secondsSince1970: expires)
    guard issueTime < expireTime, expireTime - issueTime <= Self.lifetime else { return nil }
  }

  /// The payload as JSON.
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("iss")
    writer.string(Self.issuer)
    writer.key("sub")
    writer.string(member.description)
    writer.key("tid")
    writer.string(tenant.description)
    writer.key("sid")
    writer.string(session.description)
    writer.key("roles")
    writer.beginArray()
    for role in roles { writer.string(role) }
    writer.endArray()
    writer.key("iat")
    writer.integer(issueTime.secondsSince1970)
    writer.key("exp")
    writer.integer(expireTime.secondsSince1970)
    writer.endObject()
    return writer.bytes
  }
}

extension Timestamp {
  fileprivate var secondsSince1970: Int64 { microseconds / 1_000_000 }

  /// A NumericDate of RFC 7519, clamped to the end of the year 9999.
  fileprivate init(secondsSince1970 seconds: Int64) {
    let (microseconds, overflowed) = seconds.multipliedReportingOverflow(by: 1_000_000)
    self.init(microseconds: overflowed ? .max : microseconds)
  }
}
