import AccessAPI
import MeshAccess
import MeshCore
import MeshHTTP
import MeshLoop
import MeshProto
import MeshRPC
import Testing

@testable import GatewayService

@LoopActor
@Suite struct `Renewing a browser's session` {
  private let mesh: TestMesh
  private let refresh: RefreshToken
  private let next: RefreshToken

  init() throws {
    mesh = try TestMesh()
    refresh = RefreshToken(newFor: mesh.session)
    next = refresh.successor(seed: Array(repeating: 7, count: 32))
    let granted = LoginResponse(
      accessToken: mesh.token(of: mesh.acme),
      tokenType: "Bearer",
      refreshToken: next.text
    )
    mesh.services.reply = { _ in granted.wireBytes() }
  }

  private var csrf: String { Session.csrfToken(of: mesh.session) }

  private func renew(
    _ headers: [(String, String)],
    body: String = "{}"
  ) async -> HTTPResponse {
    var all: HTTPHeaders = ["cookie": "leadmesh_refresh=\(refresh.text)"]
    for (name, value) in headers { all.add(name, value) }
    return await mesh.send("POST", "/api/v1/auth:renew", body: body, headers: all)
  }

  @Test func `gives new cookies after its access token has expired`() async throws {
    let cookie = "leadmesh_session=\(mesh.token(of: mesh.acme))"
    mesh.time.advance(by: .seconds(1_000))
    let granted = LoginResponse(
      accessToken: mesh.token(of: mesh.acme),
      refreshToken: next.text
    )
    mesh.services.reply = { _ in granted.wireBytes() }
    let response = await renew(
      [
        ("cookie", cookie), ("origin", "http://acme.localhost:8080"),
        ("sec-fetch-site", "same-origin"),
      ],
      body: #"{"idle_seconds":42}"#
    )
    #expect(response.status == 200)
    #expect(
      response.headers.all("set-cookie") == [
        "leadmesh_session=\(granted.accessToken); HttpOnly; SameSite=Strict; Path=/",
        "leadmesh_refresh=\(next.text); HttpOnly; SameSite=Strict; Path=/api/v1/auth:renew",
        "leadmesh_refresh=\(next.text); HttpOnly; SameSite=Strict; Path=/api/v1/auth:logout",
      ]
    )
    #expect(response.text.contains(#""csrf_token":"\#(csrf)""#))
    #expect(!response.text.contains(next.text), "no script reads it")
    let sent = try #require(mesh.services.sent.first)
    #expect(sent.rpc == "/leadmesh.access.v1.AccessService/RenewToken")
    #expect(sent.options.authorization == .system("gateway", tenant: mesh.acme))
    let asked = try RenewTokenRequest(wire: sent.body)
    #expect(asked == RenewTokenRequest(refreshToken: refresh.text, idleSeconds: 42))
  }

  @Test func `takes the refresh token of a program from the body`() async throws {
    let response = await mesh.send(
      "POST",
      "/api/v1/auth:renew",
      body: #"{"refresh_token":"\#(refresh.text)"}"#
    )
    #expect(response.status == 200 && response.text.contains(next.text))
    let sent = try #require(mesh.services.sent.first)
    #expect(try RenewTokenRequest(wire: sent.body).refreshToken == refresh.text)
  }

  @Test(arguments: [
    ([("x-csrf-token", "wrong")], 403), ([("x-csrf-token", "")], 403),
    ([("origin", "http://globex.localhost:8080")], 403), ([("origin", "null")], 403),
    ([("origin", "http://acme.localhost.evil.example")], 403),
    ([("sec-fetch-site", "same-site")], 403), ([("sec-fetch-site", "cross-site")], 403),
    ([("origin", "https://ACME.localhost")], 200), ([], 200),
    ([("content-type", "text/plain")], 415),
  ])
  func `is not to be had by a page of another origin`(
    _ headers: [(String, String)],
    _ status: Int
  ) async {
    #expect(await renew(headers).status == status)
    #expect(mesh.services.sent.count == (status == 200 ? 1 : 0))
  }

  @Test func `needs the CSRF token while the access token is good`() async {
    let cookie = ("cookie", "leadmesh_session=\(mesh.token(of: mesh.acme))")
    #expect(await renew([cookie]).status == 403)
    #expect(await renew([cookie, ("x-csrf-token", csrf)]).status == 200)
  }

  @Test func `needs a refresh token, and gives the service's refusal`() async {
    for headers: HTTPHeaders in [[:], ["cookie": "leadmesh_refresh=x"]] {
      let response = await mesh.send("POST", "/api/v1/auth:renew", body: "{}", headers: headers)
      #expect(response.status == 401)
    }
    #expect(mesh.services.sent.isEmpty)
    mesh.services.reply = { _ throws(MeshError) in throw .unauthenticated("the session has ended") }
    let refused = await renew([])
    // A newer login of another page may have other cookies by now: they stay.
    #expect(refused.status == 401 && refused.headers["set-cookie"] == nil)
  }
}
