import MeshLoop
import Testing

@testable import MeshHTTP

/// A body in pieces, and how many of them were asked for.
@LoopActor
private final class Pieces {
  struct Fault: Error {}

  private let pieces: [[UInt8]]
  private let fails: Bool
  private(set) var asked = 0

  init(_ pieces: [[UInt8]], fails: Bool = false) {
    self.pieces = pieces
    self.fails = fails
  }

  func next() async throws -> [UInt8]? {
    asked += 1
    if asked <= pieces.count { return pieces[asked - 1] }
    if fails { throw Fault() }
    return nil
  }

  var response: HTTPResponse {
    var response = HTTPResponse(200, headers: ["content-type": "text/csv"])
    response.stream = HTTPBodyStream { try await self.next() }
    return response
  }
}

/// A client that counts what it reads, and looks at the end alone.
@LoopActor
private final class CountingClient {
  private let socket: StreamSocket
  private(set) var received = 0
  private var tail: [UInt8] = []
  private var whenWhole: CheckedContinuation<Void, Never>?

  init(_ address: SocketAddress) async throws {
    socket = try await StreamSocket.connect(to: address, timeout: .seconds(60))
    socket.start(received: { [weak self] in self?.take($0) }, ended: { _ in })
    socket.setReading(false)
  }

  private func take(_ bytes: UnsafeRawBufferPointer) {
    received += bytes.count
    tail = Array((tail + bytes.suffix(7)).suffix(7))
    guard tail == Array("\r\n0\r\n\r\n".utf8) else { return }
    whenWhole?.resume()
    whenWhole = nil
  }

  func send(_ text: String) { socket.write(Array(text.utf8)) }

  /// Reads until the last chunk.
  func readAll() async {
    await withCheckedContinuation { continuation in
      whenWhole = continuation
      socket.setReading(true)
    }
  }

  func close() { socket.close() }
}

@LoopActor
@Suite struct `A body that is made while it is sent` {
  private func serve(
    limits: HTTP1Limits = HTTP1Limits(),
    _ pieces: Pieces
  ) throws -> (HTTP1Server, SocketAddress) {
    let server = HTTP1Server(limits: limits) { request in
      request.target == "/b" ? HTTPResponse(200, body: Array("whole".utf8)) : pieces.response
    }
    return (server, try server.listen(on: .tcp(host: "127.0.0.1", port: 0)))
  }

  @Test func `goes out in chunks, and the connection lives on`() async throws {
    let pieces = Pieces([Array("first".utf8), [], Array("the second one!!".utf8)])
    let (server, address) = try serve(pieces)
    let client = try await RawClient(address)
    client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n")
    let text = await client.receive("whole")
    #expect(text.contains("transfer-encoding: chunked\r\n"))
    #expect(text.contains("\r\n\r\n5\r\nfirst\r\n10\r\nthe second one!!\r\n0\r\n\r\nHTTP/1.1 200"))
    #expect(text.ranges(of: "content-length").count == 1)
    client.close()
    await server.drain(within: .seconds(5))
  }

  @Test func `is not made for HEAD, and ends with the connection of an HTTP/1.0 client`()
    async throws
  {
    let pieces = Pieces([Array("body".utf8)])
    let (server, address) = try serve(pieces)
    let head = try await RawClient(address)
    head.send("HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    let text = await head.receiveEnd()
    #expect(text.contains("transfer-encoding: chunked") && text.hasSuffix("\r\n\r\n"))
    #expect(pieces.asked == 0)
    let old = try await RawClient(address)
    old.send("GET /a HTTP/1.0\r\n\r\n")
    let whole = await old.receiveEnd()
    #expect(whole.hasSuffix("connection: close\r\n\r\nbody") && !whole.contains("chunked"))
    await server.drain(within: .seconds(5))
  }

  @Test func `is cut off when it fails, without the end that a whole one has`() async throws {
    let (server, address) = try serve(Pieces([Array("part".utf8)], fails: true))
    let client = try await RawClient(address)
    client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(await client.receiveEnd().hasSuffix("4\r\npart\r\n"))
    await server.drain(within: .seconds(5))
  }

  @Test func `waits for a client that reads slowly, with one piece in hand`() async throws {
    // The kernel's buffers take some of them; far fewer than there are.
    let pieces = Pieces(Array(repeating: [UInt8](repeating: 0x78, count: 1 << 20), count: 40))
    let (server, address) = try serve(pieces)
    let slow = try await CountingClient(address)
    slow.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
    let other = try await RawClient(address)
    other.send("GET /b HTTP/1.1\r\nHost: x\r\n\r\n")
    _ = await other.receive("whole")
    #expect((1..<20).contains(pieces.asked))
    let before = pieces.asked
    other.send("GET /b HTTP/1.1\r\nHost: x\r\n\r\n")
    _ = await other.receive("whole", times: 2)
    #expect(pieces.asked == before, "it stands still")
    await slow.readAll()
    #expect(pieces.asked == 41 && slow.received > 40 << 20)
    slow.close()
    other.close()
    await server.drain(within: .seconds(5))
  }

  @Test(arguments: [false, true])
  func `is given up when the client reads nothing, or goes away`(leaves: Bool) async throws {
    var limits = HTTP1Limits()
    if !leaves { limits.writeTimeout = .milliseconds(20) }
    let pieces = Pieces(Array(repeating: [UInt8](repeating: 0x78, count: 1 << 20), count: 40))
    let (server, address) = try serve(limits: limits, pieces)
    let deaf = try await CountingClient(address)
    deaf.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
    let other = try await RawClient(address)
    other.send("GET /b HTTP/1.1\r\nHost: x\r\n\r\n")
    _ = await other.receive("whole")
    other.close()
    if leaves { deaf.close() }
    // The connection ends by itself: draining would cut it off only after the time it is given.
    let start = ContinuousClock.now
    await server.drain(within: .seconds(60))
    #expect(start.duration(to: .now) < .seconds(50))
    #expect(pieces.asked < 40)
    deaf.close()
  }
}
