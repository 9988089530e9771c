import LeadsAPI
import MeshCore
import MeshHTTP
import MeshLoop
import MeshProto
import Testing
import TypeAPI

@testable import GatewayService

/// The gateway behind its real server, asked over a socket.
@LoopActor
@Suite struct `The gateway on a socket` {
  private let mesh: TestMesh
  private let server: HTTP1Server
  private let address: SocketAddress

  init() throws {
    let mesh = try TestMesh()
    self.mesh = mesh
    server = HTTP1Server(
      refusal: { mesh.gateway.refuse($0) },
      admission: { mesh.gateway.admit($0) },
      handler: { await mesh.gateway.answer($0) }
    )
    address = try server.listen(on: .tcp(host: "127.0.0.1", port: 0))
  }

  /// Everything that comes back until the server closes.
  private func exchange(_ text: String) async throws -> String {
    let socket = try await StreamSocket.connect(to: address, timeout: .seconds(60))
    var received = ""
    await withCheckedContinuation { continuation in
      socket.start(
        received: { received += String(decoding: $0, as: UTF8.self) },
        ended: { _ in continuation.resume() }
      )
      socket.write(Array(text.utf8))
    }
    socket.close()
    return received
  }

  @Test func `answers REST, pages and refusals on one connection`() async throws {
    mesh.services.reply = { _ in
      Lead(id: LeadID("lead_01h455vb4pex5vsknk084sn02q"), firstName: "Zo\u{EB}").wireBytes()
    }
    let token = mesh.token(of: mesh.acme)
    let body = #"{"first_name":"Zoë","last_name":"Quinn"}"#
    let text = try await exchange(
      "POST /api/v1/leads HTTP/1.1\r\nHost: acme.localhost\r\nAuthorization: Bearer \(token)\r\n"
        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
        + "GET / HTTP/1.1\r\nHost: ACME.localhost:80\r\n\r\n"
        + "HEAD /api/v1/leads/lead_1 HTTP/1.1\r\nHost: acme.localhost\r\n"
        + "Authorization: Bearer \(token)\r\n\r\n"
        + "GET / HTTP/1.1\r\nHost: other.localhost\r\nConnection: close\r\n\r\n"
    )
    let statuses = text.ranges(of: "HTTP/1.1 ").map { String(text[$0.upperBound...].prefix(3)) }
    #expect(statuses == ["200", "200", "200", "404"])
    #expect(text.ranges(of: #""first_name":"Zoë""#).count == 1)
    #expect(text.contains("<html>"))
    #expect(try CreateLeadRequest(wire: mesh.services.sent[0].body).lead?.firstName == "Zoë")
    await server.drain(within: .seconds(5))
  }

  @Test func `refuses an ambiguous request as a problem and calls nobody`() async throws {
    let text = try await exchange(
      "POST /api/v1/leads HTTP/1.1\r\nHost: acme.localhost\r\nContent-Length: 4\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/v1/leads HTTP/1.1\r\n\r\n"
    )
    #expect(text.hasPrefix("HTTP/1.1 400 "))
    #expect(text.contains("application/problem+json"))
    #expect(text.contains("content-security-policy"))
    #expect(mesh.services.sent.isEmpty)
    await server.drain(within: .seconds(5))
  }

  @Test(
    arguments: [
      ("/api/v1/leads", "other.localhost", "", 404), ("/api/v1/leads", "closed.localhost", "", 403),
      ("/api/v1/nothing", "acme.localhost", "", 404),
      ("/api/v1/openapi.json", "acme.localhost", "", 405), ("/", "acme.localhost", "", 405),
      ("/api/v1/leads/x", "acme.localhost", "", 405),
      ("/api/v1/leads", "acme.localhost", "Content-Type: text/plain\r\n", 415),
      ("/api/v1/leads", "acme.localhost", "Content-Type: application/json\r\n", 401),
      (
        "/api/v1/leads", "acme.localhost",
        "Content-Type: application/json\r\nAuthorization: Bearer x\r\n", 401
      ),
    ]
  )
  func `refuses by its head a request whose body never comes`(
    path: String,
    host: String,
    fields: String,
    status: Int
  ) async throws {
    let text = try await exchange(
      "POST \(path) HTTP/1.1\r\nHost: \(host)\r\n\(fields)Expect: 100-continue\r\n"
        + "Content-Length: 4000000\r\n\r\n"
    )
    #expect(text.hasPrefix("HTTP/1.1 \(status) "))
    #expect(text.contains("connection: close\r\n") && text.contains("x-request-id: "))
    #expect(text.contains("content-security-policy"))
    #expect(mesh.services.sent.isEmpty && server.heldBytes == 0)
    await server.drain(within: .seconds(5))
  }

  @Test func `takes the body of a login only as far as a login goes`() async throws {
    let text = try await exchange(
      "POST /api/v1/auth:login HTTP/1.1\r\nHost: acme.localhost\r\n"
        + "Content-Type: application/json\r\nContent-Length: 4000000\r\n\r\n"
    )
    #expect(text.hasPrefix("HTTP/1.1 413 "))
    await server.drain(within: .seconds(5))
  }
}
