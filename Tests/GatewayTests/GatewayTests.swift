import AccessAPI
import LeadsAPI
import MeshCore
import MeshHTTP
import MeshLoop
import MeshProto
import MeshTesting
import MeshRPC
import TenantsAPI
import Testing
import TypeAPI

@testable import GatewayService
@testable import MeshService

@LoopActor
@Suite struct `A request to a host` {
  @Test(
    arguments: [
      "nobody.localhost", "localhost", "a.acme.localhost", "acme.localhost.evil.example", "",
      "acmelocalhost", "acme.other.example", "[::1]:8080", "127.0.0.1:8080",
    ])
  func `that no tenant has is 404 and tells nothing`(host: String) async throws {
    let mesh = try TestMesh()
    let token = mesh.token(of: mesh.acme)
    for target in ["/", "/api/v1/leads", "/api/v1/nope", "/assets/main-LFYY52TQ.js"] {
      let response = await mesh.send("GET", target, host: host, token: token)
      #expect(response.status == 404)
      #expect(!response.text.contains("acme") && !response.text.contains("<html>"))
    }
    #expect(mesh.services.sent.isEmpty)
  }

  @Test(arguments: ["acme.localhost", "acme.localhost:8080", "acme.crm.example", "acme.localhost."])
  func `of a tenant is that tenant's, whatever the port and base domain`(host: String) async throws
  {
    let mesh = try TestMesh()
    let response = await mesh.send(
      "GET",
      "/api/v1/leads",
      host: host,
      token: mesh.token(of: mesh.acme)
    )
    #expect(response.status == 200)
  }

  @Test func `of a suspended tenant is 403`() async throws {
    let mesh = try TestMesh()
    let response = await mesh.send("GET", "/", host: "closed.localhost")
    #expect(response.status == 403)
    #expect(response.text.contains("TENANT_SUSPENDED"))
  }

  @Test func `follows the tenant's changes`() async throws {
    let mesh = try TestMesh()
    let suspended = Tenant(id: mesh.acme, subdomain: "acme", state: .suspended)
    mesh.sites.tenants.take(suspended, of: mesh.acme)
    #expect(await mesh.send("GET", "/", host: "acme.localhost").status == 403)
    mesh.sites.tenants.remove(mesh.acme, of: mesh.acme)
    #expect(await mesh.send("GET", "/", host: "acme.localhost").status == 404)
  }

  @Test func `gets the pages and files of the UI with a strict policy`() async throws {
    let mesh = try TestMesh()
    for target in ["/", "/leads", "/leads/lead_1?x=y", "/index.html"] {
      let response = await mesh.send("GET", target)
      #expect(response.text == "<html>")
      #expect(response.headers["cache-control"] == "no-cache")
      let policy = response.headers["content-security-policy"] ?? ""
      #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
      #expect(response.headers["x-content-type-options"] == "nosniff")
    }
    #expect(await mesh.send("GET", "/assets/main-LFYY52TQ.js").text == "js")
    #expect(await mesh.send("GET", "/assets/gone-LFYY52TQ.js").status == 404)
    #expect(await mesh.send("GET", "/%zz").status == 400)
    let post = await mesh.send("POST", "/leads")
    #expect(post.status == 405 && post.headers["allow"] == "GET, HEAD")
  }

  @Test func `says whether the process lives and is ready, on any host`() async throws {
    let mesh = try TestMesh()
    #expect(await mesh.send("GET", "/livez", host: "").status == 200)
    #expect(await mesh.send("GET", "/readyz", host: "").status == 503)
    mesh.sites.tenants.markComplete()
    #expect(await mesh.send("GET", "/readyz", host: "").status == 200)
  }
}

