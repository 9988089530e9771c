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
      LoginResponse(accessToken: token, tokenType: "Bearer", deviceToken: "d", refreshToken: "r")
        .wireBytes()
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

  @Test(arguments: [MeshError.unavailable("not known yet"), .unauthenticated("no such member")])
  func `begins before it is known here who has access`(fault: MeshError) async throws {
    mesh.standings.answer(mesh.acme, .failure(fault))
    let (cookie, _) = try await login()
    let read = await mesh.send("GET", "/api/v1/leads", headers: ["cookie": cookie])
    #expect(read.status == (fault.code == .unavailable ? 503 : 401))
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
      AccessAPI.Session(tenantId: tenant, permissions: ["lead.read"], idleLimitSeconds: 60)
        .wireBytes()
    }
    let response = await mesh.send("GET", "/api/v1/auth:session", headers: ["cookie": cookie])
    #expect(
      response.text
        == #"{"tenant_id":"\#(tenant)","permissions":["lead.read"],"#
        + #""idle_limit_seconds":60,"reaches":[],"reached_team_ids":[],"reached_member_ids":[],"#
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
    #expect(
      response.headers.all("set-cookie") == [
        "leadmesh_session=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0",
        "leadmesh_refresh=; HttpOnly; SameSite=Strict; Path=/api/v1/auth:renew; Max-Age=0",
        "leadmesh_refresh=; HttpOnly; SameSite=Strict; Path=/api/v1/auth:logout; Max-Age=0",
      ]
    )
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
    #expect(limited.headers["retry-after"] == "1")
    #expect(mesh.services.sent.count == 3)
    let other = await mesh.send("POST", "/api/v1/auth:login", body: body, address: "10.0.0.2")
    #expect(other.status == 401)
  }

  @Test func `is not needed to set a password by a link, which cannot be guessed either`()
    async throws
  {
    let body = #"{"token":"t","new_password":"long enough"}"#
    let response = await mesh.send("POST", "/api/v1/auth:resetPassword", body: body)
    #expect(response.status == 200 && response.headers["set-cookie"] == nil)
    let sent = try #require(mesh.services.sent.first)
    #expect(sent.options.authorization == .system("gateway", tenant: mesh.acme))
    mesh.services.reply = { _ throws(MeshError) in
      throw .unauthenticated("no", reason: .invalidCredentials)
    }
    for _ in 0..<3 {
      #expect(await mesh.send("POST", "/api/v1/auth:resetPassword", body: body).status == 401)
    }
    #expect(await mesh.send("POST", "/api/v1/auth:resetPassword", body: body).status == 429)
    #expect(await guess() == 429, "the address has failed, whatever it guessed at")
  }

  /// Fails to log in.
  private func guess(
    _ email: String = "a@b.c",
    address: String = "10.0.0.1",
    cookie: String = ""
  ) async -> Int {
    let headers: HTTPHeaders = cookie.isEmpty ? [:] : ["cookie": cookie]
    let body = #"{"email":"\#(email)","password":"x"}"#
    return await mesh.send(
      "POST",
      "/api/v1/auth:login",
      body: body,
      headers: headers,
      address: address
    ).status
  }

  @Test func `cannot be guessed at from the addresses of one IPv6 network in turn`() async throws {
    mesh.services.reply = { _ throws(MeshError) in
      throw .unauthenticated("no", reason: .invalidCredentials)
    }
    for index in 1...3 { #expect(await guess(address: "2001:db8::\(index)") == 401) }
    #expect(await guess(address: "2001:db8::ffff") == 429)
    #expect(await guess(address: "2001:db8:0:1::1") == 401)
  }

  @Test func `begins on a device that is known whatever others guess at its address`() async throws
  {
    mesh.services.reply = { _ throws(MeshError) in
      throw .unauthenticated("no", reason: .invalidCredentials)
    }
    let device = mesh.deviceToken("a@b.c")
    let forged = (device.first == "A" ? "B" : "A") + device.dropFirst()
    for _ in 0..<3 { #expect(await guess() == 401) }
    #expect(await guess() == 429)
    #expect(await guess(cookie: "leadmesh_device=\(device)") == 401)
    #expect(try LoginRequest(wire: #require(mesh.services.sent.last).body).deviceToken == device)
    // It proves nothing for another address, and forged it proves nothing at all.
    #expect(await guess("z@b.c", cookie: "leadmesh_device=\(device)") == 429)
    #expect(await guess(cookie: "leadmesh_device=\(forged)") == 429)
    // The device's own guesses are counted too.
    for _ in 0..<2 { #expect(await guess(cookie: "leadmesh_device=\(device)") == 401) }
    #expect(await guess(cookie: "leadmesh_device=\(device)") == 429)
  }

  @Test func `is not counted against an address when Access cannot answer`() async throws {
    mesh.services.reply = { _ throws(MeshError) in throw .unavailable("busy") }
    for _ in 0..<5 { #expect(await guess() == 503) }
  }

  @Test func `is not renewed by its requests`() async throws {
    let (cookie, _) = try await login()
    mesh.time.advance(by: .seconds(14 * 60))
    let late = await mesh.send("GET", "/api/v1/leads", headers: ["cookie": cookie])
    #expect(late.status == 200 && late.headers["set-cookie"] == nil)
    #expect(mesh.services.sent.map(\.rpc).filter { $0.hasSuffix("/RenewToken") }.isEmpty)
    mesh.time.advance(by: .seconds(60))
    #expect(await mesh.send("GET", "/api/v1/leads", headers: ["cookie": cookie]).status == 401)
  }

  @Test func `has cookies for https alone when the client came by https`() async throws {
    let token = mesh.token(of: mesh.acme)
    mesh.services.reply = { _ in
      LoginResponse(accessToken: token, deviceToken: "d", refreshToken: "r").wireBytes()
    }
    let request = HTTPRequest(
      method: "POST",
      target: "/api/v1/auth:login",
      authority: "acme.localhost",
      headers: ["content-type": "application/json"],
      body: Array(#"{"email":"a@b.c","password":"secret secret"}"#.utf8),
      isSecure: true
    )
    let cookies = await mesh.gateway.answer(request).headers.all("set-cookie")
    #expect(
      cookies == [
        "leadmesh_session=\(token); HttpOnly; SameSite=Strict; Path=/; Secure",
        "leadmesh_refresh=r; HttpOnly; SameSite=Strict; Path=/api/v1/auth:renew; Secure",
        "leadmesh_refresh=r; HttpOnly; SameSite=Strict; Path=/api/v1/auth:logout; Secure",
        "leadmesh_device=d; HttpOnly; SameSite=Strict; Path=/api/v1/auth:login; "
          + "Max-Age=31536000; Secure",
      ]
    )
  }
}
