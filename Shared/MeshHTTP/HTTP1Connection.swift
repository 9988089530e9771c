import MeshLoop

/// One connection of an `HTTP1Server`.
///
/// At most one request is under way; those that were pipelined behind it wait in the parser, and the
/// client is held back once they fill `maxPipelinedBytes`.
@LoopActor
final class HTTP1Connection {
  private enum Phase: Equatable {
    /// Waits for a request, or for the rest of its head or body.
    case idle, head, body
    case answering
    /// Waits for the client to take its answer.
    case writing
    /// Answered what could not be understood; reads on so that the client sees the answer, not a
    /// reset.
    case lingering
    case closed
  }

  private static let maxPipelinedBytes = 64 << 10
  private static let lingerTimeout = Duration.seconds(2)

  private let socket: StreamSocket
  private unowned let server: HTTP1Server
  private var parser: HTTP1Parser
  private var phase = Phase.idle
  private var output: [UInt8] = []
  private var task: Task<Void, Never>?
  private var timer: TimerToken?
  /// When the connection ends; nil while a handler is at work.
  private var deadline: Deadline?
  /// When the timer fires; nil when none is set.
  private var timerDeadline: Deadline?
  private var isReading = true
  private var isProcessing = false
  private var closesWhenWritten = false
  private var served = 0

  init(_ socket: StreamSocket, server: HTTP1Server) {
    self.socket = socket
    self.server = server
    parser = HTTP1Parser(limits: server.limits)
  }

  func start() {
    arm(server.limits.idleTimeout)
    socket.start(
      received: { [self] bytes in received(bytes) },
      ended: { [self] end in ended(end) },
      drained: { [self] in written() }
    )
  }

  /// Closes now when no request is under way, else after its answer.
  func drain() {
    switch phase {
    case .idle, .head, .lingering: close()
    case .body, .answering, .writing, .closed: break
    }
  }

  /// Closes now; the handler of a request under way is cancelled.
  func close() {
    guard phase != .closed else { return }
    phase = .closed
    timer?.cancel()
    task?.cancel()
    task = nil
    socket.close()
    server.forget(self)
  }

  // MARK: Input

  private func received(_ bytes: UnsafeRawBufferPointer) {
    guard phase != .lingering else { return }
    parser.append(bytes)
    if phase == .answering || phase == .writing {
      if parser.bufferedBytes > Self.maxPipelinedBytes { setReading(false) }
    } else {
      process()
    }
  }

  private func ended(_ end: StreamEnd) {
    if end == .finished, phase == .writing {
      closesWhenWritten = true
    } else {
      close()
    }
  }

  /// Takes requests until one is under way, the client has to take an answer, or bytes are missing.
  ///
  /// A handler that answers at once comes back here through `answer`, hence the loop and its guard.
  private func process() {
    guard !isProcessing else { return }
    isProcessing = true
    var mayHaveMore: Bool
    repeat {
      mayHaveMore = takeRequests()
      flush()
    } while mayHaveMore && isReady
    isProcessing = false
    if isReady { awaitMore() }
  }

  /// Takes requests while the connection is ready for them.
  ///
  /// - Returns: false when the parser needs more bytes.
  private func takeRequests() -> Bool {
    do throws(HTTP1Error) {
      while isReady {
        switch try parser.next() {
        case nil: return false
        case .expectsContinue: output.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8)
        case .request(let request, let keepAlive): begin(request, keepAlive: keepAlive)
        }
      }
    } catch {
      refuse(error)
    }
    return true
  }

  private var isReady: Bool {
    switch phase {
    case .idle, .head, .body: !closesWhenWritten && output.count < Self.maxPipelinedBytes
    case .answering, .writing, .lingering, .closed: false
    }
  }

  /// Sets how long the client may take for what is missing, from when that began.
  private func awaitMore() {
    setReading(true)
    let next: Phase = parser.isReadingBody ? .body : parser.isMidRequest ? .head : .idle
    switch next {
    case .body where phase != .body: arm(server.limits.bodyTimeout)
    case .head where phase != .head: arm(server.limits.headTimeout)
    case .idle where server.isDraining: return close()
    case .idle: arm(server.limits.idleTimeout)
    default: break
    }
    phase = next
  }

  private func setReading(_ reads: Bool) {
    guard reads != isReading else { return }
    isReading = reads
    socket.setReading(reads)
  }

  // MARK: Answers

  private func begin(_ request: HTTPRequest, keepAlive: Bool) {
    phase = .answering
    deadline = nil
    served += 1
    var request = request
    request.remoteAddress = socket.remoteAddress
    let withBody = request.method != "HEAD"
    let keepAlive = keepAlive && served < server.limits.maxRequestsPerConnection
    let handler = server.handler
    let running = Task.immediate { @LoopActor [request] in
      let response = await handler(request)
      self.answer(response, withBody: withBody, keepAlive: keepAlive)
    }
    if phase == .answering { task = running }
  }

  private func answer(_ response: HTTPResponse, withBody: Bool, keepAlive: Bool) {
    guard phase == .answering else { return }
    task = nil
    phase = .idle
    let keepAlive = keepAlive && !server.isDraining
    response.writeHTTP1(
      to: &output,
      date: server.dateText,
      withBody: withBody,
      keepAlive: keepAlive
    )
    closesWhenWritten = !keepAlive
    process()
  }

  private func refuse(_ error: HTTP1Error) {
    let response = server.refusal(error)
    response.writeHTTP1(to: &output, date: server.dateText, withBody: true, keepAlive: false)
    setReading(true)
    phase = .lingering
    arm(Self.lingerTimeout)
  }

  // MARK: Output

  private func flush() {
    guard phase != .closed, !output.isEmpty else { return }
    socket.write(output)
    output.removeAll(keepingCapacity: output.count <= Self.maxPipelinedBytes)
    guard phase != .answering, phase != .lingering else { return }
    if socket.unsentBytes > 0 {
      phase = .writing
      arm(server.limits.writeTimeout)
    } else if closesWhenWritten {
      close()
    }
  }

  private func written() {
    guard phase == .writing else { return }
    guard !closesWhenWritten else { return close() }
    phase = .idle
    process()
  }

  // MARK: Time

  /// Ends the connection unless another deadline is set within `duration`.
  ///
  /// A timer that fires earlier is left where it is and set again when it does: deadlines change
  /// with every request, and most are never reached.
  private func arm(_ duration: Duration) {
    let deadline = Deadline(after: duration)
    self.deadline = deadline
    if let timerDeadline, timerDeadline <= deadline { return }
    setTimer(deadline)
  }

  private func setTimer(_ deadline: Deadline) {
    timer?.cancel()
    timerDeadline = deadline
    timer = Loop.shared.schedule(at: deadline) { [weak self] in self?.timerFired() }
  }

  private func timerFired() {
    timerDeadline = nil
    guard let deadline else { return }
    guard deadline.hasPassed else { return setTimer(deadline) }
    switch phase {
    case .head, .body:
      refuse(HTTP1Error(408, "the request was not complete in time"))
      flush()
    case .idle, .writing, .lingering, .answering, .closed: close()
    }
  }
}
