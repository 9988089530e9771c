import MeshCore
import MeshLoop
import Testing

@testable import MeshHTTP

/// A raw client: what it sends is exactly what is given.
@LoopActor
final class RawClient {
  private let socket: StreamSocket
  private(set) var text = ""
  private(set) var isEnded = false
  private var changed: [CheckedContinuation<Void, Never>] = []

  init(_ address: SocketAddress) async throws {
    socket = try await StreamSocket.connect(to: address, timeout: .seconds(60))
    socket.start(
      received: { [weak self] bytes in
        self?.text += String(decoding: bytes, as: UTF8.self)
        self?.notify()
      },
      ended: { [weak self] _ in
        self?.isEnded = true
        self?.notify()
      }
    )
  }

  func send(_ text: String) { socket.write(Array(text.utf8)) }
  func setReading(_ reads: Bool) { socket.setReading(reads) }
  func close() { socket.close() }

  /// Waits until what came holds `part`, `times` times, or the connection ended.
  func receive(_ part: String, times: Int = 1) async -> String {
    var (found, rest) = (0, text.startIndex)
    while found < times {
      if let range = text[rest...].firstRange(of: part) {
        (found, rest) = (found + 1, range.upperBound)
      } else if isEnded {
        break
      } else {
        await change()
      }
    }
    return text
  }

  func receiveEnd() async -> String {
    while !isEnded { await change() }
    return text
  }

  private func change() async {
    await withCheckedContinuation { changed.append($0) }
  }

  private func notify() {
    let waiting = changed
    changed = []
    for continuation in waiting { continuation.resume() }
  }
}

/// Handlers that wait to be let go, in the order they came.
@LoopActor
private final class Gate {
  private var held: [CheckedContinuation<Void, Never>] = []
  private var arrivals: [CheckedContinuation<Void, Never>] = []
  private(set) var cancelled = 0

  func pass() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        held.append(continuation)
        for arrival in arrivals { arrival.resume() }
        arrivals = []
      }
    } onCancel: {
      Loop.shared.enqueue {
        self.cancelled += 1
        self.open()
        for arrival in self.arrivals { arrival.resume() }
        self.arrivals = []
      }
    }
  }

  func open() {
    for continuation in held { continuation.resume() }
    held = []
  }

  /// Waits until a handler is held, or one was cancelled.
  func event() async {
    await withCheckedContinuation { arrivals.append($0) }
  }

  var isHolding: Bool { !held.isEmpty }
}

private let get = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"

@LoopActor
private func serve(
  limits: HTTP1Limits = HTTP1Limits(),
  handler: @escaping HTTP1Server.Handler
) throws -> (HTTP1Server, SocketAddress) {
  let server = HTTP1Server(limits: limits, handler: handler)
  return (server, try server.listen(on: .tcp(host: "127.0.0.1", port: 0)))
}

private func echo(_ request: HTTPRequest) -> HTTPResponse {
  HTTPResponse(200, body: Array("\(request.method) \(request.target) ".utf8) + request.body)
}

@LoopActor
@Suite struct `An HTTP/1.1 server` {
  @Test func `answers pipelined requests in order on one connection`() async throws {
    let gate = Gate()
    let (server, address) = try serve { request in
      // The second would be ready at once, and may not overtake the first.
      if request.target == "/a" { await gate.pass() }
      return echo(request)
    }
    let client = try await RawClient(address)
    client.send(get + "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nok")
    await gate.event()
    #expect(client.text == "")
    gate.open()
    let text = await client.receive("POST /b ok")
    let first = try #require(text.ranges(of: "GET /a ").first)
    let second = try #require(text.ranges(of: "POST /b ok").first)
    #expect(first.lowerBound < second.lowerBound)
    #expect(text.ranges(of: "\r\ndate: ").count == 2)
    #expect(!client.isEnded)
    client.close()
    await server.drain(within: .seconds(5))
  }

  @Test func `answers a thousand pipelined requests that are ready at once`() async throws {
    let (server, address) = try serve { echo($0) }
    let client = try await RawClient(address)
    client.send(String(repeating: get, count: 1000))
    let text = await client.receive("GET /a ", times: 1000)
    #expect(text.ranges(of: "GET /a ").count == 1000)
    client.close()
    await server.drain(within: .seconds(5))
  }

