import MeshAccess
import MeshCore
import MeshHTTP
import MeshLoop
import MeshTestScale
import Testing

@testable import GatewayService

/// One open stream and what it has told so far.
@LoopActor
private final class Reader {
  let body: HTTPBodyStream
  private(set) var text = ""
  private(set) var isCut = false

  init(_ response: HTTPResponse) throws {
    #expect(response.status == 200)
    #expect(response.headers["content-type"] == "text/event-stream")
    body = try #require(response.stream)
    body.began { self.isCut = true }
  }

  /// Reads on until the text has `part`.
  func read(until part: String) async throws {
    while !text.contains(part) {
      let piece = try #require(try await body.next(), "ended with \(text)")
      text += String(decoding: piece, as: UTF8.self)
    }
  }

  func readToEnd() async throws {
    while let piece = try await body.next() { text += String(decoding: piece, as: UTF8.self) }
  }

  /// The last id so far.
  var id: String? {
    text.split(separator: "\n").last { $0.hasPrefix("id: ") }.map { String($0.dropFirst(4)) }
  }
}

@LoopActor
@Suite struct `An event stream` {
  private let mesh: TestMesh

  init() throws {
    var limits = EventHub.Limits()
    // However busy the machine is, no sign of life comes between what a test reads.
    limits.silence = .seconds(600)
    limits.settling = .milliseconds(1)
    mesh = try TestMesh(events: limits)
  }

  private func open(
    _ tenant: TenantID? = nil,
    token: String? = nil,
    query: String = "",
    headers: HTTPHeaders = [:],
    of mesh: TestMesh? = nil
  ) async throws -> Reader {
    let mesh = mesh ?? self.mesh
    let tenant = tenant ?? mesh.acme
    let response = await mesh.send(
      "GET",
      "/api/v1/events" + query,
      host: tenant == mesh.acme ? "acme.localhost" : "globex.localhost",
      token: token ?? mesh.token(of: tenant),
      headers: headers
    )
    return try Reader(response)
  }

