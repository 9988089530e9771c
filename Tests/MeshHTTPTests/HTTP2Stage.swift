import Glibc
import MeshLoop
import Testing

@testable import MeshHTTP

/// A server that answers every request with its own body, and a client connection to it.
@LoopActor
struct HTTP2Stage {
  let client: HTTP2ClientConnection
  let server: HTTP2ServerConnection
  let listener: SocketListener

  init(
    _ limits: HTTP2Limits = .external,
    client: HTTP2Limits = .internal,
    _ accept: @escaping @LoopActor (HTTP2Stream) -> any HTTP2StreamHandler = { EchoHandler($0) }
  ) async throws {
    let raw = try await Self.pair(limits, accept)
    self.client = HTTP2ClientConnection(socket: raw.socket, limits: client)
    server = raw.server
    listener = raw.listener
  }

  /// A server connection with a bare socket at its other end.
  static func pair(
    _ limits: HTTP2Limits,
    _ accept: @escaping @LoopActor (HTTP2Stream) -> any HTTP2StreamHandler = { EchoHandler($0) }
  ) async throws -> (socket: StreamSocket, server: HTTP2ServerConnection, listener: SocketListener)
  {
    let arrived = Latch()
    var server: HTTP2ServerConnection?
    let listener = try SocketListener(on: .tcp(host: "127.0.0.1", port: 0)) { socket in
      server = HTTP2ServerConnection(socket: socket, limits: limits, accept: accept)
      arrived.open()
    }
    let socket = try await StreamSocket.connect(to: listener.address, timeout: .seconds(60))
    await arrived.wait()
    return (socket, try #require(server), listener)
  }

  func request(_ body: [UInt8] = [], _ more: HTTP2Fields = HTTP2Fields()) async -> HTTP2Answer {
    await withCheckedContinuation { done in begin(body, more) { done.resume(returning: $0) } }
  }

  @discardableResult
  func begin(
    _ body: [UInt8] = [],
    _ more: HTTP2Fields = HTTP2Fields(),
    _ done: @escaping @LoopActor (HTTP2Answer) -> Void
  ) -> HTTP2Stream? {
    var head = HTTP2Fields()
    for (name, value) in [
      (":method", "POST"), (":scheme", "http"), (":path", "/"), (":authority", "localhost"),
    ] { head.add(name, value) }
    more.forEach { head.add($0, $1) }
    let handler = AnswerHandler(done)
    handler.stream = client.send(.fields(head), body: body, handler: handler)
    return handler.stream
  }

  func end() {
    client.close()
    server.close()
    listener.close()
  }
}

struct HTTP2Answer: Sendable {
  var head = HTTP2Fields()
  var trailers = HTTP2Fields()
  var body: [UInt8] = []
  var code = HTTP2ErrorCode.none
}

@LoopActor
private final class AnswerHandler: HTTP2StreamHandler {
  var stream: HTTP2Stream?
  private var answer = HTTP2Answer()
  private let done: @LoopActor (HTTP2Answer) -> Void

  init(_ done: @escaping @LoopActor (HTTP2Answer) -> Void) {
    self.done = done
  }

  func headersReceived() {
    guard let fields = stream?.fields else { return }
    if answer.head.count == 0 { answer.head = fields } else { answer.trailers = fields }
  }

  func dataReceived(_ bytes: UnsafeRawBufferPointer) {
    stream?.consume(bytes.count)
    answer.body.append(contentsOf: bytes)
  }

  func endReceived() {}

  func closed(_ code: HTTP2ErrorCode) {
    stream = nil
    answer.code = code
    done(answer)
  }
}

/// Answers with the request's body, its own head and trailers.
@LoopActor
final class EchoHandler: HTTP2StreamHandler {
  private let stream: HTTP2Stream
  private var body: [UInt8] = []
  private let consumes: Bool
  private let onClose: @LoopActor (HTTP2ErrorCode) -> Void

  init(
    _ stream: HTTP2Stream,
    consumes: Bool = true,
    onClose: @escaping @LoopActor (HTTP2ErrorCode) -> Void = { _ in }
  ) {
    self.stream = stream
    self.consumes = consumes
    self.onClose = onClose
  }

  func headersReceived() {}

  func dataReceived(_ bytes: UnsafeRawBufferPointer) {
    if consumes { stream.consume(bytes.count) }
    body.append(contentsOf: bytes)
  }

  func endReceived() {
    var head = HTTP2Fields()
    head.add(":status", "200")
    stream.fields.forEach { name, value in
      if name.hasPrefix("x-") { head.add(name, value) }
    }
    var trailers = HTTP2Fields()
    trailers.add("x-done", "yes")
    stream.respond(.fields(head), body: body, trailers: .fields(trailers))
  }

  func closed(_ code: HTTP2ErrorCode) { onClose(code) }
}

/// Never answers.
@LoopActor
final class SilentHandler: HTTP2StreamHandler {
  private let onClose: @LoopActor (HTTP2ErrorCode) -> Void

  init(onClose: @escaping @LoopActor (HTTP2ErrorCode) -> Void = { _ in }) {
    self.onClose = onClose
  }

  func headersReceived() {}
  func dataReceived(_ bytes: UnsafeRawBufferPointer) {}
  func endReceived() {}
  func closed(_ code: HTTP2ErrorCode) { onClose(code) }
}
