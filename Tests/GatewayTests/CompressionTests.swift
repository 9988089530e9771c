import AccessAPI
import LeadsAPI
import MeshAccess
import MeshCore
import MeshHTTP
import MeshLoop
import MeshProto
import MeshRPC
import MeshTesting
import RecordsAPI
import Testing

@testable import GatewayService

@LoopActor
@Suite struct `An answer in gzip` {
  private static let gzip: HTTPHeaders = ["accept-encoding": "gzip, br"]

  /// A gateway whose services answer a list with a text of so many letters.
  private func mesh(letters count: Int) throws -> TestMesh {
    let mesh = try TestMesh()
    mesh.services.reply = { _ in
      let text = String(repeating: "a", count: count)
      return ListLeadsResponse(leads: [Lead(description: text)]).wireBytes()
    }
    return mesh
  }

  private func list(_ mesh: TestMesh, _ accepts: String?) async -> HTTPResponse {
    var headers = HTTPHeaders()
    if let accepts { headers.add("accept-encoding", accepts) }
    let token = mesh.token(of: mesh.acme)
    return await mesh.send("GET", "/api/v1/leads", token: token, headers: headers)
  }

  @Test func `goes to a client that takes it`() async throws {
    let mesh = try mesh(letters: 2_000)
    let response = await list(mesh, "gzip")
    #expect(response.headers["content-encoding"] == "gzip")
    #expect(response.headers["vary"] == "accept-encoding")
    #expect(response.body.starts(with: [0x1F, 0x8B]) && response.body.count < 1_000)
    #expect(response.headers["etag"] == nil)
  }

  @Test(arguments: [nil, "", "br", "identity", "gzip;q=0", "gzip;q=0.1, identity;q=0.2"])
  func `does not go to one that does not`(accepts: String?) async throws {
    let mesh = try mesh(letters: 2_000)
    let response = await list(mesh, accepts)
    #expect(response.headers["content-encoding"] == nil)
    #expect(response.headers["vary"] == "accept-encoding")
    #expect(response.body.first == UInt8(ascii: "{"))
  }

  @Test func `is not made of a short body`() async throws {
    let mesh = try mesh(letters: 10)
    let response = await list(mesh, "gzip")
    #expect(response.headers["content-encoding"] == nil && response.headers["vary"] == nil)
  }

  @Test func `of a long body is made beside the loop`() async throws {
    let mesh = try mesh(letters: 1_000_000)
    let response = await list(mesh, "gzip")
    #expect(response.body.starts(with: [0x1F, 0x8B]) && response.body.count < 10_000)
  }

  @Test func `is never made where a secret may stand beside what a caller wrote`() async throws {
    let mesh = try TestMesh()
    let name = String(repeating: "a", count: 3_000)
    let token = mesh.token(of: mesh.acme)
    let refresh = RefreshToken(newFor: mesh.session)
    let granted = LoginResponse(
      accessToken: token,
      member: Member(displayName: name),
      refreshToken: refresh.successor(seed: Array(repeating: 7, count: 32)).text
    )
    mesh.services.reply = { call in
      switch call.rpc {
      case AccessServiceMethods.login.path, AccessServiceMethods.renewToken.path:
        granted.wireBytes()
      case AccessServiceMethods.getSession.path:
        AccessAPI.Session(member: Member(displayName: name)).wireBytes()
      default: Lead(description: name).wireBytes()
      }
    }
    for (method, path, body) in [
      ("POST", "/api/v1/auth:login", "{}"),
      ("POST", "/api/v1/auth:renew", #"{"refresh_token":"\#(refresh.text)"}"#),
      ("GET", "/api/v1/auth:session", ""),
      ("POST", "/api/v1/leads", "{}"),
    ] {
      let response = await mesh.send(
        method,
        path,
        token: token,
        body: body,
        headers: Self.gzip
      )
      #expect(response.status == 200 && response.body.count > 3_000, "\(path)")
      #expect(response.headers["content-encoding"] == nil, "\(path)")
    }
  }

  @Test func `is one body of a download's pieces`() async throws {
    let mesh = try TestMesh()
    mesh.services.reply = { call in
      let request = try? ExportRequest(wire: call.body)
      let text = String(repeating: "x", count: 100_000)
      let next = request?.cursor == "" ? "1" : ""
      return ExportResponse(content: Array(text.utf8), nextCursor: next).wireBytes()
    }
    let response = await mesh.send(
      "GET",
      "/api/v1/leads:export",
      token: mesh.token(of: mesh.acme),
      headers: Self.gzip
    )
    #expect(response.headers["content-encoding"] == "gzip")
    var pieces: [[UInt8]] = []
    while let piece = try await response.stream?.next() { pieces.append(piece) }
    #expect(pieces.count == 3, "two pieces, and the end")
    #expect(pieces.first?.starts(with: [0x1F, 0x8B]) == true)
    #expect(pieces.last?.suffix(4) == [0x40, 0x0D, 0x03, 0x00], "200,000 bytes in all")
  }

  @Test func `of the API's description has an entity tag of its own`() async throws {
    let mesh = try TestMesh()
    let plain = await mesh.send("GET", "/api/v1/openapi.json")
    let zipped = await mesh.send("GET", "/api/v1/openapi.json", headers: Self.gzip)
    #expect(zipped.headers["content-encoding"] == "gzip")
    #expect(zipped.body.count * 4 < plain.body.count)
    let etag = try #require(zipped.headers["etag"])
    #expect(etag != plain.headers["etag"])
    let headers: HTTPHeaders = ["accept-encoding": "gzip", "if-none-match": etag]
    #expect(await mesh.send("GET", "/api/v1/openapi.json", headers: headers).status == 304)
  }
}
