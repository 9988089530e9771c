import MeshCore
import MeshHTTP
import MeshLoop

/// What a unary call answered.
package struct RawReply: Sendable {
  /// The message, without gRPC's prefix.
  package var message: ArraySlice<UInt8> { body.dropFirst(GRPCFrame.prefixCount) }
  /// The response's initial metadata.
  package let metadata: Metadata
  package let trailers: Metadata
  private let body: [UInt8]

  init(body: [UInt8], metadata: Metadata, trailers: Metadata) {
    self.body = body
    self.metadata = metadata
    self.trailers = trailers
  }
}

/// Why one attempt of a call failed.
struct CallFailure: Error {
  let error: MeshError
  /// The server has certainly not begun it: any call may be sent again.
  let isUnprocessed: Bool
}

/// One attempt of a call on the client, from its request to its status.
@LoopActor
final class ClientCall: HTTP2StreamHandler {
  typealias Outcome = Result<RawReply, CallFailure>

  private var stream: HTTP2Stream?
  private let maxResponseBytes: Int
  private let deadline: Deadline
  private var head: HTTP2Fields?
  private var message = IncomingMessage()
  private var outcome: Outcome?
  private var waiting: UnsafeContinuation<Outcome, Never>?
  private var timer: TimerToken?

  init(deadline: Deadline, maxResponseBytes: Int) {
    self.deadline = deadline
    self.maxResponseBytes = maxResponseBytes
  }

  /// Sends the request.
  ///
  /// - Returns: false when `connection` takes none.
  func start(on connection: HTTP2ClientConnection, _ head: HTTP2Fields, body: [UInt8]) -> Bool {
    stream = connection.send(.fields(head), body: body, handler: self)
    return stream != nil
  }

  /// Waits for the answer, the deadline or the cancellation of the task.
  func answer() async -> Outcome {
    await withTaskCancellationHandler {
      if let outcome { return outcome }
      timer = Loop.shared.schedule(at: deadline) { [self] in abandon(.deadlineExceeded) }
      return await withUnsafeContinuation { waiting = $0 }
    } onCancel: {
      Loop.shared.enqueue { self.abandon(.cancelled) }
    }
  }

  /// Ends the call on this side and tells the server that nobody waits for it.
  private func abandon(_ error: MeshError) {
    guard outcome == nil else { return }
    stream?.reset(.cancel)
    finish(.failure(CallFailure(error: error, isUnprocessed: false)))
  }

  private func finish(_ outcome: Outcome) {
    guard self.outcome == nil else { return }
    self.outcome = outcome
    timer?.cancel()
    timer = nil
    waiting?.resume(returning: outcome)
    waiting = nil
  }

  private func fail(_ error: MeshError, isUnprocessed: Bool = false) {
    finish(.failure(CallFailure(error: error, isUnprocessed: isUnprocessed)))
  }

  // MARK: Coming in

  func headersReceived() {
    guard let stream, head == nil, outcome == nil else { return }
    let status = stream.fields[":status"] ?? ""
    // An interim response (RFC 9110, section 15.2) goes before the head.
    if status.utf8.first == UInt8(ascii: "1") { return }
    head = stream.fields
    if status != "200" {
      stream.reset(.cancel)
      fail(.http(status: status))
    }
  }

  func dataReceived(_ bytes: UnsafeRawBufferPointer) {
    stream?.consume(bytes.count)
    guard let stream, outcome == nil else { return }
    do throws(MeshError) {
      guard stream.hold(bytes.count) else {
        throw .unavailable("too much is being received at once")
      }
      try message.append(bytes, limit: maxResponseBytes)
    } catch {
      // A response that is too large is the server's fault, never a request's.
      abandon(error.reason == .tooLarge ? .internalFailure() : error)
    }
  }

  func endReceived() {
    guard let fields = stream?.fields, outcome == nil, let head else { return }
    if let error = MeshError.received(in: fields) {
      fail(error)
    } else if message.isComplete {
      finish(
        .success(
          RawReply(body: message.body, metadata: Metadata(head), trailers: Metadata(fields))
        )
      )
    } else {
      fail(.internalFailure())
    }
  }

  func closed(_ code: HTTP2ErrorCode) {
    stream = nil
    switch code {
    case .refusedStream:
      fail(.unavailable("the peer refused the call"), isUnprocessed: true)
    case .connectError, .none:
      fail(.outcomeUnknown())
    case .cancel:
      fail(.cancelled)
    case .enhanceYourCalm:
      fail(.tooLarge("the peer refused the size or the number of calls"))
    default:
      fail(.internalFailure())
    }
  }
}
