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
@Suite struct `Logging out` {
  private let mesh: TestMesh
  private let refresh: RefreshToken
  private let cookies: String

  init() throws {
    mesh = try TestMesh()
    refresh = RefreshToken(newFor: mesh.session)
    cookies = "leadmesh_session=\(mesh.token(of: mesh.acme)); leadmesh_refresh=\(refresh.text)"
  }

  private var csrf: String { Session.csrfToken(of: mesh.session) }

  private func logout(
    _ headers: HTTPHeaders = [:],
    token: String? = nil,
    body: String = "{}"
  ) async -> HTTPResponse {
    await mesh.send("POST", "/api/v1/auth:logout", token: token, body: body, headers: headers)
  }

  /// What Access was asked: the refresh token, and whether by the caller.
  private func asked() throws -> [(token: String, byCaller: Bool)] {
    try mesh.services.sent.map { sent in
      let isGateway = sent.options.authorization == .system("gateway", tenant: mesh.acme)
      return (try LogoutRequest(wire: sent.body).refreshToken, !isGateway)
    }
  }

  private func isCleared(_ response: HTTPResponse) -> Bool {
    let set = response.headers.all("set-cookie")
    return response.status == 200 && response.text == "{}" && set.count == 3
      && set.allSatisfy { $0.hasSuffix("Max-Age=0") }
  }

  @Test func `ends the session by the refresh cookie once the access token has expired`()
    async throws
  {
    mesh.time.advance(by: .seconds(1_000))
    #expect(isCleared(await logout(["cookie": cookies, "x-csrf-token": csrf])))
    let asked = try asked()
    #expect(asked.map(\.token) == [refresh.text] && asked.map(\.byCaller) == [false])
  }

  @Test(arguments: ["leadmesh_session=x", "leadmesh_session=", "x=y", "leadmesh_refresh=x"])
  func `clears the cookies where there is nothing to end`(_ cookie: String) async {
    #expect(isCleared(await logout(["cookie": cookie])))
    #expect(isCleared(await logout(["cookie": cookie, "x-csrf-token": "unknown"])))
    #expect(mesh.services.sent.isEmpty)
  }

  @Test func `ends the session by either while both are good`() async throws {
    #expect(isCleared(await logout(["cookie": cookies, "x-csrf-token": csrf])))
    let asked = try asked()
    #expect(asked.map(\.token) == [refresh.text] && asked.map(\.byCaller) == [true])
  }

  @Test func `goes on by the refresh token when Access no longer takes the access token`()
    async throws
  {
    mesh.services.reply = { sent throws(MeshError) in
      guard sent.options.authorization == .system("gateway", tenant: mesh.acme) else {
        throw .unauthenticated("the session has ended")
      }
      return []
    }
    #expect(isCleared(await logout(["cookie": cookies, "x-csrf-token": csrf])))
    #expect(try asked().map(\.byCaller) == [true, false])
  }

  @Test func `takes a program's tokens from header and body`() async throws {
    let token = mesh.token(of: mesh.acme)
    #expect(isCleared(await logout(token: token)))
    #expect(isCleared(await logout(token: "expired")))
    let body = #"{"refresh_token":"\#(refresh.text)"}"#
    #expect(isCleared(await logout(token: "expired", body: body)))
    #expect(isCleared(await logout(body: body)))
    let asked = try asked()
    #expect(asked.map(\.token) == ["", refresh.text, refresh.text])
    #expect(asked.map(\.byCaller) == [true, false, false])
  }

  @Test func `keeps the cookies while the session may go on`() async {
    mesh.services.reply = { _ throws(MeshError) in throw .unavailable("down") }
    let response = await logout(["cookie": cookies, "x-csrf-token": csrf])
    #expect(response.status == 503 && response.headers["set-cookie"] == nil)
    mesh.services.reply = { _ in [] }
    mesh.standings.answer(mesh.acme, .failure(.unavailable("not known yet")))
    #expect(await logout(["cookie": cookies, "x-csrf-token": csrf]).status == 503)
  }

  @Test(arguments: [
    [("x-csrf-token", "wrong")], [("origin", "http://globex.localhost:8080")],
    [("sec-fetch-site", "same-site")],
  ])
  func `is not to be had by a page of another origin`(_ headers: [(String, String)]) async {
    mesh.time.advance(by: .seconds(1_000))
    var all: HTTPHeaders = ["cookie": cookies]
    for (name, value) in headers { all.add(name, value) }
    let response = await logout(all)
    #expect(response.status == 403 && response.headers["set-cookie"] == nil)
    #expect(mesh.services.sent.isEmpty)
  }

  @Test func `needs the CSRF token while the access token is good`() async {
    #expect(await logout(["cookie": cookies]).status == 403)
  }
}
