import CNghttp2
import MeshLoop

/// What nghttp2 calls, for servers and clients alike.
///
/// nghttp2 only runs within `HTTP2Connection`, on the loop's thread. Its types cannot say that, and
/// functions that say so themselves would be checked on every call, at the cost of the call's work:
/// hence `onLoop`.
enum HTTP2Callbacks {
  /// Made once, never freed.
  nonisolated(unsafe) static let table: OpaquePointer? = {
    var table: OpaquePointer?
    guard nghttp2_session_callbacks_new(&table) == 0 else { return nil }
    nghttp2_session_callbacks_set_on_begin_headers_callback(
      table,
      beginHeaders
    )
    nghttp2_session_callbacks_set_on_header_callback(
      table,
      header
    )
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
      table,
      dataChunk
    )
    nghttp2_session_callbacks_set_on_frame_recv_callback(
      table,
      frameReceived
    )
    nghttp2_session_callbacks_set_on_stream_close_callback(
      table,
      streamClosed
    )
    nghttp2_session_callbacks_set_on_frame_not_send_callback(
      table,
      frameNotSent
    )
    return table
  }()

  /// Runs `body` as isolated to the loop; isolation is a matter of the closure's type alone.
  @inline(__always)
  private static func onLoop<Result>(_ body: @LoopActor () -> Result) -> Result {
    assert(Loop.isCurrentThread)
    return withoutActuallyEscaping(body) { unsafeBitCast($0, to: (() -> Result).self)() }
  }

  // Connections and streams are owned elsewhere and outlive every callback, which borrows them
  // without counting references.

  @inline(__always)
  private static func context(
    _ user: UnsafeMutableRawPointer?
  ) -> UnsafeMutablePointer<HTTP2CallbackContext>? {
    user?.assumingMemoryBound(to: HTTP2CallbackContext.self)
  }

  @inline(__always)
  private static func stream(_ session: OpaquePointer?, _ id: Int32) -> Unmanaged<HTTP2Stream>? {
    nghttp2_session_get_stream_user_data(session, id).map { .fromOpaque($0) }
  }

  @inline(__always)
  private static func onLoop<Object: AnyObject, Result>(
    _ object: Unmanaged<Object>,
    _ body: @LoopActor (Object) -> Result
  ) -> Result where Object: Sendable {
    onLoop { object._withUnsafeGuaranteedRef { body($0) } }
  }

  private static let beginHeaders:
    @convention(c) (
      OpaquePointer?, UnsafePointer<nghttp2_frame>?, UnsafeMutableRawPointer?
    ) -> Int32 = { session, frame, user in
      guard let frame else { return 0 }
      let header = frame.pointee.hd
      guard header.type == UInt8(NGHTTP2_HEADERS.rawValue) else { return 0 }
      guard let context = context(user) else { return 0 }
      context.pointee.incoming.removeAll()
      context.pointee.incomingID = header.stream_id
      guard frame.pointee.headers.cat == NGHTTP2_HCAT_REQUEST else { return 0 }
      let connection = context.pointee.connection
      guard let stream = onLoop(connection, { $0.makeStream(header.stream_id) }) else {
        return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue
      }
      return nghttp2_session_set_stream_user_data(
        session,
        header.stream_id,
        Unmanaged.passUnretained(stream).toOpaque()
      )
    }

  private static let header:
    @convention(c) (
      OpaquePointer?, UnsafePointer<nghttp2_frame>?, UnsafePointer<UInt8>?, Int,
      UnsafePointer<UInt8>?, Int, UInt8, UnsafeMutableRawPointer?
    ) -> Int32 = { session, _, name, nameCount, value, valueCount, _, user in
      guard let name, let value, let context = context(user) else { return 0 }
      context.pointee.incoming.append(name, nameCount, value, valueCount)
      if context.pointee.incoming.size <= context.pointee.maxHeaderBytes { return 0 }
      nghttp2_submit_rst_stream(
        session,
        UInt8(NGHTTP2_FLAG_NONE.rawValue),
        context.pointee.incomingID,
        HTTP2ErrorCode.enhanceYourCalm.rawValue
      )
      return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue
    }

  private static let dataChunk:
    @convention(c) (
      OpaquePointer?, UInt8, Int32, UnsafePointer<UInt8>?, Int, UnsafeMutableRawPointer?
    ) -> Int32 = { session, _, id, bytes, count, user in
      guard let stream = stream(session, id) else { return 0 }
      // The bytes are nghttp2's until this callback returns, and `onLoop` runs within it.
      nonisolated(unsafe) let chunk = UnsafeRawBufferPointer(start: bytes, count: count)
      onLoop(stream) { $0.handler?.dataReceived(chunk) }
      return 0
    }

  private static let frameReceived:
    @convention(c) (
      OpaquePointer?, UnsafePointer<nghttp2_frame>?, UnsafeMutableRawPointer?
    ) -> Int32 = { session, frame, user in
      guard let header = frame?.pointee.hd else { return 0 }
      let isEnd = header.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0
      switch nghttp2_frame_type(UInt32(header.type)) {
      case NGHTTP2_HEADERS:
        guard let fields = context(user)?.pointee.incoming.fields,
          let stream = stream(session, header.stream_id)
        else { return 0 }
        onLoop(stream) { $0.received(fields, isEnd: isEnd) }
      case NGHTTP2_DATA:
        guard isEnd, let stream = stream(session, header.stream_id) else { return 0 }
        onLoop(stream) { $0.handler?.endReceived() }
      case NGHTTP2_GOAWAY:
        guard let connection = context(user)?.pointee.connection else { return 0 }
        onLoop(connection) { $0.goAwayReceived() }
      case NGHTTP2_PING:
        let isAnswer = header.flags & UInt8(NGHTTP2_FLAG_ACK.rawValue) != 0
        guard isAnswer, let connection = context(user)?.pointee.connection else { return 0 }
        onLoop(connection) { $0.pingAnswered() }
      default: break
      }
      return 0
    }

  private static let streamClosed:
    @convention(c) (
      OpaquePointer?, Int32, UInt32, UnsafeMutableRawPointer?
    ) -> Int32 = { session, id, code, user in
      guard let stream = stream(session, id), let connection = context(user)?.pointee.connection
      else { return 0 }
      onLoop(connection) {
        $0.close(stream.takeUnretainedValue(), HTTP2ErrorCode(rawValue: code))
      }
      return 0
    }

  /// A request that was cancelled or became impossible before it was sent never was a stream.
  private static let frameNotSent:
    @convention(c) (
      OpaquePointer?, UnsafePointer<nghttp2_frame>?, Int32, UnsafeMutableRawPointer?
    ) -> Int32 = { session, frame, _, user in
      guard let header = frame?.pointee.hd, header.type == UInt8(NGHTTP2_HEADERS.rawValue),
        nghttp2_session_get_stream_user_data(session, header.stream_id) == nil,
        let connection = context(user)?.pointee.connection
      else { return 0 }
      onLoop(connection) { $0.closeUnsent(header.stream_id) }
      return 0
    }

  static let readBody:
    @convention(c) (
      OpaquePointer?, Int32, UnsafeMutablePointer<UInt8>?, Int, UnsafeMutablePointer<UInt32>?,
      UnsafeMutablePointer<nghttp2_data_source>?, UnsafeMutableRawPointer?
    ) -> Int = { _, _, room, count, flags, source, _ in
      guard let flags, let pointer = source?.pointee.ptr else {
        return Int(NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue)
      }
      let stream = Unmanaged<HTTP2Stream>.fromOpaque(pointer)
      // The room is nghttp2's until this callback returns, and `onLoop` runs within it.
      nonisolated(unsafe) let memory = UnsafeMutableRawBufferPointer(start: room, count: count)
      // The flags are as the room is.
      nonisolated(unsafe) let frameFlags = flags
      return onLoop(stream) { $0.readBody(into: memory, frameFlags) }
    }
}
