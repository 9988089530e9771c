import CNghttp2
package import MeshLoop

/// One HTTP/2 connection, of either side: a socket, an nghttp2 session and the streams it has open.
///
/// Streams and callers only mark it; `flush` alone sends, once at the end of each turn of the loop,
/// so that whatever a turn produced leaves in one system call. `flush` and `receive` are the only
/// places that enter nghttp2's send and receive functions, and neither runs within a callback.
@LoopActor
package class HTTP2Connection {
  package final let socket: StreamSocket
  package final let limits: HTTP2Limits
  /// Lives as long as the session.
  private final let context: UnsafeMutablePointer<HTTP2CallbackContext>
  /// Nghttp2's state of this connection; freed by `close` and nowhere else.
  private(set) final var session: OpaquePointer?
  /// Called once, when the connection is over and its streams are closed.
  package final var onClose: @LoopActor () -> Void = {}

  package private(set) final var streamCount = 0
  /// Bytes of bodies that open streams keep in memory.
  final var heldBytes = 0
  private final var firstStream: Unmanaged<HTTP2Stream>?
  private final var needsFlush = false
  private final var isFailed = false
  private final var keepalive: TimerToken?
  private final var heardSinceKeepalive = true
  private final var isPinging = false

  /// Output waits in nghttp2 rather than in the socket's queue beyond so many bytes.
  private static let unsentBytes = 256 << 10
  /// Where the frames of one send are put together; its content never outlives `flush`.
  private static var output = {
    var output: [UInt8] = []
    output.reserveCapacity(64 << 10)
    return output
  }()

  init(
    socket: StreamSocket,
    limits: HTTP2Limits,
    _ make: (
      UnsafeMutablePointer<OpaquePointer?>, OpaquePointer?, UnsafeMutableRawPointer, OpaquePointer?
    ) -> Int32
  ) {
    self.socket = socket
    self.limits = limits
    context = .allocate(capacity: 1)
    context.initialize(to: HTTP2CallbackContext(self, maxHeaderBytes: limits.headerBytes))
    var option: OpaquePointer?
    nghttp2_option_new(&option)
    defer { nghttp2_option_del(option) }
    nghttp2_option_set_no_closed_streams(option, 1)
    nghttp2_option_set_no_auto_window_update(option, 1)
    nghttp2_option_set_stream_reset_rate_limit(option, limits.resetBurst, limits.resetsPerSecond)
    let result = make(
      &session,
      HTTP2Callbacks.table,
      UnsafeMutableRawPointer(context),
      option
    )
    precondition(result == 0, "out of memory")
  }

  /// Sends the settings and begins to read.
  final func start(_ settings: [(nghttp2_settings_id, UInt32)]) {
    let entries = settings.map {
      nghttp2_settings_entry(settings_id: Int32($0.0.rawValue), value: $0.1)
    }
    let flags = UInt8(NGHTTP2_FLAG_NONE.rawValue)
    nghttp2_submit_settings(session, flags, entries, entries.count)
    nghttp2_session_set_local_window_size(session, flags, 0, limits.connectionWindow)
    socket.start(
      received: { [self] in receive($0) },
      ended: { [self] _ in close() },
      drained: { [self] in setNeedsFlush() }
    )
    scheduleKeepalive(after: limits.keepaliveInterval)
    setNeedsFlush()
  }

  // MARK: Overridden by the two sides

  /// The stream for a request that begins; nil refuses it.
  func makeStream(_ id: Int32) -> HTTP2Stream? { nil }

  func goAwayReceived() {}

  func pingAnswered() {}

  /// A stream was closed, or the session changed: what the side does before output is sent.
  func willFlush() {}

  // MARK: Input and output

  private final func receive(_ bytes: UnsafeRawBufferPointer) {
    heardSinceKeepalive = true
    let count = nghttp2_session_mem_recv(
      session,
      bytes.assumingMemoryBound(to: UInt8.self).baseAddress,
      bytes.count
    )
    // A protocol error has queued its GOAWAY, which is still sent.
    if count < 0 { isFailed = true }
    setNeedsFlush()
  }

  /// Has `flush` run at the end of this turn.
  package final func setNeedsFlush() {
    guard !needsFlush, session != nil else { return }
    needsFlush = true
    Loop.shared.endOfTick { [self] in flush() }
  }

  private final func flush() {
    needsFlush = false
    guard session != nil else { return }
    willFlush()
    var chunk: UnsafePointer<UInt8>?
    var size = 0
    while socket.unsentBytes < Self.unsentBytes {
      size = nghttp2_session_mem_send(session, &chunk)
      guard size > 0 else { break }
      Self.output.append(contentsOf: UnsafeBufferPointer(start: chunk, count: size))
      if Self.output.count >= Self.unsentBytes { send() }
    }
    send()
    let isOver =
      nghttp2_session_want_read(session) == 0 && nghttp2_session_want_write(session) == 0
    if size < 0 || isFailed || isOver { close() }
  }

  private final func send() {
    Self.output.withUnsafeBytes { socket.write($0) }
    Self.output.removeAll(keepingCapacity: true)
  }

  final func consume(_ count: Int, on id: Int32) {
    nghttp2_session_consume(session, id, count)
  }

  // MARK: Streams

  final func add(_ stream: HTTP2Stream, _ id: Int32) {
    stream.connection = self
    stream.id = id
    let entry = Unmanaged.passRetained(stream)
    stream.next = firstStream
    firstStream?._withUnsafeGuaranteedRef { $0.previous = entry }
    firstStream = entry
    streamCount += 1
  }

  private final func remove(_ stream: HTTP2Stream) {
    let next = stream.next
    let previous = stream.previous
    next?._withUnsafeGuaranteedRef { $0.previous = previous }
    if let previous {
      previous._withUnsafeGuaranteedRef { $0.next = next }
    } else {
      firstStream = next
    }
    stream.next = nil
    stream.previous = nil
    stream.connection = nil
    streamCount -= 1
    heldBytes -= stream.heldBytes
    _ = limits.budget?.change(&stream.budgetBytes, to: 0)
    Unmanaged.passUnretained(stream).release()
  }

  final func close(_ stream: HTTP2Stream, _ code: HTTP2ErrorCode) {
    remove(stream)
    let handler = stream.handler
    stream.handler = nil
    handler?.closed(code)
  }

  /// Closes a request that nghttp2 gave up before it was a stream.
  final func closeUnsent(_ id: Int32) {
    var entry = firstStream
    while let stream = entry?.takeUnretainedValue() {
      if stream.id == id { return close(stream, .refusedStream) }
      entry = stream.next
    }
  }

  // MARK: The end

  final var isClosed: Bool { session == nil }

  /// Closes the socket and every stream.
  ///
  /// Streams are told `connectError`. Not to be called from within a stream's methods.
  package final func close() {
    guard let session else { return }
    keepalive?.cancel()
    keepalive = nil
    nghttp2_session_del(session)
    self.session = nil
    context.deinitialize(count: 1)
    context.deallocate()
    // What was sent, such as a GOAWAY with its reason, still gets to the peer.
    socket.closeWhenSent()
    while let stream = firstStream?.takeUnretainedValue() { close(stream, .connectError) }
    let tell = onClose
    onClose = {}
    tell()
  }

  // MARK: Keepalive

  private final func scheduleKeepalive(after duration: Duration) {
    keepalive = Loop.shared.schedule(after: duration) { [self] in checkKeepalive() }
  }

  private final func checkKeepalive() {
    if heardSinceKeepalive {
      isPinging = false
    } else if isPinging {
      close()
      return
    } else {
      isPinging = true
      ping()
    }
    heardSinceKeepalive = false
    scheduleKeepalive(after: isPinging ? limits.keepaliveTimeout : limits.keepaliveInterval)
  }

  final func ping() {
    nghttp2_submit_ping(session, UInt8(NGHTTP2_FLAG_NONE.rawValue), nil)
    setNeedsFlush()
  }
}