  @Test func `says hello, then what changed, and where it is`() async throws {
    let events = try await open()
    mesh.log.change("lead_1", mesh.acme)
    mesh.log.change("lead_2", mesh.acme, action: "gone")
    try await events.read(until: "lead_2")
    #expect(
      events.text == """
        retry: 1000
        event: hello
        data: {"resumed":false}

        id: 1-0

        event: change
        data: {"object":"lead","id":"lead_1","etag":"2","action":"update","fields":["status"]}

        event: change
        data: {"object":"lead","id":"lead_2","action":"gone"}
        id: 1-2


        """
    )
  }

  @Test func `tells another tenant nothing`() async throws {
    let events = try await open()
    let others = try await open(mesh.globex)
    mesh.log.change("lead_1", mesh.acme)
    mesh.log.change("lead_2", mesh.globex)
    try await events.read(until: "lead_1")
    try await others.read(until: "lead_2")
    #expect(!events.text.contains("lead_2") && !others.text.contains("lead_1"))
  }

  @Test(arguments: ["header", "parameter"])
  func `goes on where the browser left`(_ way: String) async throws {
    let first = try await open()
    mesh.log.change("lead_1", mesh.acme)
    try await first.read(until: "id: 1-1")
    first.body.ended()
    mesh.log.change("lead_2", mesh.acme)
    mesh.log.change("lead_3", mesh.globex)
    mesh.log.change("lead_4", mesh.acme)
    let id = try #require(first.id)
    let second = try await open(
      query: way == "parameter" ? "?last_event_id=\(id)" : "",
      headers: way == "header" ? ["last-event-id": id] : [:]
    )
    mesh.log.change("lead_5", mesh.acme)
    try await second.read(until: "lead_5")
    #expect(second.text.contains(#"{"resumed":true}"#) && !second.text.contains("reset"))
    let told = second.text.matches(of: #/lead_\d/#).map { String($0.0) }
    #expect(told == ["lead_2", "lead_4", "lead_5"], "each once, in their order")
    try await second.read(until: "id: 1-5")
  }

  @Test(arguments: [
    "x", "1-0.1-0", ".", "2-0", "1--5", "\u{E9}", String(repeating: "a", count: 5_000),
  ])
  func `begins again where there is no going on`(_ id: String) async throws {
    let events = try await open(headers: ["last-event-id": id])
    try await events.read(until: "event: reset\ndata: {}\n")
    mesh.log.change("lead_1", mesh.acme)
    try await events.read(until: "lead_1")
    #expect(events.text.hasPrefix("retry: 1000\nevent: hello\n"))
  }

  @Test func `begins again when the log became another`() async throws {
    let events = try await open()
    mesh.log.epoch = 2
    mesh.log.wakeAll()
    try await events.read(until: "event: reset\n")
    mesh.log.change("lead_1", mesh.acme)
    try await events.read(until: "id: 2-1")
  }

  @Test func `outlasts a service that is down`() async throws {
    let events = try await open()
    mesh.log.isDown = true
    mesh.log.wakeAll()
    mesh.log.change("lead_1", mesh.acme)
    mesh.log.isDown = false
    try await events.read(until: "lead_1")
    #expect(!events.text.contains("reset"))
  }

  @Test func `begins without a service that cannot be reached, and says when it is there`()
    async throws
  {
    var limits = EventHub.Limits()
    limits.patience = .milliseconds(20)
    let mesh = try TestMesh(events: limits)
    mesh.log.isDown = true
    let events = try await open(of: mesh)
    #expect(!mesh.log.requests.isEmpty)
    mesh.log.isDown = false
    try await events.read(until: "event: reset\n")
    mesh.log.change("lead_1", mesh.acme)
    try await events.read(until: "lead_1")
  }

  @Test func `tells a member of their own record's change that the session is another`()
    async throws
  {
    let member: MemberID = IDGenerator.system.next()
    let events = try await open(token: mesh.token(of: mesh.acme, member: member))
    mesh.log.change("\(member)", mesh.acme)
    try await events.read(until: "event: session\ndata: {}\n")
  }

  @Test func `tells those with another role to look at their session again`() async throws {
    let events = try await open()
    let others = try await open(mesh.globex)
    mesh.gateway.parts.events.standingsChanged(in: mesh.acme)
    mesh.standings.answer(mesh.acme, .success(["rep"]))
    mesh.gateway.parts.events.standingsChanged(in: mesh.acme)
    try await events.read(until: "event: session\ndata: {}\n")
    mesh.standings.answer(mesh.acme, .failure(.unavailable("not known")))
    mesh.gateway.parts.events.standingsChanged(in: mesh.acme)
    mesh.log.change("lead_1", mesh.acme)
    mesh.log.change("lead_2", mesh.globex)
    try await events.read(until: "lead_1")
    try await others.read(until: "lead_2")
    #expect(events.text.ranges(of: "event: session").count == 1)
    #expect(!others.text.contains("event: session"))
  }

  @Test func `tells those whose teams reach other records to read again, now and a moment later`()
    async throws
  {
    let member: MemberID = IDGenerator.system.next()
    let events = try await open(token: mesh.token(of: mesh.acme, member: member))
    let others = try await open()
    let team: TeamID = IDGenerator.system.next()
    mesh.gateway.parts.events.standingsChanged(in: mesh.acme)
    mesh.teams.set(TeamMembership(own: [team], teams: [team], members: [member]), of: member)
    mesh.gateway.parts.events.standingsChanged(in: mesh.acme)
    try await events.read(until: "event: reset\ndata: {}\n\nevent: reset\ndata: {}\n")
    mesh.gateway.parts.events.standingsChanged(in: mesh.acme)
    mesh.log.change("lead_1", mesh.acme)
    try await events.read(until: "lead_1")
    try await others.read(until: "lead_1")
    #expect(events.text.ranges(of: "event: reset").count == 2)
    #expect(!others.text.contains("event: reset") && !events.text.contains("event: session"))
  }

  @Test func `ends with the access of its caller`() async throws {
    let events = try await open()
    let others = try await open(mesh.globex)
    mesh.standings.answer(mesh.acme, .failure(.unauthenticated("the session has ended")))
    mesh.gateway.parts.events.standingsChanged(in: mesh.acme)
    try await events.readToEnd()
    #expect(events.text.hasSuffix("event: session\ndata: {}\n\n"))
    mesh.log.change("lead_2", mesh.globex)
    try await others.read(until: "lead_2")
  }

  @Test func `ends with its token`() async throws {
    let token = mesh.token(of: mesh.acme)
    mesh.time.advance(by: .seconds(15 * 60) - .milliseconds(30))
    let events = try await open(token: token)
    try await events.readToEnd()
    #expect(events.text.contains("event: hello"))
  }

  @Test func `gives a quiet browser its place, and a sign of life`() async throws {
    var limits = EventHub.Limits()
    limits.tick = .milliseconds(10)
    limits.silence = .milliseconds(50)
    limits.placeAge = .milliseconds(20)
    let mesh = try TestMesh(events: limits)
    let events = try await open(of: mesh)
    _ = try await open(mesh.globex, of: mesh)
    mesh.log.change("lead_1", mesh.globex)
    try await events.read(until: "\n\nid: 1-1\n\n")
    try await events.read(until: "\n\n:\n\n")
    #expect(!events.text.contains("lead_1"))
  }

  @Test func `does not say when another tenant writes`() async throws {
    var limits = EventHub.Limits()
    limits.tick = .milliseconds(5)
    limits.silence = .milliseconds(40)
    let mesh = try TestMesh(events: limits)
    let events = try await open(of: mesh)
    let others = try await open(mesh.globex, of: mesh)
    mesh.log.change("lead_1", mesh.globex)
    try await others.read(until: "lead_1")
    try await events.read(until: "\n\n:\n\n")
    mesh.log.change("lead_2", mesh.acme)
    try await events.read(until: "lead_2")
    #expect(events.text.matches(of: #/id: (.*)/#).map { String($0.1) } == ["1-0", "1-2"])
  }

  @Test func `ends with the process, and not before what it has to say`() async throws {
    let events = try await open()
    mesh.log.change("lead_1", mesh.acme)
    try await events.read(until: "lead_1")
    mesh.gateway.parts.events.end()
    try await events.readToEnd()
    let late = await mesh.send("GET", "/api/v1/events", token: mesh.token(of: mesh.acme))
    #expect(late.status == 503 && late.headers["retry-after"] != nil)
  }

  @Test func `is refused without a session, to another method and with an unknown parameter`()
    async throws
  {
    let token = mesh.token(of: mesh.acme)
    #expect(await mesh.send("GET", "/api/v1/events").status == 401)
    #expect(await mesh.send("GET", "/api/v1/events", token: "x").status == 401)
    #expect(
      await mesh.send("GET", "/api/v1/events", token: mesh.token(of: mesh.globex)).status == 401
    )
    #expect(await mesh.send("POST", "/api/v1/events", token: token).status == 405)
    #expect(await mesh.send("GET", "/api/v1/events?since=1", token: token).status == 400)
    #expect(mesh.gateway.parts.events.streamCount == 0)
  }

  @Test func `begins again where too much lies between`() async throws {
    var limits = EventHub.Limits()
    limits.bytesPerStream = 3 << 10
    let mesh = try TestMesh(events: limits)
    let first = try await open(of: mesh)
    let id = try #require(first.id ?? mesh.gateway.parts.events.id)
    first.body.ended()
    // The next stream does not find the watch of this one.
    while mesh.gateway.parts.events.id != nil { await Task.yield() }
    for number in 0..<40 { mesh.log.change("lead_\(number)", mesh.acme) }
    let second = try await open(headers: ["last-event-id": id], of: mesh)
    try await second.read(until: "event: reset\n")
    mesh.log.change("lead_last", mesh.acme)
    try await second.read(until: "lead_last")
    #expect(!second.text.contains("lead_39") && !second.isCut)
  }

  @Test func `begins whatever the last id is`() async throws {
    var chance = SeededRandom()
    let alphabet = Array("01-._AZaz%~: \u{7F}\u{E9}\u{1F600}".unicodeScalars)
    for _ in 0..<TestScale.count(200, long: 5_000) {
      var id = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 1...80, using: &chance) {
        id.append(alphabet.randomElement(using: &chance) ?? "x")
      }
      let events = try await open(headers: ["last-event-id": String(id)])
      try await events.read(until: "event: hello\n")
      events.body.ended()
    }
    #expect(mesh.gateway.parts.events.streamCount == 0)
  }

  // MARK: Limits

  @Test func `is one of a few of a member, and of some of a tenant`() async throws {
    var limits = EventHub.Limits()
    limits.streamsPerMember = 2
    limits.streamsPerTenant = 3
    let mesh = try TestMesh(events: limits)
    let member = mesh.token(of: mesh.acme, member: IDGenerator.system.next())
    let first = try await open(token: member, of: mesh)
    _ = try await open(token: member, of: mesh)
    #expect(await mesh.send("GET", "/api/v1/events", token: member).status == 429)
    _ = try await open(of: mesh)
    let other = mesh.token(of: mesh.acme)
    #expect(await mesh.send("GET", "/api/v1/events", token: other).status == 429)
    _ = try await open(mesh.globex, of: mesh)
    first.body.ended()
    _ = try await open(token: other, of: mesh)
  }

  @Test func `is cut off when its browser does not read, and others are not`() async throws {
    var limits = EventHub.Limits()
    limits.bytesPerStream = 4 << 10
    let mesh = try TestMesh(events: limits)
    let slow = try await open(of: mesh)
    let quick = try await open(of: mesh)
    for number in 0..<100 {
      mesh.log.change("lead_\(number)", mesh.acme)
      try await quick.read(until: "lead_\(number)\"")
    }
    #expect(slow.isCut && !quick.isCut)
    await #expect(throws: CancellationError.self) { _ = try await slow.body.next() }
    slow.body.ended()
    #expect(mesh.gateway.parts.events.waitingBytes == 0)
    #expect(mesh.gateway.parts.events.streamCount == 1)
  }

  @Test func `leaves nothing behind`() async throws {
    let events = try await open()
    events.body.ended()
    events.body.ended()
    #expect(mesh.gateway.parts.events.streamCount == 0)
    // The watch ends too, once its call has.
    while mesh.log.waitingCount > 0 { await Task.yield() }
    let after = mesh.log.requests.count
    mesh.log.change("lead_1", mesh.acme)
    #expect(mesh.log.requests.count == after)
  }
}
