import MeshLoop
import MeshTestScale
import Testing

@testable import MeshHTTP

@Suite struct `HTTP/2` {
  @Test(arguments: [0, 1, 16_384, 5 << 20])
  @LoopActor func `carries head, body and trailers both ways`(size: Int) async throws {
    let stage = try await HTTP2Stage()
    var fields = HTTP2Fields()
    fields.add("x-one", "1")
    fields.add("x-empty", "")
    fields.add("x-one", "again")
    let body = [UInt8](repeating: 7, count: size)
    let answer = await stage.request(body, fields)
    #expect(answer.code == HTTP2ErrorCode.none)
    #expect(answer.body == body)
    #expect(answer.head[":status"] == "200")
    #expect(answer.head["x-one"] == "1" && answer.head["x-empty"] == "")
    #expect(answer.head.count == 4)
    #expect(answer.trailers["x-done"] == "yes" && answer.trailers["x-one"] == nil)
    stage.end()
  }

  @Test @LoopActor func `holds a sender back until what it sent is consumed`() async throws {
    var limits = HTTP2Limits.external
    limits.streamWindow = 100_000
    var received = 0
    let full = Latch()
    let stage = try await HTTP2Stage(limits) { stream in
      CountingHandler(stream) { count in
        received += count
        if received == 100_000 { full.open() }
      }
    }
    let stream = stage.begin([UInt8](repeating: 1, count: 300_000)) { _ in }
    await full.wait()
    // A round trip of another request shows that nothing more of the first is on its way.
    _ = await withCheckedContinuation { done in
      stage.client.ping()
      Loop.shared.schedule(after: .milliseconds(5)) { done.resume(returning: ()) }
    }
    #expect(received == 100_000)
    stream?.reset(.cancel)
    stage.end()
  }

  @Test @LoopActor func `runs hundreds of streams at once and queues the rest`() async throws {
    let stage = try await HTTP2Stage()
    var done = 0
    await withCheckedContinuation { finished in
      for number in 0..<2000 {
        stage.begin(Array("\(number)".utf8)) { answer in
          #expect(String(decoding: answer.body, as: UTF8.self) == "\(number)")
          done += 1
          if done == 2000 { finished.resume() }
        }
      }
      #expect(stage.client.streamCount == 2000)
    }
    #expect(stage.client.streamCount == 0 && stage.server.streamCount == 0)
    stage.end()
  }

  @Test @LoopActor func `refuses a header block that is too long, and goes on`() async throws {
    let stage = try await HTTP2Stage()
    var flood = HTTP2Fields()
    for number in 0..<400 { flood.add("x-\(number)", String(repeating: "a", count: 80)) }
    #expect(await stage.request([], flood).code == .enhanceYourCalm)
    #expect(await stage.request([1]).body == [1])
    stage.end()
  }

  @Test @LoopActor func `counts small header fields too`() async throws {
    let stage = try await HTTP2Stage()
    var flood = HTTP2Fields()
    for _ in 0..<1100 { flood.add("a", "b") }
    #expect(flood.byteCount < 3000)
    #expect(await stage.request([], flood).code == .enhanceYourCalm)
    stage.end()
  }

  @Test @LoopActor func `cuts off a peer that opens streams only to reset them`() async throws {
    let stage = try await HTTP2Stage { _ in SilentHandler() }
    let closed = Latch()
    stage.server.onClose = { closed.open() }
    var isSending = true
    stage.client.onClose = { isSending = false }
    // Each turn opens and resets a few, as a client would that waits for nothing.
    func flood() {
      guard isSending else { return }
      for _ in 0..<50 {
        if let stream = stage.begin([], HTTP2Fields(), { _ in }) {
          Loop.shared.endOfTick { stream.reset(.cancel) }
        }
      }
      Loop.shared.enqueue { flood() }
    }
    flood()
    await closed.wait()
    stage.end()
  }

  @Test @LoopActor func `lets processes of the mesh cancel as much as they like`() async throws {
    let stage = try await HTTP2Stage(.internal) { _ in SilentHandler() }
    // All in one tick: libnghttp2 looks for each among the requests that were not sent yet.
    let count = TestScale.count(5_000, long: 20_000)
    var cancelled = 0
    await withCheckedContinuation { done in
      for _ in 0..<count {
        let stream = stage.begin { answer in
          cancelled += 1
          if cancelled == count { done.resume() }
        }
        Loop.shared.endOfTick { stream?.reset(.cancel) }
      }
    }
    #expect(!stage.server.isClosed)
    stage.end()
  }

