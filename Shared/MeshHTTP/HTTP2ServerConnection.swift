import CNghttp2
package import MeshLoop

/// The server's side of an HTTP/2 connection.
@LoopActor
package final class HTTP2ServerConnection: HTTP2Connection {
  private enum Draining {
    case no
    /// The peer was told that the connection will end; new streams are still taken for a round trip.
    case announced
    /// The last stream was named; when it is done, so is the connection.
    case final
  }

  private let accept: @LoopActor (HTTP2Stream) -> any HTTP2StreamHandler
  private var draining = Draining.no

  /// Serves `socket`; `accept` makes the handler of each request's stream.
  package init(
    socket: StreamSocket,
    limits: HTTP2Limits,
    accept: @escaping @LoopActor (HTTP2Stream) -> any HTTP2StreamHandler
  ) {
    self.accept = accept
    super.init(socket: socket, limits: limits) {
      nghttp2_session_server_new2($0, $1, $2, $3)
    }
    start([
      (NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits.concurrentStreams),
      (NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, UInt32(limits.streamWindow)),
      (NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, UInt32(limits.headerBytes)),
    ])
  }

  override func makeStream(_ id: Int32) -> HTTP2Stream? {
    let stream = HTTP2Stream()
    add(stream, id)
    stream.handler = accept(stream)
    return stream
  }

  /// Takes no more requests, finishes those it has and then closes (RFC 9113, section 6.8).
  ///
  /// A first GOAWAY refuses nothing; the answer to the PING behind it shows that the peer has read
  /// it, and what it sent before is still served.
  package func drain() {
    guard case .no = draining, !isClosed else { return }
    draining = .announced
    nghttp2_submit_shutdown_notice(session)
    ping()
  }

  override func pingAnswered() {
    guard case .announced = draining else { return }
    draining = .final
    let last = nghttp2_session_get_last_proc_stream_id(session)
    nghttp2_submit_goaway(
      session,
      UInt8(NGHTTP2_FLAG_NONE.rawValue),
      last,
      HTTP2ErrorCode.none.rawValue,
      nil,
      0
    )
    setNeedsFlush()
  }

  override func willFlush() {
    guard case .final = draining, streamCount == 0 else { return }
    nghttp2_session_terminate_session(session, HTTP2ErrorCode.none.rawValue)
  }
}
