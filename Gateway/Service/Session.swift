import MeshAccess
import MeshCore
import MeshCrypto
import MeshHTTP

/// A request's credential: a member's token, by header or by cookie.
struct Session: Sendable {
  /// The cookie that holds the token; scripts cannot read it.
  static let cookieName = "leadmesh_session"
  /// The cookie that holds the refresh token: two of them, as it is sent with renewals and logouts alone.
  static let refreshCookieName = "leadmesh_refresh"
  private static let refreshPaths = ["/api/v1/auth:renew", "/api/v1/auth:logout"]
  /// The cookie that holds the proof of an earlier login from this browser; sent with logins alone.
  static let deviceCookieName = "leadmesh_device"
  private static let deviceCookieSeconds = 365 * 24 * 3600
  static let csrfHeader = "x-csrf-token"

  let token: String
  let claims: TokenClaims
  /// Whether the browser sent it by itself, so that changes need the CSRF token too.
  let isFromCookie: Bool

  /// Reads and verifies the credential of a request to a site; nil when it has none.
  ///
  /// - Throws: UNAUTHENTICATED for a credential that is not valid here.
  init?(
    _ request: HTTPRequest,
    site: Site,
    verifier: TokenVerifier
  ) throws(MeshError) {
    if let authorization = request.headers["authorization"] {
      let scheme = "bearer "
      guard authorization.utf8.count >= scheme.utf8.count,
        Substring(authorization.utf8.prefix(scheme.utf8.count)).equalsASCII(scheme)
      else {
        throw .unauthenticated("the authorization is not a bearer token")
      }
      token = String(authorization.dropFirst(scheme.count))
      isFromCookie = false
    } else if let cookie = Self.cookie(Self.cookieName, of: request.headers), !cookie.isEmpty {
      token = cookie
      isFromCookie = true
    } else {
      return nil
    }
    claims = try verifier.claims(of: token)
    guard claims.tenant == site.tenant else {
      throw .unauthenticated("the token is not of this host's tenant", reason: .wrongTenant)
    }
  }

  /// Refuses a change that a page of another origin may have made the browser send.
  func checkCSRF(_ headers: HTTPHeaders) throws(Problem) {
    guard isFromCookie else { return }
    try Self.checkCSRF(headers[Self.csrfHeader] ?? "", of: claims.session)
  }

  /// Refuses a CSRF token that is not the session's.
  static func checkCSRF(_ given: String, of session: SessionID) throws(Problem) {
    guard ConstantTime.areEqual(Array(given.utf8), Array(csrfToken(of: session).utf8)) else {
      throw Problem(
        403,
        .permissionDenied,
        .csrfRejected,
        "X-CSRF-Token is not the session's csrf_token"
      )
    }
  }

  /// The value that a page must send with a mutation: only pages that can read the session's
  /// responses know it.
  static func csrfToken(of session: SessionID) -> String {
    Base64.encodeURL(SHA256.hash(Array("leadmesh csrf 1 \(session)".utf8)))
  }

  // MARK: Cookies

  /// `Set-Cookie` that keeps a token, until the browser closes or a newer one comes.
  static func setCookie(_ token: String, isSecure: Bool) -> String {
    keep(token, as: cookieName, path: "/", isSecure)
  }

  /// `Set-Cookie` that keeps a refresh token as long.
  static func setRefreshCookies(_ token: String, isSecure: Bool) -> [String] {
    refreshPaths.map { keep(token, as: refreshCookieName, path: $0, isSecure) }
  }

  /// `Set-Cookie` that deletes all of a session.
  static func clearCookies(isSecure: Bool) -> [String] {
    ([setCookie("", isSecure: isSecure)] + setRefreshCookies("", isSecure: isSecure))
      .map { $0 + "; Max-Age=0" }
  }

  private static func keep(
    _ value: String,
    as name: String,
    path: String,
    _ isSecure: Bool
  ) -> String {
    "\(name)=\(value); HttpOnly; SameSite=Strict; Path=\(path)" + (isSecure ? "; Secure" : "")
  }

  /// The refresh token that the browser sent.
  static func refreshCookie(of headers: HTTPHeaders) -> String? {
    cookie(refreshCookieName, of: headers)
  }

  /// `Set-Cookie` that keeps a device's token.
  static func setDeviceCookie(_ token: String, isSecure: Bool) -> String {
    "\(deviceCookieName)=\(token); HttpOnly; SameSite=Strict; Path=/api/v1/auth:login; "
      + "Max-Age=\(deviceCookieSeconds)" + (isSecure ? "; Secure" : "")
  }

  /// The device's token that the browser sent.
  static func deviceCookie(of headers: HTTPHeaders) -> String? {
    cookie(deviceCookieName, of: headers)
  }

  private static func cookie(_ name: String, of headers: HTTPHeaders) -> String? {
    for header in headers.all("cookie") {
      for pair in header.split(separator: ";") {
        let pair = pair.drop { $0 == " " }
        if pair.hasPrefix("\(name)=") { return String(pair.dropFirst(name.count + 1)) }
      }
    }
    return nil
  }
}