@LoopActor
@Suite struct `A REST request` {
  @Test func `is passed on with the token, the tenant, the key and where it came from`()
    async throws
  {
    let mesh = try TestMesh()
    let token = mesh.token(of: mesh.acme)
    mesh.services.reply = { _ in
      Lead(id: LeadID("lead_01h455vb4pex5vsknk084sn02q"), lastName: "Ada", score: 51).wireBytes()
    }
    let response = await mesh.send(
      "POST",
      "/api/v1/leads",
      token: token,
      body: #"{"last_name":"Ada","company_size":3}"#,
      headers: [
        "idempotency-key": "k-1", "user-agent": "test", "x-request-id": "r-1",
        "content-type": "application/json; charset=utf-8",
      ]
    )
    #expect(response.status == 200)
    #expect(response.headers["content-type"] == "application/json")
    #expect(response.headers["cache-control"] == "no-store")
    #expect(response.headers["x-request-id"] == "r-1")
    #expect(response.text.contains(#""last_name":"Ada""#))
    #expect(response.text.contains(#""score":51"#) && response.text.contains(#""email":"""#))
    let sent = try #require(mesh.services.sent.first)
    #expect(sent.rpc == "/leadmesh.leads.v1.LeadsService/CreateLead")
    let request = try CreateLeadRequest(wire: sent.body)
    #expect(request.lead?.lastName == "Ada" && request.lead?.companySize == 3)
    #expect(request.requestId == "k-1")
    #expect(sent.options.authorization == .bearer(token))
    #expect(sent.options.idempotencyKey == "k-1" && sent.retry == .idempotencyKey)
    #expect(sent.options.metadata[MetadataKey.tenant] == mesh.acme.description)
    #expect(sent.options.origin?.address == "10.0.0.1" && sent.options.origin?.agent == "test")
  }

  @Test func `without a good token of the host's tenant is 401 and goes nowhere`() async throws {
    let mesh = try TestMesh()
    let foreign = mesh.token(of: mesh.globex)
    for (token, reason) in [
      (nil, "UNAUTHENTICATED"), ("nonsense", "UNAUTHENTICATED"), (foreign, "WRONG_TENANT"),
    ] {
      let response = await mesh.send("GET", "/api/v1/leads", token: token)
      #expect(response.status == 401)
      #expect(response.headers["www-authenticate"]?.hasPrefix("Bearer") == true)
      #expect(response.text.contains(reason))
    }
    let token = mesh.token(of: mesh.acme)
    mesh.time.advance(by: .seconds(15 * 60))
    let late = await mesh.send("GET", "/api/v1/leads", token: token)
    #expect(late.status == 401 && late.text.contains("TOKEN_EXPIRED"))
    let basic = await mesh.send("GET", "/api/v1/leads", headers: ["authorization": "Basic YTpi"])
    #expect(basic.status == 401)
    #expect(mesh.services.sent.isEmpty)
  }

  @Test(
    arguments: [
      ("GET", "/api/v1/leads?filtr=x", "", "filtr", "UNKNOWN_FIELD"),
      ("GET", "/api/v1/leads?page_size=many", "", "page_size", "INVALID_FIELD"),
      ("POST", "/api/v1/leads", #"{"nick_name":"x"}"#, "nick_name", "UNKNOWN_FIELD"),
      (
        "POST", "/api/v1/leads", #"{"annual_revenue":{"amount_minor":"x"}}"#,
        "annual_revenue.amount_minor", "INVALID_FIELD"
      ),
      ("POST", "/api/v1/leads", "{", "body", "MALFORMED"),
      ("POST", "/api/v1/leads", "", "body", "MALFORMED"),
      ("POST", "/api/v1/leads", #""text""#, "body", "INVALID_FIELD"),
      ("PATCH", "/api/v1/leads/x", "{}", "body", "INVALID_FIELD"),
    ])
  func `that does not fit is 400 with the field named`(
    method: String,
    target: String,
    body: String,
    field: String,
    reason: String
  ) async throws {
    let mesh = try TestMesh()
    let response = await mesh.send(method, target, token: mesh.token(of: mesh.acme), body: body)
    #expect(response.status == 400)
    #expect(response.headers["content-type"] == "application/problem+json")
    #expect(response.text.contains(#""code":"INVALID_ARGUMENT""#))
    #expect(response.text.contains(#""reason":"\#(reason)""#), "\(response.text)")
    #expect(response.text.contains(#""errors":[{"field":"\#(field)""#), "\(response.text)")
    #expect(mesh.services.sent.isEmpty)
  }

  @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""])
  func `that changes something must be JSON`(type: String) async throws {
    let mesh = try TestMesh()
    let response = await mesh.send(
      "POST",
      "/api/v1/leads",
      token: mesh.token(of: mesh.acme),
      body: "{}",
      headers: ["content-type": type]
    )
    #expect(response.status == 415)
    #expect(mesh.services.sent.isEmpty)
  }

