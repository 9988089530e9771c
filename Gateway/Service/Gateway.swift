import MeshAccess
import MeshCore
import MeshHTTP
import MeshLoop
import MeshRPC

/// Resolves a host name to a tenant and a REST request to a call.
///
/// Does no I/O on sockets: the server passes it requests and sends its responses.
@LoopActor
final class Gateway {
  /// Makes a call to a service with wire bytes and returns the response's.
  typealias Upstream =
    @LoopActor (
      _ service: String, _ rpc: String, _ retry: RetryClass, _ body: [UInt8], _ options: CallOptions
    ) async throws(MeshError) -> [UInt8]

  /// The parts of a gateway.
  struct Parts: Sendable {
    var schema: Schema
    var routes: RouteTable
    var registry: IDRegistry
    /// The API's description, by its path below `/api/v1/`.
    var documents: StaticFiles
    var objects: ObjectDirectory
    var upstream: Upstream
    var verifier: TokenVerifier
    var files: StaticFiles
    var events: EventHub
    var clock: Clock
    /// Whether it can do its work.
    var isReady: @LoopActor () -> Bool
    /// How long a call may take.
    var timeout: Duration = .seconds(30)
    /// How long each service may take for its part of a search of all records.
    var searchTimeout: Duration = .milliseconds(150)
    /// Failed logins allowed per address and minute.
    var loginsPerMinute = 20
    /// Gets each request that failed for no fault of its own.
    var failed: @Sendable (_ requestID: String, _ method: String, Problem) -> Void = { _, _, _ in }
    /// The monotonic time that delays are measured by.
    var now: @Sendable () -> Deadline = { .now }
  }

  let parts: Parts
  let sites: Sites
  let logins: LoginLimiter
  let zipper = Zipper()
  private let styles: SharedStyles
  /// Where a tenant's colours come from; empty for the web UI's own.
  private let brand = StaticFiles(contents: ["brand.css": []])

  nonisolated init(_ parts: Parts, sites: Sites) {
    self.parts = parts
    self.sites = sites
    logins = LoginLimiter(perMinute: parts.loginsPerMinute)
    styles = SharedStyles(parts.files)
  }

  /// The response to one request.
  func answer(_ request: HTTPRequest) async -> HTTPResponse {
    let requestID = Self.requestID(of: request.headers)
    var response = await respond(to: request, requestID: requestID)
    response.headers.set("x-request-id", requestID)
    Self.addSecurity(to: &response.headers)
    return response
  }

  /// The response to bytes that are not an acceptable request.
  func refuse(_ error: HTTP1Error) -> HTTPResponse {
    var response = Problem(error).response
    Self.addSecurity(to: &response.headers)
    return response
  }

  /// Accepts or refuses a request by its head, before its body is read: host, route, method, content type and
  /// credential.
  ///
  /// They are checked again once the body is there, as a token may have ended meanwhile.
  func admit(_ head: HTTPRequest) -> HTTPAdmission {
    do throws(Problem) {
      return .accept(maxBodyBytes: try bodyLimit(head))
    } catch {
      var response = refusal(error, of: head)
      response.headers.set("x-request-id", Self.requestID(of: head.headers))
      Self.addSecurity(to: &response.headers)
      return .refuse(response)
    }
  }

  private func bodyLimit(_ head: HTTPRequest) throws(Problem) -> Int {
    if probe(head) != nil || style(head) != nil { return Self.mostIdleBytes }
    let site = try openSite(head)
    if Self.isAPI(head) {
      return try bodyLimit(APIRequest(http: head, site: site, requestID: ""))
    }
    guard head.method == "GET" || head.method == "HEAD" else {
      throw .methodNotAllowed(["GET", "HEAD"])
    }
    return Self.mostIdleBytes
  }

  /// Bytes of a body that nothing is done with, and of one that proves who asks, such as a login.
  static let mostIdleBytes = 4 << 10
  static let mostLoginBytes = 16 << 10

