import MeshLoop
import Testing

@testable import MeshHTTP

/// A body without an end of its own, which sends what the test says.
@LoopActor
private final class Endless {
  private var pending: [[UInt8]] = []
  private var waiter: CheckedContinuation<Void, Never>?
  private var isOver = false
  private(set) var cut: (@LoopActor () -> Void)?
  private(set) var endings = 0
  private var whenEnded: CheckedContinuation<Void, Never>?

  nonisolated init() {}

  func send(_ text: String) {
    pending.append(Array(text.utf8))
    wake()
  }

  func finish() {
    isOver = true
    wake()
  }

  private func wake() {
    waiter?.resume()
    waiter = nil
  }

  private func next() async throws -> [UInt8]? {
    while true {
      if Task.isCancelled { throw CancellationError() }
      if !pending.isEmpty { return pending.removeFirst() }
      if isOver { return nil }
      await withTaskCancellationHandler {
        await withCheckedContinuation { waiter = $0 }
      } onCancel: {
        Loop.shared.enqueue { self.wake() }
      }
    }
  }

  /// Suspends until the server asks for no more.
  func untilEnded() async {
    if endings == 0 { await withCheckedContinuation { whenEnded = $0 } }
  }

  var response: HTTPResponse {
    var response = HTTPResponse(200, headers: ["content-type": "text/event-stream"])
    response.stream = HTTPBodyStream(
      began: { self.cut = $0 },
      ended: {
        self.endings += 1
        self.whenEnded?.resume()
        self.whenEnded = nil
      },
      endless: { try await self.next() }
    )
    return response
  }
}

@LoopActor
@Suite struct `A body without an end` {
  private let body = Endless()

  private func serve(
    _ limits: HTTP1Limits = HTTP1Limits()
  ) throws -> (HTTP1Server, SocketAddress) {
    let body = body
    let server = HTTP1Server(limits: limits) { request in
      request.target == "/b" ? HTTPResponse(200, body: Array("whole".utf8)) : body.response
    }
    return (server, try server.listen(on: .tcp(host: "127.0.0.1", port: 0)))
  }

  @Test func `may pause for longer than an answer may be left untaken`() async throws {
    var limits = HTTP1Limits()
    limits.writeTimeout = .milliseconds(20)
    let (server, address) = try serve(limits)
    limits.idleTimeout = .milliseconds(20)
    let (clock, clockAddress) = try serve(limits)
    let client = try await RawClient(address)
    client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
    body.send("first")
    _ = await client.receive("first")
    for _ in 0..<3 {
      // One that asks for nothing is closed after as long.
      let idle = try await RawClient(clockAddress)
      _ = await idle.receiveEnd()
      idle.close()
    }
    body.send("second")
    _ = await client.receive("second")
    body.finish()
    #expect(await client.receive("0\r\n\r\n").hasSuffix("6\r\nsecond\r\n0\r\n\r\n"))
    #expect(body.endings == 1)
    client.close()
    await server.drain(within: .seconds(5))
    await clock.drain(within: .seconds(5))
  }

  @Test func `ends with its client`() async throws {
    let (server, address) = try serve()
    let client = try await RawClient(address)
    client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
    body.send("first")
    _ = await client.receive("first")
    client.close()
    await body.untilEnded()
    #expect(server.connectionCount == 0)
    await server.drain(within: .seconds(5))
  }

  @Test func `is told that there is no more of it also where none was asked for`() async throws {
    let (server, address) = try serve()
    let client = try await RawClient(address)
    client.send("HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    _ = await client.receiveEnd()
    await body.untilEnded()
    #expect(body.cut == nil && body.endings == 1)
    await server.drain(within: .seconds(5))
  }

  @Test func `can be cut off at any moment`() async throws {
    let (server, address) = try serve()
    let client = try await RawClient(address)
    client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
    body.send("first")
    _ = await client.receive("first")
    let cut = try #require(body.cut)
    cut()
    #expect(await client.receiveEnd().hasSuffix("5\r\nfirst\r\n"))
    await body.untilEnded()
    await server.drain(within: .seconds(5))
  }

  @Test func `does not hold up a server that ends, read or not`() async throws {
    let (server, address) = try serve()
    let deaf = try await StreamSocket.connect(to: address, timeout: .seconds(5))
    deaf.write(Array("GET /a HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
    // More than the sockets hold.
    for _ in 0..<16 { body.send(String(repeating: "x", count: 1 << 20)) }
    let other = try await RawClient(address)
    other.send("GET /b HTTP/1.1\r\nHost: x\r\n\r\n")
    _ = await other.receive("whole")
    other.close()
    body.finish()
    let start = ContinuousClock.now
    await server.drain(within: .seconds(60))
    #expect(start.duration(to: .now) < .seconds(30))
    deaf.close()
  }
}