  @Test func `to no path is 404, with another method 405`() async throws {
    let mesh = try TestMesh()
    let token = mesh.token(of: mesh.acme)
    #expect(await mesh.send("GET", "/api/v1/nope", token: token).status == 404)
    #expect(await mesh.send("GET", "/api", token: token).status == 404)
    let put = await mesh.send("PUT", "/api/v1/leads", token: token, body: "{}")
    #expect(put.status == 405 && put.headers["allow"] == "GET, HEAD, POST")
    #expect(await mesh.send("GET", "/api/v1/leads/%zz", token: token).status == 400)
  }

  @Test(
    arguments: [
      (MeshError.staleEtag(), 409, "ABORTED"), (.notFound("lead", "x"), 404, "NOT_FOUND"),
      (.alreadyExists("email", "is taken"), 409, "ALREADY_EXISTS"),
      (.permissionDenied("no"), 403, "PERMISSION_DENIED"), (.unavailable("no"), 503, "UNAVAILABLE"),
      (.outcomeUnknown(), 504, "UNAVAILABLE"),
      (.tooLarge("no"), 413, "RESOURCE_EXHAUSTED"), (.internalFailure(), 500, "INTERNAL"),
      (.failedPrecondition("no"), 400, "FAILED_PRECONDITION"),
      (
        .failedPrecondition("no", reason: .idempotencyConflict), 422, "FAILED_PRECONDITION"
      ),
      (
        MeshError(code: .resourceExhausted, reason: .rateLimited, message: ""), 429,
        "RESOURCE_EXHAUSTED"
      ),
      (
        MeshError(code: .deadlineExceeded, reason: .deadlineExceeded, message: ""), 504,
        "DEADLINE_EXCEEDED"
      ),
      (MeshError(code: .cancelled, reason: .cancelled, message: ""), 499, "CANCELLED"),
      (MeshError(code: .unimplemented, reason: .unimplemented, message: ""), 501, "UNIMPLEMENTED"),
      (MeshError(code: .outOfRange, reason: .invalidField, message: ""), 400, "OUT_OF_RANGE"),
    ])
  func `fails with the status of the service's code`(
    error: MeshError,
    status: Int,
    code: String
  ) async throws {
    let mesh = try TestMesh()
    mesh.services.reply = { _ throws(MeshError) in throw error }
    let response = await mesh.send("GET", "/api/v1/leads/x", token: mesh.token(of: mesh.acme))
    #expect(response.status == status)
    #expect(response.text.contains(#""status":\#(status)"#))
    #expect(response.text.contains(#""code":"\#(code)""#))
    #expect((response.headers["retry-after"] != nil) == (status == 503 || status == 429))
  }

  @Test func `says how long to wait as the service does`() async throws {
    let mesh = try TestMesh()
    mesh.services.reply = { _ throws(MeshError) in
      throw MeshError(
        code: .resourceExhausted,
        reason: .rateLimited,
        message: "too many attempts",
        metadata: ["retry_after_seconds": "840"]
      )
    }
    let response = await mesh.send("GET", "/api/v1/leads/x", token: mesh.token(of: mesh.acme))
    #expect(response.headers["retry-after"] == "840")
    #expect(response.text.contains(#""metadata":{"retry_after_seconds":"840"}"#))
  }

  @Test func `has a service's violations as paths in its own body`() async throws {
    let mesh = try TestMesh()
    mesh.services.reply = { _ throws(MeshError) in
      throw .invalid([
        FieldViolation(field: "lead.email", description: "must be an address"),
        FieldViolation(field: "request_id", description: "is too long"),
      ])
    }
    let response = await mesh.send(
      "POST",
      "/api/v1/leads",
      token: mesh.token(of: mesh.acme),
      body: "{}"
    )
    #expect(
      response.text.contains(
        #""errors":[{"field":"email","rule":"must be an address"},"#
          + #"{"field":"request_id","rule":"is too long"}]"#
      )
    )
  }

  @Test func `whose answer is not the method's message is an internal failure`() async throws {
    let mesh = try TestMesh()
    mesh.services.reply = { _ in [0xFF] }
    let response = await mesh.send("GET", "/api/v1/leads/x", token: mesh.token(of: mesh.acme))
    #expect(response.status == 500)
  }
}
