import AccessAPI
import MeshAccess
import MeshCore
import MeshHTTP
import MeshLoop
import MeshProto
import MeshRPC

// What begins, keeps and ends sessions: the tokens go into cookies that scripts cannot read.
extension Gateway {
  /// Whether a method is called without an access token, because its request proves who asks.
  nonisolated static func needsNoToken(_ rpc: String) -> Bool {
    switch rpc {
    case AccessServiceMethods.login.path, AccessServiceMethods.renewToken.path,
      AccessServiceMethods.logout.path, AccessServiceMethods.resetPassword.path:
      true
    default: false
    }
  }

  /// Text fields that the responses of the session's methods have besides the message.
  nonisolated static func addedFields(to rpc: String) -> [String] {
    switch rpc {
    case AccessServiceMethods.login.path, AccessServiceMethods.renewToken.path: ["csrf_token"]
    case AccessServiceMethods.getSession.path: ["tenant_name", "csrf_token"]
    default: []
    }
  }

  // MARK: Logging in

  func login(_ request: APIRequest, _ endpoint: Endpoint) async throws(Problem) -> HTTPResponse {
    try checkSize(request)
    let (wire, place) = try loginRequest(request, endpoint)
    let reply = try await attempt(request, endpoint, wire, from: place)
    return try response(reply, endpoint, wire, request)
  }

  /// Calls a method by which a secret could be guessed: each place has few failures.
  private func attempt(
    _ request: APIRequest,
    _ endpoint: Endpoint,
    _ wire: [UInt8],
    from place: String
  ) async throws(Problem) -> [UInt8] {
    if let seconds = logins.take(place, at: parts.now()) {
      throw Problem(
        429,
        .resourceExhausted,
        .rateLimited,
        "too many attempts; try again in \(seconds) s",
        headers: ["retry-after": String(seconds)]
      )
    }
    do throws(Problem) {
      let reply = try await call(request, endpoint, wire, credential(request))
      logins.giveBack(place)
      return reply
    } catch {
      // A wrong secret, or one more try within a delay; what went wrong here is nobody's guess.
      if error.status != 401 && error.status != 429 { logins.giveBack(place) }
      throw error
    }
  }

  /// Sets a new password by the token of the body; the browser's cookies have no part in it.
  func reset(_ request: APIRequest, _ endpoint: Endpoint) async throws(Problem) -> HTTPResponse {
    try checkSize(request)
    let wire = try encode(request, endpoint, [])
    let reply = try await attempt(request, endpoint, wire, from: Self.network(of: request))
    return try json(reply, of: endpoint, asked: wire)
  }

  /// What failures from unknown devices are counted by.
  private static func network(of request: APIRequest) -> String {
    let address = request.http.remoteAddress
    return IPAddress(address)?.network.description ?? address
  }

  private func checkSize(_ request: APIRequest) throws(Problem) {
    guard request.http.body.count <= Self.mostLoginBytes else {
      throw Problem(HTTP1Error(413, "the body may have at most \(Self.mostLoginBytes) bytes"))
    }
  }

  /// The gateway's own, in the tenant of the host: there is no member yet.
  private func credential(_ request: APIRequest) -> ChannelCredential {
    .system("gateway", tenant: request.site.tenant)
  }

  /// The request for Access, with the device that the cookie proves, and what its failures are counted
  /// by: the device, else the address.
  private func loginRequest(
    _ request: APIRequest,
    _ endpoint: Endpoint
  ) throws(Problem) -> (wire: [UInt8], place: String) {
    let wire = try encode(request, endpoint, [])
    guard var login = try? LoginRequest(wire: wire) else {
      throw Problem(MeshError.internalFailure())
    }
    if login.deviceToken.isEmpty {
      login.deviceToken = Session.deviceCookie(of: request.http.headers) ?? ""
    }
    let tenant = request.site.tenant
    let device = parts.verifier.device(login.deviceToken, of: login.email, in: tenant)
    // A cookie of another member of the same browser is no fault.
    if device == nil { login.deviceToken = "" }
    let place = device.map { "device \(Base64.encode($0.device))" }
    return (login.wireBytes(), place ?? Self.network(of: request))
  }

  // MARK: Renewing

  /// Gives new tokens for the refresh token of the body, or else of the cookie.
  ///
  /// The access token may have expired, and a page that was just loaded then knows no CSRF token: what
  /// keeps another site from renewing is written down in docs/security.md.
  func renew(_ request: APIRequest, _ endpoint: Endpoint) async throws(Problem) -> HTTPResponse {
    try checkSize(request)
    let asked = try encode(request, endpoint, [])
    guard var renewal = try? RenewTokenRequest(wire: asked) else {
      throw Problem(MeshError.internalFailure())
    }
    if renewal.refreshToken.isEmpty {
      renewal.refreshToken = Session.refreshCookie(of: request.http.headers) ?? ""
      guard let token = RefreshToken(renewal.refreshToken) else {
        throw Problem(MeshError.unauthenticated("log in, or send a refresh token"))
      }
      try checkOrigin(of: request, token.session)
    }
    let wire = renewal.wireBytes()
    let reply = try await call(request, endpoint, wire, credential(request))
    return try response(reply, endpoint, wire, request)
  }

  /// Refuses what a page of another origin may have made the browser send, under the refresh cookie of a
  /// session or under none.
  private func checkOrigin(of request: APIRequest, _ id: SessionID?) throws(Problem) {
    let headers = request.http.headers
    if let given = headers[Session.csrfHeader], let id {
      return try Session.checkCSRF(given, of: id)
    }
    // A page whose access token is still good has asked for its session, and so knows the CSRF token.
    let session = try? Session(request.http, site: request.site, verifier: parts.verifier)
    if let session { try session.checkCSRF(headers) }
    guard Self.isSameOrigin(request.http) else {
      throw Problem(403, .permissionDenied, .csrfRejected, "the request is of another origin")
    }
  }

