import MeshLoop

/// One connection of an `HTTP1Server`.
///
/// At most one request is under way; those that were pipelined behind it wait in the parser, and the
/// client is held back once they fill `maxPipelinedBytes`.
@LoopActor
final class HTTP1Connection {
  private static let maxPipelinedBytes = 64 << 10
  /// What the kernel holds of a body without an end, else up to some MiB for each client that stands still.
  private static let endlessKernelBytes: Int32 = 64 << 10

  private let socket: StreamSocket
  /// Holds the server until the connection has closed: a handler may outlast everyone else who held it.
  private let server: HTTP1Server
  private var parser: HTTP1Parser
  private var phase = HTTP1Phase.idle
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
  /// Whether the body being sent has no end of its own.
  private var isEndless = false
  private var served = 0
  /// The peer's address; nil on a Unix socket.
  let peer: IPAddress?
  /// Bytes of the body that the handler at work has.
  private var bodyInHand = 0
  /// Bytes that this connection has of the budgets of all.
  private var heldInput = 0
  private var heldOutput = 0
  /// Since when the client has not taken all of an answer.
  private(set) var unsentSince: Deadline?
  /// Bytes that came since the rate of a body was last looked at.
  private var cameInWindow = 0
  private var bodyDeadline: Deadline?
  /// Unsent bytes when their rate was last looked at.
  private var unsentBefore = 0
  private var lingered = 0

  init(_ socket: StreamSocket, server: HTTP1Server) {
    self.socket = socket
    self.server = server
    peer = IPAddress(socket.remoteAddress)
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

  /// When it gives way to a new connection, the first by rank and then by time; nil when it is at work.
  var waitsSince: (rank: Int, time: Deadline)? {
    guard let deadline else { return nil }
    switch phase {
    case .idle, .lingering: return (0, deadline)
    case .head: return (1, deadline)
    case .body, .answering, .streaming, .writing, .closed: return nil
    }
  }

  /// Closes now when no request is under way, else after its answer.
  func drain() {
    switch phase {
    case .idle, .head, .lingering: close()
    // Whoever makes a body without an end ends it now, but its client may not be there to take it.
    case .streaming where isEndless && whenTaken != nil: close()
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
    bodyInHand = 0
    _ = server.held.change(&heldInput, to: 0)
    _ = server.unsent.change(&heldOutput, to: 0)
    socket.close()
    server.forget(self)
  }

  // MARK: Input

  private func received(_ bytes: UnsafeRawBufferPointer) {
    guard phase != .lingering else {
      lingered += bytes.count
      if lingered > server.limits.maxLingerBytes { close() }
      return
    }
    parser.append(bytes)
    guard holdInput() else { return refuseForMemory() }
    cameInWindow += bytes.count
    if phase == .answering || phase == .streaming || phase == .writing {
      if parser.bufferedBytes > Self.maxPipelinedBytes { setReading(false) }
    } else {
      process()
      _ = holdInput()
    }
  }

  /// Counts what is held of requests against the budget of all connections.
  private func holdInput() -> Bool {
    guard phase != .closed else { return true }
    let held = max(0, parser.heldBytes + bodyInHand - server.limits.freeBytes)
    return held == heldInput || server.held.change(&heldInput, to: held)
  }

  private func refuseForMemory() {
    guard isReady else { return close() }
    refuse(HTTP1Error(503, "too many requests are being received; try again", retryAfter: 1))
    flush()
  }

  private func ended(_ end: StreamEnd) {
    if end == .finished, phase == .writing || (phase == .streaming && !isEndless) {
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
        case .head(let head, let expectsContinue): try admit(head, expectsContinue)
        case .request(let request, let keepAlive): begin(request, keepAlive: keepAlive)
        }
      }
    } catch {
      refuse(error)
    }
    return true
  }