  private func respond(to request: HTTPRequest, requestID: String) async -> HTTPResponse {
    if let response = probe(request) ?? style(request) { return response }
    do throws(Problem) {
      let site = try openSite(request)
      guard Self.isAPI(request) else { return page(request) }
      return try await api(APIRequest(http: request, site: site, requestID: requestID))
    } catch {
      if error.status >= 500 { parts.failed(requestID, request.method, error) }
      return refusal(error, of: request)
    }
  }

  /// The answer to a request that is refused: a page for people whose host has no open workspace, else a
  /// problem.
  private func refusal(_ problem: Problem, of request: HTTPRequest) -> HTTPResponse {
    let site = sites.site(host: request.host)
    guard site.map(\.isSuspended) ?? true else { return problem.response }
    let notice = site == nil ? NoticePage.unknownHost : .suspended
    var response =
      request.wantsPage ? notice.response(styles: styles.paths) : problem.response
    response.headers.add("cache-control", "no-store")
    response.headers.add("vary", "accept")
    return response
  }

  /// A style sheet of the pages that hosts without an open workspace have.
  private func style(_ request: HTTPRequest) -> HTTPResponse? {
    guard request.method == "GET" || request.method == "HEAD" else { return nil }
    let path = String(request.path.dropFirst())
    return styles.paths.contains(path) ? parts.files.response(to: request, path: path) : nil
  }

  /// The tenant of a request's host.
  private func openSite(_ request: HTTPRequest) throws(Problem) -> Site {
    guard let site = sites.site(host: request.host) else { throw .unknownHost }
    guard !site.isSuspended else {
      throw Problem(
        403,
        .permissionDenied,
        .tenantSuspended,
        "this workspace is closed; ask its operator"
      )
    }
    return site
  }

  private static func isAPI(_ request: HTTPRequest) -> Bool {
    request.path == "/api" || request.path.hasPrefix("/api/")
  }

  /// Liveness and readiness, on any host: they contain nothing about a tenant.
  private func probe(_ request: HTTPRequest) -> HTTPResponse? {
    let isHealthy: Bool
    switch request.path {
    case "/livez": isHealthy = true
    case "/readyz": isHealthy = parts.isReady()
    default: return nil
    }
    return HTTPResponse(
      isHealthy ? 200 : 503,
      headers: ["content-type": "text/plain; charset=utf-8", "cache-control": "no-store"],
      body: Array((isHealthy ? "ok\n" : "not ready\n").utf8)
    )
  }

  /// A file of the web UI; any other path belongs to the UI's own routing and gets its page.
  private func page(_ request: HTTPRequest) -> HTTPResponse {
    guard request.method == "GET" || request.method == "HEAD" else {
      return Problem.methodNotAllowed(["GET", "HEAD"]).response
    }
    guard let path = HTTPTarget.decode(request.path.dropFirst()) else {
      return Problem(HTTP1Error(400, "the path is not properly encoded")).response
    }
    if let response = brand.response(to: request, path: path) { return response }
    if !path.isEmpty, let response = parts.files.response(to: request, path: path) {
      return response
    }
    let isFile = path.split(separator: "/").last?.contains(".") == true
    guard !isFile, let response = parts.files.response(to: request, path: "index.html") else {
      return Problem.unknownPath.response
    }
    return response
  }

  /// The client's request id if it is a plain word of at most 64 characters, otherwise a new one.
  private static func requestID(of headers: HTTPHeaders) -> String {
    if let given = headers["x-request-id"], (1...64).contains(given.utf8.count),
      given.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    {
      return given
    }
    return String(UInt64.random(in: .min ... .max), radix: 36)
  }

  private static func addSecurity(to headers: inout HTTPHeaders) {
    headers.set("x-content-type-options", "nosniff")
    headers.set("referrer-policy", "same-origin")
    headers.set("cross-origin-opener-policy", "same-origin")
    headers.set("cross-origin-resource-policy", "same-origin")
    // What a page loads is under the page's policy; its files are many, and need not repeat it.
    guard headers["cache-control"]?.contains("immutable") != true else { return }
    headers.set("content-security-policy", contentSecurityPolicy)
  }

  /// No inline scripts or styles, no other origin, and the pages cannot be framed.
  private static let contentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    + "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    + "base-uri 'none'; frame-ancestors 'none'"
}
