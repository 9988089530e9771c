import CNghttp2
package import MeshLoop

/// The client's side of an HTTP/2 connection.
@LoopActor
package final class HTTP2ClientConnection: HTTP2Connection {
  /// Called when the server will take no more requests; those it has it may still answer.
  package var onGoAway: @LoopActor () -> Void = {}
  private var isLeaving = false

  package init(socket: StreamSocket, limits: HTTP2Limits) {
    super.init(socket: socket, limits: limits) {
      nghttp2_session_client_new2($0, $1, $2, $3)
    }
    start([
      (NGHTTP2_SETTINGS_ENABLE_PUSH, 0),
      (NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, UInt32(limits.streamWindow)),
      (NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, UInt32(limits.headerBytes)),
    ])
  }

  /// Whether a request may be sent; one beyond the server's limit of streams waits its turn.
  package var takesRequests: Bool {
    !isLeaving && !isClosed && nghttp2_session_check_request_allowed(session) != 0
  }

  /// Sends a request with its whole body.
  ///
  /// - Returns: nil when the connection takes none; `handler` is then told nothing.
  package func send(
    _ head: HTTP2Head,
    body: [UInt8],
    handler: any HTTP2StreamHandler
  ) -> HTTP2Stream? {
    guard takesRequests else { return nil }
    let stream = HTTP2Stream()
    stream.handler = handler
    stream.setBody(body)
    let pointer = Unmanaged.passUnretained(stream).toOpaque()
    let id = head.withVector { fields, count in
      var provider = stream.bodyProvider
      if body.isEmpty {
        return nghttp2_submit_request(session, nil, fields, count, nil, pointer)
      }
      return nghttp2_submit_request(session, nil, fields, count, &provider, pointer)
    }
    guard id > 0 else { return nil }
    add(stream, id)
    setNeedsFlush()
    return stream
  }

  override func goAwayReceived() {
    guard !isLeaving else { return }
    isLeaving = true
    onGoAway()
  }

  override func willFlush() {
    guard isLeaving, streamCount == 0 else { return }
    nghttp2_session_terminate_session(session, HTTP2ErrorCode.none.rawValue)
  }

  /// Closes the connection once the requests that are under way are answered.
  package func retire() {
    isLeaving = true
    setNeedsFlush()
  }
}
