import MeshCore
import MeshHTTP
import MeshLoop
import MeshProto
import MeshRPC
import RecordsAPI
import Testing

@testable import GatewayService

@LoopActor
@Suite struct `A download` {
  private let path = "/api/v1/scoring-rules:export"

  /// The whole body of an answer.
  private func body(_ response: HTTPResponse) async throws -> String {
    var text = ""
    while let piece = try await response.stream?.next() {
      text += String(decoding: piece, as: UTF8.self)
    }
    return text
  }

  /// Services that have a file of `count` pages.
  private func serve(_ mesh: TestMesh, pages count: Int, of page: String) {
    mesh.services.reply = { call in
      let request = try? ExportRequest(wire: call.body)
      let number = Int(request?.cursor ?? "") ?? 0
      return ExportResponse(
        content: Array("\(number)\(page)".utf8),
        nextCursor: number + 1 < count ? "\(number + 1)" : ""
      ).wireBytes()
    }
  }

  @Test func `is one body of what the service gives call by call`() async throws {
    let mesh = try TestMesh()
    serve(mesh, pages: 3, of: "\r\n")
    let token = mesh.token(of: mesh.acme)
    let response = await mesh.send(
      "GET",
      "\(path)?filter=points%20%3E%201&fields=points",
      token: token
    )
    #expect(response.status == 200)
    #expect(response.headers["content-type"] == "text/csv; charset=utf-8")
    #expect(
      response.headers["content-disposition"] == #"attachment; filename="scoring-rules.csv""#
    )
    #expect(response.headers["cache-control"] == "no-store")
    #expect(mesh.services.sent.count == 1, "the next page is asked for when it is wanted")
    #expect(try await body(response) == "0\r\n1\r\n2\r\n")
    let requests = try mesh.services.sent.map { try ExportRequest(wire: $0.body) }
    #expect(requests.map(\.cursor) == ["", "1", "2"])
    #expect(requests.allSatisfy { $0.filter == "points > 1" && $0.fields == "points" })
    #expect(mesh.services.sent.allSatisfy { $0.options.authorization == .bearer(token) })
  }

  @Test func `of records that are named may name as many as a body has room for`() async throws {
    let mesh = try TestMesh()
    serve(mesh, pages: 2, of: "\r\n")
    let token = mesh.token(of: mesh.acme)
    let ids = (0..<1_000).map { "scoring_rule_\($0)" + String(repeating: "x", count: 20) }
    let named = ids.map { "\"\($0)\"" }.joined(separator: ",")
    let response = await mesh.send("POST", path, token: token, body: "{\"ids\":[\(named)]}")
    #expect(response.status == 200)
    #expect(
      response.headers["content-disposition"] == #"attachment; filename="scoring-rules.csv""#
    )
    #expect(try await body(response) == "0\r\n1\r\n")
    let requests = try mesh.services.sent.map { try ExportRequest(wire: $0.body) }
    #expect(requests.map(\.cursor) == ["", "1"])
    #expect(requests.allSatisfy { $0.ids == ids })
  }

  @Test func `that is refused is a problem like any other`() async throws {
    let mesh = try TestMesh()
    mesh.services.reply = { _ throws(MeshError) in throw .permissionDenied("no") }
    let refused = await mesh.send("GET", path, token: mesh.token(of: mesh.acme))
    #expect(refused.status == 403 && refused.stream == nil)
    #expect(refused.headers["content-type"] == "application/problem+json")
    #expect(await mesh.send("GET", path).status == 401)
  }

  @Test func `is cut off when a later page fails, or the service does not move on`() async throws {
    let mesh = try TestMesh()
    let token = mesh.token(of: mesh.acme)
    serve(mesh, pages: 3, of: "")
    let response = await mesh.send("GET", path, token: token)
    mesh.services.reply = { _ throws(MeshError) in throw .unavailable("gone") }
    await #expect(throws: (any Error).self) { try await body(response) }
    mesh.services.reply = { _ in ExportResponse(nextCursor: "same").wireBytes() }
    let endless = await mesh.send("GET", path, token: token)
    await #expect(throws: (any Error).self) { try await body(endless) }
  }

  @Test func `to a slow client holds no more than a page in the gateway`() async throws {
    let mesh = try TestMesh()
    serve(mesh, pages: 40, of: String(repeating: "x", count: 1 << 20))
    let server = HTTP1Server(handler: { await mesh.gateway.answer($0) })
    let address = try server.listen(on: .tcp(host: "127.0.0.1", port: 0))
    let socket = try await StreamSocket.connect(to: address, timeout: .seconds(60))
    var received = 0
    var tail: [UInt8] = []
    var whenDone: CheckedContinuation<Void, Never>?
    socket.start(
      received: { bytes in
        received += bytes.count
        tail = Array((tail + bytes.suffix(7)).suffix(7))
        if tail == Array("\r\n0\r\n\r\n".utf8) { whenDone?.resume() }
      },
      ended: { _ in }
    )
    socket.setReading(false)
    socket.write(
      Array(
        "GET \(path) HTTP/1.1\r\nHost: acme.localhost\r\nAuthorization: Bearer ".utf8
      ) + Array("\(mesh.token(of: mesh.acme))\r\n\r\n".utf8)
    )
    // Another client is answered while the first takes nothing.
    let other = try await StreamSocket.connect(to: address, timeout: .seconds(60))
    await withCheckedContinuation { answered in
      var isFirst = true
      other.start(
        received: { _ in
          if isFirst { answered.resume() }
          isFirst = false
        },
        ended: { _ in }
      )
      other.write(Array("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
    }
    #expect((1..<20).contains(mesh.services.sent.count))
    await withCheckedContinuation { done in
      whenDone = done
      socket.setReading(true)
    }
    #expect(mesh.services.sent.count == 40 && received > 40 << 20)
    socket.close()
    other.close()
    await server.drain(within: .seconds(5))
  }
}
