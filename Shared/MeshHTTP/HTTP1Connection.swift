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
    /// Sends a body that is being made.
    case streaming
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
  /// Holds the server until the connection has closed: a handler may outlast everyone else who held it.
  private let server: HTTP1Server
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
  /// Waits, while a body is being sent, for the client to take the last piece.
  private var whenTaken: CheckedContinuation<Void, Never>?
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
    case .body, .answering, .streaming, .writing, .closed: break
    }
  }

  /// Closes now; the handler of a request under way is cancelled.
  func close() {
    guard phase != .closed else { return }
    phase = .closed
    timer?.cancel()
    task?.cancel()
    task = nil
    resumeStream()
    socket.close()
    server.forget(self)
  }

  // MARK: Input

  private func received(_ bytes: UnsafeRawBufferPointer) {
    guard phase != .lingering else { return }
    parser.append(bytes)
    if phase == .answering || phase == .streaming || phase == .writing {
      if parser.bufferedBytes > Self.maxPipelinedBytes { setReading(false) }
    } else {
      process()
    }
  }

  private func ended(_ end: StreamEnd) {
    if end == .finished, phase == .writing || phase == .streaming {
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
    case .answering, .streaming, .writing, .lingering, .closed: false
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
    let keepAlive = keepAlive && served < server.limits.maxRequestsPerConnection
    let handler = server.handler
    let running = Task.immediate { @LoopActor [request] in
      let response = await handler(request)
      self.answer(response, to: request, keepAlive: keepAlive)
      if self.phase == .streaming, let stream = response.stream {
        await self.send(stream, chunked: request.takesChunks)
      }
    }
    if phase == .answering || phase == .streaming { task = running }
  }

  private func answer(_ response: HTTPResponse, to request: HTTPRequest, keepAlive: Bool) {
    guard phase == .answering else { return }
    let keepAlive = keepAlive && !server.isDraining
    let withBody = request.method != "HEAD"
    response.writeHTTP1(
      to: &output,
      date: server.dateText,
      withBody: withBody,
      keepAlive: keepAlive,
      chunked: request.takesChunks
    )
    closesWhenWritten = !keepAlive
    if withBody, response.stream != nil {
      phase = .streaming
      return flush()
    }
    task = nil
    phase = .idle
    process()
  }

  /// Sends a body piece by piece, each once the client has taken the one before.
  private func send(_ stream: HTTPBodyStream, chunked: Bool) async {
    do {
      while let piece = try await stream.next() {
        guard phase == .streaming else { return }
        if piece.isEmpty { continue }
        if chunked { output.append(contentsOf: "\(String(piece.count, radix: 16))\r\n".utf8) }
        output.append(contentsOf: piece)
        if chunked { output.append(contentsOf: "\r\n".utf8) }
        flush()
        await waitUntilTaken()
      }
    } catch {
      return close()
    }
    guard phase == .streaming else { return }
    // Without chunks, the end of the connection is the end of the body.
    guard chunked else { return close() }
    task = nil
    phase = .idle
    output.append(contentsOf: "0\r\n\r\n".utf8)
    closesWhenWritten = closesWhenWritten || server.isDraining
    process()
  }

  private func waitUntilTaken() async {
    guard phase == .streaming, socket.unsentBytes > 0 else { return }
    arm(server.limits.writeTimeout)
    await withCheckedContinuation { whenTaken = $0 }
    deadline = nil
  }

  private func resumeStream() {
    whenTaken?.resume()
    whenTaken = nil
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
    guard phase != .answering, phase != .streaming, phase != .lingering else { return }
    if socket.unsentBytes > 0 {
      phase = .writing
      arm(server.limits.writeTimeout)
    } else if closesWhenWritten {
      close()
    }
  }

  private func written() {
    if phase == .streaming { return resumeStream() }
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
    case .idle, .streaming, .writing, .lingering, .answering, .closed: close()
    }
  }
}