  @Test func `sends HEAD the length alone and closes when asked`() async throws {
    let (server, address) = try serve { echo($0) }
    let client = try await RawClient(address)
    client.send("HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    let text = await client.receiveEnd()
    #expect(text.contains("content-length: 8\r\n"))
    #expect(text.hasSuffix("connection: close\r\n\r\n"))
    await server.drain(within: .seconds(5))
  }

  @Test func `asks for the body a client holds back`() async throws {
    let (server, address) = try serve { echo($0) }
    let client = try await RawClient(address)
    client.send("PUT /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
    #expect(await client.receive("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
    client.send("ok")
    #expect(await client.receive("PUT /a ok").contains("HTTP/1.1 200 OK"))
    client.close()
    await server.drain(within: .seconds(5))
  }

  @Test func `answers a refusal, then closes without reading on`() async throws {
    let (server, address) = try serve { echo($0) }
    let client = try await RawClient(address)
    client.send(
      get + "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"
    )
    client.send(get)
    let text = await client.receive("Content-Length")
    #expect(text.contains("GET /a "))
    #expect(text.contains("HTTP/1.1 400 Bad Request"))
    #expect(text.ranges(of: "HTTP/1.1 ").count == 2)
    client.close()
    await server.drain(within: .seconds(5))
  }

  @Test func `tells a client that is too slow with its head`() async throws {
    var limits = HTTP1Limits()
    limits.headTimeout = .milliseconds(20)
    let (server, address) = try serve(limits: limits) { echo($0) }
    let client = try await RawClient(address)
    client.send("GET / HT")
    #expect(await client.receive("408").contains("HTTP/1.1 408 Request Timeout"))
    client.close()
    await server.drain(within: .seconds(5))
  }

  @Test func `closes a connection that is idle for too long`() async throws {
    var limits = HTTP1Limits()
    limits.idleTimeout = .milliseconds(20)
    let (server, address) = try serve(limits: limits) { echo($0) }
    let client = try await RawClient(address)
    #expect(await client.receiveEnd() == "")
    await server.drain(within: .seconds(5))
  }

  @Test func `cancels the handler of a client that goes away`() async throws {
    let gate = Gate()
    let (server, address) = try serve { request in
      await gate.pass()
      return echo(request)
    }
    let client = try await RawClient(address)
    client.send(get)
    await gate.event()
    client.close()
    await gate.event()
    #expect(gate.cancelled == 1)
    await server.drain(within: .seconds(5))
    #expect(server.connectionCount == 0)
  }

  @Test func `waits for a client that reads slowly instead of taking more requests`() async throws {
    var answered = 0
    let (server, address) = try serve { _ in
      answered += 1
      return HTTPResponse(200, body: [UInt8](repeating: 0x78, count: 4 << 20))
    }
    let client = try await RawClient(address)
    client.setReading(false)
    client.send(get + get + get)
    let second = try await RawClient(address)
    second.send(get)
    _ = await second.receive("xxxx")
    #expect(answered < 4)
    client.setReading(true)
    let all = await client.receive("HTTP/1.1 200 OK", times: 3)
    #expect(all.ranges(of: "HTTP/1.1 200 OK").count == 3)
    client.close()
    second.close()
    await server.drain(within: .seconds(5))
  }

  @Test func `has the oldest idle connection give way to one beyond its limit`() async throws {
    let gate = Gate()
    var limits = HTTP1Limits()
    limits.maxConnections = 3
    let (server, address) = try serve(limits: limits) { request in
      if request.target == "/busy" { await gate.pass() }
      return echo(request)
    }
    let busy = try await RawClient(address)
    busy.send("GET /busy HTTP/1.1\r\nHost: x\r\n\r\n")
    await gate.event()
    let oldest = try await RawClient(address)
    oldest.send(get)
    _ = await oldest.receive("GET /a ")
    let younger = try await RawClient(address)
    younger.send(get)
    _ = await younger.receive("GET /a ")
    let new = try await RawClient(address)
    new.send(get)
    _ = await new.receive("GET /a ")
    #expect(await oldest.receiveEnd().hasSuffix("GET /a "))
    younger.send(get)
    _ = await younger.receive("GET /a ", times: 2)
    gate.open()
    #expect(await busy.receive("GET /busy").contains("200 OK"))
    for client in [busy, younger, new] { client.close() }
    await server.drain(within: .seconds(5))
  }

  @Test func `refuses connections beyond its limit while all are at work`() async throws {
    let gate = Gate()
    var limits = HTTP1Limits()
    limits.maxConnections = 1
    let (server, address) = try serve(limits: limits) { request in
      await gate.pass()
      return echo(request)
    }
    let busy = try await RawClient(address)
    busy.send(get)
    await gate.event()
    let second = try await RawClient(address)
    #expect(await second.receiveEnd() == "")
    gate.open()
    _ = await busy.receive("GET /a ")
    busy.close()
    await server.drain(within: .seconds(5))
  }

  @Test func `drains: idle connections close, a request under way is answered`() async throws {
    let gate = Gate()
    let (server, address) = try serve { request in
      await gate.pass()
      return echo(request)
    }
    let busy = try await RawClient(address)
    let idle = try await RawClient(address)
    busy.send(get)
    await gate.event()
    let drained = Task { @LoopActor in await server.drain(within: .seconds(5)) }
    #expect(await idle.receiveEnd() == "")
    gate.open()
    #expect(await busy.receiveEnd().contains("connection: close"))
    await drained.value
    await #expect(throws: SocketError.self) { _ = try await RawClient(address) }
  }
}
