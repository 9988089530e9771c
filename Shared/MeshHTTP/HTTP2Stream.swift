import CNghttp2
package import MeshLoop

/// The protocol on top of one stream: the events it receives.
///
/// All of it happens inside nghttp2's callbacks: what is sent from there leaves at the end of the
/// turn.
@LoopActor
package protocol HTTP2StreamHandler: AnyObject {
  /// A header block is complete in `fields`: the head, or the trailers when a head came before.
  func headersReceived()

  /// Part of the body; valid during the call only.
  ///
  /// `consume` makes room for more.
  func dataReceived(_ bytes: UnsafeRawBufferPointer)

  /// The peer has sent all it will.
  func endReceived()

  /// The stream is over, or its connection is; the last event.
  func closed(_ code: HTTP2ErrorCode)
}

/// One request and its response.
@LoopActor
package final class HTTP2Stream {
  /// The header block received last, or being received.
  package internal(set) var fields = HTTP2Fields()
  var handler: (any HTTP2StreamHandler)?
  /// Nil once the stream is closed.
  var connection: HTTP2Connection?
  var id: Int32 = 0

  // Neighbours in the connection's list, which retains every stream once.
  var next: Unmanaged<HTTP2Stream>?
  var previous: Unmanaged<HTTP2Stream>?

  /// Bytes of the body that are kept in memory, counted against the connection's limit.
  var heldBytes = 0
  /// Those of them that are counted against the budget of all connections.
  var budgetBytes = 0
  private var outgoing: [UInt8] = []
  private var sent = 0
  private var trailers: HTTP2Head?

  /// What the stream's connection may use; nil once the stream is closed.
  package var limits: HTTP2Limits? { connection?.limits }

  /// Tells the peer that it may send `count` bytes more.
  package func consume(_ count: Int) {
    connection?.consume(count, on: id)
  }

  /// Counts `count` bytes as kept in memory until the stream closes.
  ///
  /// - Returns: false when the connection's streams, or all connections, keep too many already.
  package func hold(_ count: Int) -> Bool {
    guard let connection else { return false }
    guard connection.heldBytes + count <= connection.limits.heldBytes else { return false }
    if let budget = connection.limits.budget,
      !budget.change(&budgetBytes, to: budgetBytes + count)
    {
      return false
    }
    connection.heldBytes += count
    heldBytes += count
    return true
  }

  /// Answers with all there is; without a body and trailers, the head ends the stream.
  package func respond(_ head: HTTP2Head, body: [UInt8] = [], trailers: HTTP2Head? = nil) {
    guard let connection else { return }
    // A peer that does not read its answers keeps them in memory.
    if connection.limits.budget != nil, !hold(body.count) { return reset(.enhanceYourCalm) }
    outgoing = body
    self.trailers = trailers
    let session = connection.session
    let result = head.withVector { fields, count in
      if body.isEmpty && trailers == nil {
        return nghttp2_submit_response(session, id, fields, count, nil)
      }
      var provider = bodyProvider
      return nghttp2_submit_response(session, id, fields, count, &provider)
    }
    if result != 0 { reset(.internalError) }
    connection.setNeedsFlush()
  }

  /// Ends the stream at once, in both directions.
  package func reset(_ code: HTTP2ErrorCode) {
    guard let connection else { return }
    nghttp2_submit_rst_stream(
      connection.session,
      UInt8(NGHTTP2_FLAG_NONE.rawValue),
      id,
      code.rawValue
    )
    connection.setNeedsFlush()
  }

  // MARK: For the connection

  func received(_ block: HTTP2Fields, isEnd: Bool) {
    fields = block
    guard let handler else { return }
    handler.headersReceived()
    if isEnd { handler.endReceived() }
  }

  var bodyProvider: nghttp2_data_provider {
    nghttp2_data_provider(
      source: nghttp2_data_source(ptr: Unmanaged.passUnretained(self).toOpaque()),
      read_callback: HTTP2Callbacks.readBody
    )
  }

  func setBody(_ body: [UInt8]) {
    outgoing = body
  }

  /// Copies the next part of the body into `room`, and adds the trailers behind the last.
  func readBody(
    into room: UnsafeMutableRawBufferPointer,
    _ flags: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let count = min(outgoing.count - sent, room.count)
    outgoing.withUnsafeBytes { room.copyMemory(from: .init(rebasing: $0[sent..<sent + count])) }
    sent += count
    guard sent == outgoing.count else { return count }
    flags.pointee |= NGHTTP2_DATA_FLAG_EOF.rawValue
    if let trailers, let connection {
      flags.pointee |= NGHTTP2_DATA_FLAG_NO_END_STREAM.rawValue
      _ = trailers.withVector { nghttp2_submit_trailer(connection.session, id, $0, $1) }
    }
    return count
  }
}
