import AccessAPI
import MeshCore
import MeshHTTP
import MeshLoop
import MeshProto
import MeshRPC
import Testing

@testable import GatewayService

@LoopActor
@Suite struct `A browser's session` {
  private let mesh: TestMesh

  init() throws {
    mesh = try TestMesh()
  }

  /// Logs in and returns the cookie and the CSRF token.
  private func login() async throws -> (cookie: String, csrf: String) {
    let token = mesh.token(of: mesh.acme)
    mesh.services.reply = { _ in
      LoginResponse(accessToken: token, tokenType: "Bearer").wireBytes()
    }
    let response = await mesh.send(
      "POST",
      "/api/v1/auth:login",
      body: #"{"email":"a@b.c","password":"secret secret"}"#
    )
    #expect(response.status == 200)
    #expect(response.text.contains(#""access_token":"\#(token)""#))
    let cookie = try #require(response.headers["set-cookie"])
    #expect(cookie == "leadmesh_session=\(token); HttpOnly; SameSite=Strict; Path=/")
    let csrf = try #require(response.text.split(separator: #""csrf_token":""#).last)
    mesh.services.reply = { _ in [] }
    return (String(cookie.prefix { $0 != ";" }), String(csrf.prefix { $0 != "\"" }))
  }

  @Test func `begins with a login on behalf of the host's tenant`() async throws {
    _ = try await login()
    let sent = try #require(mesh.services.sent.first)
    #expect(sent.rpc == "/leadmesh.access.v1.AccessService/Login")
    #expect(sent.options.authorization == .system("gateway", tenant: mesh.acme))
    #expect(try LoginRequest(wire: sent.body).email == "a@b.c")
  }

  @Test func `reads by its cookie and changes with its CSRF token`() async throws {
    let (cookie, csrf) = try await login()
    #expect(
      await mesh.send("GET", "/api/v1/leads", headers: ["cookie": "x=y; \(cookie)"]).status == 200
    )
    let body = #"{"last_name":"Ada"}"#
    for (token, status) in [(nil, 403), ("wrong", 403), ("", 403), (csrf, 200)] {
      var headers: HTTPHeaders = ["cookie": cookie]
      if let token { headers.add("x-csrf-token", token) }
      let response = await mesh.send("POST", "/api/v1/leads", body: body, headers: headers)
      #expect(response.status == status)
      #expect(response.text.contains("CSRF_REJECTED") == (status == 403))
    }
    let delete = await mesh.send("DELETE", "/api/v1/leads/x", headers: ["cookie": cookie])
    #expect(delete.status == 403)
  }

  @Test func `is not good on another tenant's host`() async throws {
    let (cookie, _) = try await login()
    let response = await mesh.send(
      "GET",
      "/api/v1/leads",
      host: "globex.localhost",
      headers: ["cookie": cookie]
    )
    #expect(response.status == 401)
  }

  @Test func `tells the page its tenant's name and its CSRF token`() async throws {
    let (cookie, csrf) = try await login()
    let tenant = mesh.acme.description
    mesh.services.reply = { _ in
      AccessAPI.Session(tenantId: tenant, permissions: ["lead.read"]).wireBytes()
    }
    let response = await mesh.send("GET", "/api/v1/auth:session", headers: ["cookie": cookie])
    #expect(
      response.text
        == #"{"tenant_id":"\#(tenant)","permissions":["lead.read"],"#
        + #""tenant_name":"The acme company","csrf_token":"\#(csrf)"}"#
    )
  }

  @Test func `ends with a logout that takes the cookie away`() async throws {
    let (cookie, csrf) = try await login()
    let response = await mesh.send(
      "POST",
      "/api/v1/auth:logout",
      headers: ["cookie": cookie, "x-csrf-token": csrf]
    )
    #expect(response.status == 200)
    #expect(response.headers["set-cookie"]?.contains("leadmesh_session=;") == true)
    #expect(response.headers["set-cookie"]?.contains("Max-Age=0") == true)
  }

  @Test func `gets a new token once the old one is past half its life`() async throws {
    let (cookie, csrf) = try await login()
    mesh.time.advance(by: .seconds(7 * 60))
    let early = await mesh.send("GET", "/api/v1/leads", headers: ["cookie": cookie])
    #expect(early.headers["set-cookie"] == nil)
    mesh.time.advance(by: .seconds(60))
    let renewed = mesh.token(of: mesh.acme)
    mesh.services.reply = { sent in
      sent.rpc.hasSuffix("/RenewToken") ? LoginResponse(accessToken: renewed).wireBytes() : []
    }
    let late = await mesh.send("GET", "/api/v1/leads", headers: ["cookie": cookie])
    #expect(late.status == 200)
    #expect(late.headers["set-cookie"]?.hasPrefix("leadmesh_session=\(renewed);") == true)
    // The CSRF token is the session's, so that a page keeps it.
    let change = await mesh.send(
      "POST",
      "/api/v1/leads",
      body: "{}",
      headers: ["cookie": "leadmesh_session=\(renewed)", "x-csrf-token": csrf]
    )
    #expect(change.status == 200)
    let bearer = await mesh.send(
      "GET",
      "/api/v1/leads",
      headers: ["authorization": "Bearer \(cookie.dropFirst(17))"]
    )
    #expect(bearer.headers["set-cookie"] == nil)
  }

  @Test func `goes on when the renewal fails`() async throws {
    let (cookie, _) = try await login()
    mesh.time.advance(by: .seconds(8 * 60))
    mesh.services.reply = { (sent) throws(MeshError) in
      if sent.rpc.hasSuffix("/RenewToken") { throw .unavailable("no") }
      return []
    }
    let response = await mesh.send("GET", "/api/v1/leads", headers: ["cookie": cookie])
    #expect(response.status == 200 && response.headers["set-cookie"] == nil)
  }

  @Test func `cannot be guessed at: failed logins of an address run out`() async throws {
    mesh.services.reply = { _ throws(MeshError) in
      throw .unauthenticated("no", reason: .invalidCredentials)
    }
    let body = #"{"email":"a@b.c","password":"x"}"#
    for _ in 0..<3 {
      #expect(await mesh.send("POST", "/api/v1/auth:login", body: body).status == 401)
    }
    let limited = await mesh.send("POST", "/api/v1/auth:login", body: body)
    #expect(limited.status == 429)
    #expect(
      limited.headers["retry-after"].flatMap { Int($0) }.map { (1...20).contains($0) } == true
    )
    #expect(mesh.services.sent.count == 3)
    let other = await mesh.send("POST", "/api/v1/auth:login", body: body, address: "10.0.0.2")
    #expect(other.status == 401)
  }
}
