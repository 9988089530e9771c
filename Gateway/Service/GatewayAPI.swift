import AccessAPI
import MeshAccess
import MeshCore
import MeshHTTP
import MeshLoop
import MeshProto
import MeshRPC

/// A request below `/api` of a tenant's host.
struct APIRequest: Sendable {
  let http: HTTPRequest
  let site: Site
  let requestID: String

  /// Whether it is a mutation.
  var isMutation: Bool { http.method != "GET" && http.method != "HEAD" }
}

extension Gateway {
  /// Answers a REST request with a call to the service that has its method.
  func api(_ request: APIRequest) async throws(Problem) -> HTTPResponse {
    if let response = try document(request) { return response }
    if request.http.path == Self.eventsPath { return try await events(request) }
    let (endpoint, variables) = try route(request)
    try checkContentType(request, hasBody: !request.http.body.isEmpty)
    switch endpoint.rpc {
    case AccessServiceMethods.login.path: return try await login(request, endpoint)
    case AccessServiceMethods.renewToken.path: return try await renew(request, endpoint)
    case AccessServiceMethods.logout.path: return try await logout(request, endpoint)
    case AccessServiceMethods.resetPassword.path: return try await reset(request, endpoint)
    default: break
    }
    let session = try authenticate(request)
    let wire = try encode(request, endpoint, variables)
    let asksForPlace = request.http.headers[EventHub.placeHeader] != nil
    let place = await asksForPlace ? parts.events.placeNow() : nil
    let reply: [UInt8]
    if let joined = try await askHomes(request, endpoint, wire, .bearer(session.token)) {
      reply = joined
    } else {
      reply = try await call(request, endpoint, wire, .bearer(session.token))
    }
    var response =
      if let download = endpoint.download {
        try body(download, reply) { [self] position throws(Problem) in
          let next = download.request(wire, at: position)
          return try await call(request, endpoint, next, .bearer(session.token))
        }
      } else {
        try json(reply, of: endpoint, asked: wire)
      }
    finish(&response, request, endpoint, session)
    if let place { response.headers.set(EventHub.placeHeader, place.text) }
    await compress(&response, request, endpoint)
    return response
  }

  /// The response for a document of the API itself: the same for every tenant, and without login,
  /// so that tools can read it.
  private func document(_ request: APIRequest) throws(Problem) -> HTTPResponse? {
    let folder = "/api/v1/"
    guard request.http.path.hasPrefix(folder),
      let response = parts.documents.response(
        to: request.http,
        path: String(request.http.path.dropFirst(folder.count))
      )
    else { return nil }
    guard !request.isMutation else { throw .methodNotAllowed(["GET", "HEAD"]) }
    return response
  }

  // MARK: Before the call

  /// How many bytes the body of a request may have that its head is right for.
  ///
  /// - Throws: why the request is refused whatever its body is.
  func bodyLimit(_ request: APIRequest) throws(Problem) -> Int {
    if try document(request) != nil { return Self.mostIdleBytes }
    if request.http.path == Self.eventsPath {
      _ = try eventsSession(request)
      return Self.mostIdleBytes
    }
    let (endpoint, _) = try route(request)
    try checkContentType(request, hasBody: true)
    if Self.needsNoToken(endpoint.rpc) { return Self.mostLoginBytes }
    _ = try authenticate(request)
    return request.isMutation ? .max : Self.mostIdleBytes
  }

  private func route(
    _ request: APIRequest
  ) throws(Problem) -> (endpoint: Endpoint, variables: [String]) {
    switch parts.routes.match(request.http.method, path: request.http.path) {
    case .endpoint(let endpoint, let variables): return (endpoint, variables)
    case .methods(let methods): throw .methodNotAllowed(methods)
    case .malformed:
      throw Problem(400, .invalidArgument, .malformed, "the path is not properly encoded")
    case .none: throw .unknownPath
    }
  }

  /// A mutation needs a JSON body, which a form on another site cannot send.
  private func checkContentType(_ request: APIRequest, hasBody: Bool) throws(Problem) {
    guard request.isMutation, request.http.method != "DELETE" || hasBody else { return }
    let type = (request.http.headers["content-type"] ?? "").asciiLowercased
    let media = type.prefix { $0 != ";" }.split(separator: " ").first ?? ""
    guard media == "application/json", !type.contains("charset") || type.contains("utf-8") else {
      throw Problem(
        415,
        .invalidArgument,
        .unsupportedMediaType,
        "the body must be application/json"
      )
    }
  }