  @Test @LoopActor func `tells every stream when its connection ends`() async throws {
    var codes: [HTTP2ErrorCode] = []
    let closed = Latch()
    let stage = try await HTTP2Stage { _ in
      SilentHandler { code in
        codes.append(code)
        if codes.count == 3 { closed.open() }
      }
    }
    var answers: [HTTP2ErrorCode] = []
    for _ in 0..<3 { stage.begin { answers.append($0.code) } }
    while stage.server.streamCount < 3 {
      await withCheckedContinuation { next in Loop.shared.enqueue { next.resume() } }
    }
    stage.client.close()
    await closed.wait()
    #expect(codes == [.connectError, .connectError, .connectError])
    #expect(answers == codes)
    stage.end()
  }

  @Test @LoopActor func `closes a connection that speaks something else`() async throws {
    let (socket, server, listener) = try await HTTP2Stage.pair(.external)
    let closed = Latch()
    server.onClose = { closed.open() }
    socket.start(received: { _ in }, ended: { _ in })
    socket.write(Array("GET / HTTP/1.1\r\nhost: a\r\n\r\n".utf8))
    await closed.wait()
    #expect(server.isClosed)
    socket.close()
    listener.close()
  }

  @Test @LoopActor func `answers what was sent before a drain, then closes`() async throws {
    let stage = try await HTTP2Stage()
    let closed = Latch()
    let left = Latch()
    stage.server.onClose = { closed.open() }
    stage.client.onGoAway = { left.open() }
    var codes: [HTTP2ErrorCode] = []
    stage.server.drain()
    for _ in 0..<10 { stage.begin([1]) { codes.append($0.code) } }
    await closed.wait()
    await left.wait()
    #expect(codes == Array(repeating: HTTP2ErrorCode.none, count: 10))
    #expect(!stage.client.takesRequests)
    stage.end()
  }

  @Test @LoopActor func `closes a connection whose peer has gone silent`() async throws {
    var limits = HTTP2Limits.external
    limits.keepaliveInterval = .milliseconds(5)
    limits.keepaliveTimeout = .milliseconds(5)
    // A bare socket answers no PING.
    let (socket, server, listener) = try await HTTP2Stage.pair(limits)
    let closed = Latch()
    server.onClose = { closed.open() }
    if !server.isClosed { await closed.wait() }
    socket.close()
    listener.close()
  }

  @Test @LoopActor func `keeps a silent connection whose peer still answers`() async throws {
    var limits = HTTP2Limits.external
    limits.keepaliveInterval = .milliseconds(2)
    limits.keepaliveTimeout = .seconds(60)
    let stage = try await HTTP2Stage(limits)
    await withCheckedContinuation { done in
      Loop.shared.schedule(after: .milliseconds(30)) { done.resume() }
    }
    #expect(!stage.server.isClosed)
    #expect(await stage.request([5]).body == [5])
    stage.end()
  }
}

@Suite struct `Header fields` {
  @Test func `keep order, repetitions and empty values`() {
    var fields = HTTP2Fields()
    let pairs = [("a", "1"), ("b", ""), ("a", "2"), ("", "x"), ("name", "välue")]
    for (name, value) in pairs { fields.add(name, value) }
    var seen: [String] = []
    fields.forEach { seen.append("\($0)=\($1)") }
    #expect(seen == ["a=1", "b=", "a=2", "=x", "name=välue"])
    #expect(fields["a"] == "1" && fields["b"] == "" && fields["c"] == nil)
    #expect(fields.count == 5)
    #expect(fields.byteCount == 16)
  }
}

/// Opens once; a test waits for it.
@LoopActor
final class Latch {
  private var isOpen = false
  private var waiting: CheckedContinuation<Void, Never>?

  nonisolated init() {}

  func open() {
    isOpen = true
    waiting?.resume()
    waiting = nil
  }

  func wait() async {
    if !isOpen { await withCheckedContinuation { waiting = $0 } }
  }
}

/// Takes a body without making room for more.
@LoopActor
private final class CountingHandler: HTTP2StreamHandler {
  private let count: @LoopActor (Int) -> Void

  init(_ stream: HTTP2Stream, _ count: @escaping @LoopActor (Int) -> Void) {
    self.count = count
  }

  func headersReceived() {}
  func dataReceived(_ bytes: UnsafeRawBufferPointer) { count(bytes.count) }
  func endReceived() {}
  func closed(_ code: HTTP2ErrorCode) {}
}
