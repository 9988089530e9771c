import MeshCore
import MeshHTTP
import MeshLoop
import Testing

@testable import GatewayService

@LoopActor
@Suite struct `The place at which a request comes` {
  private let mesh: TestMesh
  private let token: String

  init() throws {
    mesh = try TestMesh()
    token = mesh.token(of: mesh.acme)
  }

  /// What a list is answered with.
  private func place(asked: Bool = true) async -> String? {
    let headers: HTTPHeaders = asked ? ["x-events-place": "?"] : [:]
    let response = await mesh.send("GET", "/api/v1/leads", token: token, headers: headers)
    #expect(response.status == 200)
    return response.headers["x-events-place"]
  }

  private func id(_ place: String?) -> String? {
    place?.split(separator: " ").last.map(String.init)
  }

  private func number(_ place: String?) -> Int? {
    place?.split(separator: " ").first?.split(separator: "-").last.flatMap { Int($0) }
  }

  private func stream(after id: String? = nil) async throws -> HTTPBodyStream {
    var headers: HTTPHeaders = [:]
    if let id { headers.set("last-event-id", id) }
    let response = await mesh.send("GET", "/api/v1/events", token: token, headers: headers)
    return try #require(response.stream)
  }

  private func read(_ stream: HTTPBodyStream, until part: String) async throws -> String {
    var text = ""
    while !text.contains(part) {
      text += String(decoding: try #require(try await stream.next()), as: UTF8.self)
    }
    return text
  }

  @Test func `is told to who asks, also while nobody reads events`() async throws {
    mesh.log.change("lead_1", mesh.acme)
    #expect(await place(asked: false) == nil)
    #expect(mesh.log.requests.isEmpty)
    #expect(id(await place()) == "1-1")
    _ = await place()
    #expect(mesh.log.requests.count == 1, "what was asked for a moment ago is as true")
  }

  @Test func `is one after which nothing is missing`() async throws {
    let place = await place()
    mesh.log.change("lead_1", mesh.acme)
    let events = try await stream(after: id(place))
    let text = try await read(events, until: "lead_1")
    #expect(text.contains(#"{"resumed":true}"#) && !text.contains("reset"))
  }

  @Test func `has a greater number when it is later, and the same one when it is the same`()
    async throws
  {
    let events = try await stream()
    _ = try await read(events, until: "id: 1-0")
    let first = await place()
    let again = await place()
    #expect(first == again && id(first) == "1-0")
    mesh.log.change("lead_1", mesh.acme)
    _ = try await read(events, until: "id: 1-1")
    let later = await place()
    #expect(id(later) == "1-1")
    let (before, after) = (try #require(number(first)), try #require(number(later)))
    #expect(before < after)
    let origins = [first, later].map { $0?.prefix { $0 != "-" } }
    #expect(origins[0] == origins[1])
  }

  @Test func `is not told while a service is down, and the answer comes nevertheless`()
    async throws
  {
    mesh.log.isDown = true
    #expect(await place() == nil)
    mesh.log.isDown = false
    #expect(await place() == nil, "the service is not asked with every request")
  }

  @Test func `is not told to who is nobody`() async throws {
    let response = await mesh.send("GET", "/api/v1/leads", headers: ["x-events-place": "?"])
    #expect(response.status == 401 && response.headers["x-events-place"] == nil)
  }
}
