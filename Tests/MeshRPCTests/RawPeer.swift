import MeshHTTP
import MeshLoop

/// A client that sends exactly the bytes it is given, valid or not.
@LoopActor
final class RawPeer {
  struct Answer: Sendable {
    var head = HTTP2Fields()
    /// The last header block: the head when it ended the stream.
    var trailers = HTTP2Fields()
    var body: [UInt8] = []
    var code: HTTP2ErrorCode?
  }

  let connection: HTTP2ClientConnection

  init(_ address: SocketAddress) async throws {
    let socket = try await StreamSocket.connect(to: address, timeout: .seconds(60))
    connection = HTTP2ClientConnection(socket: socket, limits: .internal)
  }

  /// Sends a request and returns what came back until its stream closed.
  func call(
    _ path: String,
    body: [UInt8],
    _ more: KeyValuePairs<String, String> = [:],
    contentType: String = "application/grpc",
    method: String = "POST"
  ) async -> Answer {
    await withCheckedContinuation { done in
      begin(path, body: body, more, contentType: contentType, method: method) {
        done.resume(returning: $0)
      }
    }
  }

  func begin(
    _ path: String,
    body: [UInt8],
    _ more: KeyValuePairs<String, String> = [:],
    contentType: String = "application/grpc",
    method: String = "POST",
    _ done: @escaping @LoopActor (Answer) -> Void = { _ in }
  ) {
    var head = HTTP2Fields()
    head.add(":method", method)
    head.add(":scheme", "http")
    head.add(":path", path)
    head.add(":authority", "localhost")
    head.add("content-type", contentType)
    head.add("te", "trailers")
    for (name, value) in more { head.add(name, value) }
    let exchange = Exchange(done)
    exchange.stream = connection.send(.fields(head), body: body, handler: exchange)
  }

  func close() {
    connection.close()
  }
}

@LoopActor
private final class Exchange: HTTP2StreamHandler {
  var stream: HTTP2Stream?
  private var answer = RawPeer.Answer()
  private let done: @LoopActor (RawPeer.Answer) -> Void
  private var hasHead = false

  init(_ done: @escaping @LoopActor (RawPeer.Answer) -> Void) {
    self.done = done
  }

  func headersReceived() {
    guard let fields = stream?.fields else { return }
    if !hasHead { answer.head = fields }
    hasHead = true
    answer.trailers = fields
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