  // MARK: Logging out

  /// Ends the sessions that the request's tokens belong to, whether or not the access token is still good,
  /// and deletes the browser's cookies.
  ///
  /// - Throws: when a session may go on; then the cookies stay, so that it can be tried again.
  func logout(_ request: APIRequest, _ endpoint: Endpoint) async throws(Problem) -> HTTPResponse {
    try checkSize(request)
    let given = try encode(request, endpoint, [])
    guard var asked = try? LogoutRequest(wire: given) else {
      throw Problem(MeshError.internalFailure())
    }
    var session = try goodSession(request)
    if !asked.refreshToken.isEmpty {
      // Cookies have no part in it.
      if session?.isFromCookie == true { session = nil }
    } else if session?.isFromCookie ?? true {
      asked.refreshToken = Session.refreshCookie(of: request.http.headers) ?? ""
      let token = RefreshToken(asked.refreshToken)
      try checkOrigin(of: request, token?.session ?? session?.claims.session)
    }
    let wire = asked.wireBytes()
    if session != nil || RefreshToken(asked.refreshToken) != nil {
      _ = try await end(session, request, endpoint, wire)
    }
    var response = try json([], of: endpoint, asked: wire)
    for cookie in Session.clearCookies(isSecure: request.http.isSecure) {
      response.headers.add("set-cookie", cookie)
    }
    return response
  }

  /// The session of a request's access token; nil when there is none, or none that is still good.
  ///
  /// - Throws: UNAVAILABLE while it is not known whether it is.
  private func goodSession(_ request: APIRequest) throws(Problem) -> Session? {
    do throws(MeshError) {
      return try Session(request.http, site: request.site, verifier: parts.verifier)
    } catch {
      if error.code == .unauthenticated { return nil }
      throw Problem(error)
    }
  }

  /// Asks Access as the caller, and as the gateway where there is none or their session has just ended.
  private func end(
    _ session: Session?,
    _ request: APIRequest,
    _ endpoint: Endpoint,
    _ wire: [UInt8]
  ) async throws(Problem) -> [UInt8] {
    guard let session else { return try await call(request, endpoint, wire, credential(request)) }
    do throws(Problem) {
      return try await call(request, endpoint, wire, .bearer(session.token))
    } catch {
      guard error.status == 401 else { throw error }
      return try await call(request, endpoint, wire, credential(request))
    }
  }

  /// Whether what a browser says of a request's origin is this host; true where it says nothing.
  private static func isSameOrigin(_ request: HTTPRequest) -> Bool {
    if let site = request.headers["sec-fetch-site"], site != "same-origin", site != "none" {
      return false
    }
    guard let origin = request.headers["origin"] else { return true }
    guard let scheme = origin.firstRange(of: "://") else { return false }
    let authority = String(origin[scheme.upperBound...]).asciiLowercased
    let host = String(request.host).asciiLowercased
    // A proxy may be reached on another port than it reaches this.
    return authority == host || authority.hasPrefix("\(host):")
  }

  // MARK: Responses

  /// The response with tokens, which it puts into cookies, and the CSRF token.
  private func response(
    _ reply: [UInt8],
    _ endpoint: Endpoint,
    _ wire: [UInt8],
    _ request: APIRequest
  ) throws(Problem) -> HTTPResponse {
    guard var granted = try? LoginResponse(wire: reply),
      let claims = try? parts.verifier.signed(granted.accessToken)
    else { throw Problem(MeshError.internalFailure()) }
    let isSecure = request.http.isSecure
    var cookies = [Session.setCookie(granted.accessToken, isSecure: isSecure)]
    if !granted.refreshToken.isEmpty {
      cookies += Session.setRefreshCookies(granted.refreshToken, isSecure: isSecure)
    }
    if !granted.deviceToken.isEmpty {
      cookies.append(Session.setDeviceCookie(granted.deviceToken, isSecure: isSecure))
    }
    // Browsers send an origin with each POST. A script of theirs never sees the refresh token.
    if request.http.headers["origin"] != nil { granted.refreshToken = "" }
    var response = try json(granted.wireBytes(), of: endpoint, asked: wire)
    for cookie in cookies { response.headers.add("set-cookie", cookie) }
    response.body.addToObject([("csrf_token", Session.csrfToken(of: claims.session))])
    return response
  }

  /// Completes the response that tells of the session.
  func finish(
    _ response: inout HTTPResponse,
    _ request: APIRequest,
    _ endpoint: Endpoint,
    _ session: Session
  ) {
    guard endpoint.rpc == AccessServiceMethods.getSession.path else { return }
    response.body.addToObject([
      ("tenant_name", request.site.name),
      ("csrf_token", Session.csrfToken(of: session.claims.session)),
    ])
  }
}

extension [UInt8] {
  /// Adds text fields at the end of a JSON object that has none of their names.
  fileprivate mutating func addToObject(_ fields: [(name: String, value: String)]) {
    guard popLast() == UInt8(ascii: "}") else { return }
    for (name, value) in fields {
      var json = JSONWriter()
      json.key(name)
      json.string(value)
      if last != UInt8(ascii: "{") { append(UInt8(ascii: ",")) }
      append(contentsOf: json.bytes)
    }
    append(UInt8(ascii: "}"))
  }
}