  func authenticate(_ request: APIRequest) throws(Problem) -> Session {
    let session: Session?
    do throws(MeshError) {
      session = try Session(request.http, site: request.site, verifier: parts.verifier)
    } catch {
      throw Problem(error)
    }
    guard let session else {
      throw Problem(MeshError.unauthenticated("log in, or send an access token"))
    }
    if request.isMutation { try session.checkCSRF(request.http.headers) }
    return session
  }

  func encode(
    _ request: APIRequest,
    _ endpoint: Endpoint,
    _ variables: [String]
  ) throws(Problem) -> [UInt8] {
    guard let query = HTTPTarget.parameters(request.http.query) else {
      throw Problem(400, .invalidArgument, .malformed, "the query is not properly encoded")
    }
    let key = request.http.headers["idempotency-key"]
    if let key, !(1...128).contains(key.utf8.count) {
      throw Problem(MeshError.invalid("Idempotency-Key", "must have 1 to 128 characters"))
    }
    do throws(JSONError) {
      return try endpoint.request(
        Endpoint.Parameters(
          variables: variables,
          query: query,
          idempotencyKey: key,
          ifMatch: request.ifMatch
        ),
        body: request.http.body
      )
    } catch {
      throw Problem(error)
    }
  }

  // MARK: The call

  /// Calls the endpoint's method in its service, or in `service` when every service has it.
  func call(
    _ request: APIRequest,
    _ endpoint: Endpoint,
    _ wire: [UInt8],
    _ credential: ChannelCredential,
    service: String? = nil
  ) async throws(Problem) -> [UInt8] {
    do throws(MeshError) {
      let options = options(request, credential)
      if let route = endpoint.route { return try await share(route, endpoint, wire, options) }
      let service = service ?? PublicAPI.service(of: endpoint.rpc) ?? ""
      return try await parts.upstream(service, endpoint.rpc, endpoint.retry, wire, options)
    } catch {
      throw Problem(error, bodyField: endpoint.bodyField)
    }
  }

  func options(_ request: APIRequest, _ credential: ChannelCredential) -> CallOptions {
    var options = CallOptions(timeout: parts.timeout, authorization: credential)
    options.idempotencyKey = request.http.headers["idempotency-key"]
    options.origin = Origin(
      requestID: request.requestID,
      address: request.http.remoteAddress,
      agent: request.http.headers["user-agent"] ?? "",
      traceparent: request.traceparent
    )
    if case .bearer = credential {
      // The service also refuses another tenant's token.
      options.metadata.add(MetadataKey.tenant, request.site.tenant.description)
    }
    return options
  }

  func json(
    _ reply: [UInt8],
    of endpoint: Endpoint,
    asked request: [UInt8]
  ) throws(Problem) -> HTTPResponse {
    do throws(WireError) {
      let body = try WireToJSON.json(
        reply,
        message: endpoint.output,
        schema: parts.schema,
        endpoint.selection(request)
      )
      return HTTPResponse(
        200,
        headers: ["content-type": "application/json", "cache-control": "no-store"],
        body: body
      )
    } catch {
      throw Problem(MeshError.internalFailure())
    }
  }
}

extension APIRequest {
  /// The entity tag of `If-Match`; nil for none and for `*`.
  fileprivate var ifMatch: String? {
    guard var tag = http.headers["if-match"], tag != "*" else { return nil }
    if tag.hasPrefix("W/") { tag.removeFirst(2) }
    if tag.count >= 2, tag.hasPrefix("\""), tag.hasSuffix("\"") {
      tag = String(tag.dropFirst().dropLast())
    }
    return tag
  }

  /// The W3C trace context, if it is well-formed.
  fileprivate var traceparent: String {
    guard let text = http.headers["traceparent"], text.utf8.count == 55,
      text.utf8.allSatisfy({ byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
          UInt8(ascii: "-"):
          true
        default: false
        }
      })
    else { return "" }
    return text
  }
}