  /// Accepts or refuses a request by its head, before the rest of its body is read.
  private func admit(_ head: HTTPRequest, _ expectsContinue: Bool) throws(HTTP1Error) {
    switch server.admission(server.identified(head, from: socket, peer)) {
    case .accept(let maxBodyBytes):
      try parser.limitBody(to: maxBodyBytes)
      if expectsContinue { output.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8) }
    case .refuse(let response):
      refuse(response, withBody: head.method != "HEAD")
    }
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
    let next: HTTP1Phase = parser.isReadingBody ? .body : parser.isMidRequest ? .head : .idle
    switch next {
    case .body where phase != .body:
      cameInWindow = 0
      bodyDeadline = Deadline(after: server.limits.bodyTimeout)
      arm(min(server.limits.rateWindow, server.limits.bodyTimeout))
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
    let request = server.identified(request, from: socket, peer)
    bodyInHand = request.body.count
    let keepAlive = keepAlive && served < server.limits.maxRequestsPerConnection
    let handler = server.handler
    let running = Task.immediate { @LoopActor [request] in
      let response = await handler(request)
      self.answer(response, to: request, keepAlive: keepAlive)
      guard let stream = response.stream else { return }
      if self.phase == .streaming { await self.send(stream, chunked: request.takesChunks) }
      stream.ended()
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
    bodyInHand = 0
    _ = holdInput()
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
    isEndless = stream.isEndless
    if isEndless { socket.limitKernelBuffer(to: Self.endlessKernelBytes) }
    defer { isEndless = false }
    stream.began { [weak self] in self?.close() }
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
    armWriting()
    await withCheckedContinuation { whenTaken = $0 }
    deadline = nil
  }

  private func resumeStream() {
    whenTaken?.resume()
    whenTaken = nil
  }

  private func refuse(_ error: HTTP1Error) {
    refuse(server.refusal(error), withBody: true)
  }

  /// Answers at once, and reads no more of the request than its client needs to see the answer.
  private func refuse(_ response: HTTPResponse, withBody: Bool) {
    response.writeHTTP1(to: &output, date: server.dateText, withBody: withBody, keepAlive: false)
    setReading(true)
    phase = .lingering
    parser = HTTP1Parser(limits: server.limits)
    _ = holdInput()
    arm(server.limits.lingerTimeout)
  }

  // MARK: Output

  private func flush() {
    guard phase != .closed, !output.isEmpty else { return }
    socket.write(output)
    output.removeAll(keepingCapacity: output.count <= Self.maxPipelinedBytes)
    guard holdOutput() else { return close() }
    guard phase != .answering, phase != .streaming, phase != .lingering else { return }
    if socket.unsentBytes > 0 {
      phase = .writing
      armWriting()
    } else if closesWhenWritten {
      close()
    }
  }

  /// Counts what the client has not taken against the budget of all connections.
  private func holdOutput() -> Bool {
    let unsent = max(0, socket.unsentBytes - server.limits.freeBytes)
    guard unsent != heldOutput else { return true }
    if heldOutput == 0 { unsentSince = .now }
    if !server.unsent.change(&heldOutput, to: unsent) {
      server.makeRoom(for: unsent - heldOutput, of: self)
      guard server.unsent.change(&heldOutput, to: unsent) else { return false }
    }
    if heldOutput == 0 { unsentSince = nil }
    return true
  }

  private func armWriting() {
    unsentBefore = socket.unsentBytes
    arm(server.limits.writeTimeout)
  }

  private func written() {
    _ = holdOutput()
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
    case .body where bodyComesInTime:
      cameInWindow = 0
      arm(server.limits.rateWindow)
    case .head, .body:
      refuse(HTTP1Error(408, "the request was not complete in time"))
      flush()
    case .streaming where isBeingTaken, .writing where isBeingTaken: armWriting()
    case .idle, .streaming, .writing, .lingering, .answering, .closed: close()
    }
  }

  private var bodyComesInTime: Bool {
    guard let bodyDeadline, !bodyDeadline.hasPassed else { return false }
    return cameInWindow >= server.limits.leastBytes(in: server.limits.rateWindow)
  }

  private var isBeingTaken: Bool {
    unsentBefore - socket.unsentBytes >= server.limits.leastBytes(in: server.limits.writeTimeout)
  }
}
