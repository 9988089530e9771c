import CNghttp2
import MeshLoop

/// What nghttp2 calls, for servers and clients alike.
///
/// nghttp2 only runs within `HTTP2Connection`, on the loop's thread, so these functions are isolated
/// to the loop; nghttp2's types cannot say that, hence the casts.
enum HTTP2Callbacks {
  private typealias Frame = UnsafePointer<nghttp2_frame>

  /// Made once, never freed.
  nonisolated(unsafe) static let table: OpaquePointer? = {
    var table: OpaquePointer?
    guard nghttp2_session_callbacks_new(&table) == 0 else { return nil }
    nghttp2_session_callbacks_set_on_begin_headers_callback(
      table,
      unsafeBitCast(beginHeaders, to: nghttp2_on_begin_headers_callback.self)
    )
    nghttp2_session_callbacks_set_on_header_callback(
      table,
      unsafeBitCast(header, to: nghttp2_on_header_callback.self)
    )
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
      table,
      unsafeBitCast(dataChunk, to: nghttp2_on_data_chunk_recv_callback.self)
    )
    nghttp2_session_callbacks_set_on_frame_recv_callback(
      table,
      unsafeBitCast(frameReceived, to: nghttp2_on_frame_recv_callback.self)
    )
    nghttp2_session_callbacks_set_on_stream_close_callback(
      table,
      unsafeBitCast(streamClosed, to: nghttp2_on_stream_close_callback.self)
    )
    nghttp2_session_callbacks_set_on_frame_not_send_callback(
      table,
      unsafeBitCast(frameNotSent, to: nghttp2_on_frame_not_send_callback.self)
    )
    return table
  }()

  static let readBody = unsafeBitCast(readBodyOnLoop, to: nghttp2_data_source_read_callback.self)

  // Connections and streams are owned elsewhere and outlive every callback, which borrows them.

  @inline(__always)
  private static func context(
    _ user: UnsafeMutableRawPointer?
  ) -> UnsafeMutablePointer<HTTP2CallbackContext>? {
    user?.assumingMemoryBound(to: HTTP2CallbackContext.self)
  }

  @LoopActor
  @inline(__always)
  private static func borrowStream<Result>(
    _ session: OpaquePointer?,
    _ id: Int32,
    _ body: @LoopActor (HTTP2Stream) -> Result
  ) -> Result? {
    guard let pointer = nghttp2_session_get_stream_user_data(session, id) else { return nil }
    return Unmanaged<HTTP2Stream>.fromOpaque(pointer)._withUnsafeGuaranteedRef { body($0) }
  }

  private static let beginHeaders:
    @convention(c) @LoopActor (
      OpaquePointer?, UnsafePointer<nghttp2_frame>?, UnsafeMutableRawPointer?
    ) -> Int32 = { session, frame, user in
      guard let frame else { return 0 }
      let header = frame.pointee.hd
      guard header.type == UInt8(NGHTTP2_HEADERS.rawValue) else { return 0 }
      guard let context = context(user) else { return 0 }
      context.pointee.incoming.removeAll()
      context.pointee.incomingID = header.stream_id
      guard frame.pointee.headers.cat == NGHTTP2_HCAT_REQUEST else { return 0 }
      guard let stream = context.pointee.connection.makeStream(header.stream_id) else {
        return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue
      }
      return nghttp2_session_set_stream_user_data(
        session,
        header.stream_id,
        Unmanaged.passUnretained(stream).toOpaque()
      )
    }

  private static let header:
    @convention(c) @LoopActor (
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
    @convention(c) @LoopActor (
      OpaquePointer?, UInt8, Int32, UnsafePointer<UInt8>?, Int, UnsafeMutableRawPointer?
    ) -> Int32 = { session, _, id, bytes, count, user in
      borrowStream(session, id) {
        $0.handler?.dataReceived(UnsafeRawBufferPointer(start: bytes, count: count))
      }
      return 0
    }

  private static let frameReceived:
    @convention(c) @LoopActor (
      OpaquePointer?, UnsafePointer<nghttp2_frame>?, UnsafeMutableRawPointer?
    ) -> Int32 = { session, frame, user in
      guard let header = frame?.pointee.hd else { return 0 }
      let isEnd = header.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0
      switch nghttp2_frame_type(UInt32(header.type)) {
      case NGHTTP2_HEADERS:
        let fields = context(user)?.pointee.incoming.fields
        borrowStream(session, header.stream_id) { stream in
          stream.fields = fields ?? HTTP2Fields()
          let handler = stream.handler
          handler?.headersReceived()
          if isEnd { handler?.endReceived() }
        }
      case NGHTTP2_DATA:
        if isEnd { borrowStream(session, header.stream_id) { $0.handler?.endReceived() } }
      case NGHTTP2_GOAWAY:
        context(user)?.pointee.connection.goAwayReceived()
      case NGHTTP2_PING:
        let isAnswer = header.flags & UInt8(NGHTTP2_FLAG_ACK.rawValue) != 0
        if isAnswer { context(user)?.pointee.connection.pingAnswered() }
      default: break
      }
      return 0
    }

  private static let streamClosed:
    @convention(c) @LoopActor (
      OpaquePointer?, Int32, UInt32, UnsafeMutableRawPointer?
    ) -> Int32 = { session, id, code, user in
      guard let pointer = nghttp2_session_get_stream_user_data(session, id) else { return 0 }
      let stream = Unmanaged<HTTP2Stream>.fromOpaque(pointer).takeUnretainedValue()
      context(user)?.pointee.connection.close(stream, HTTP2ErrorCode(rawValue: code))
      return 0
    }

  /// A request that was cancelled or became impossible before it was sent never was a stream.
  private static let frameNotSent:
    @convention(c) @LoopActor (
      OpaquePointer?, UnsafePointer<nghttp2_frame>?, Int32, UnsafeMutableRawPointer?
    ) -> Int32 = { session, frame, _, user in
      guard let header = frame?.pointee.hd, header.type == UInt8(NGHTTP2_HEADERS.rawValue),
        nghttp2_session_get_stream_user_data(session, header.stream_id) == nil
      else { return 0 }
      context(user)?.pointee.connection.closeUnsent(header.stream_id)
      return 0
    }

  private static let readBodyOnLoop:
    @convention(c) @LoopActor (
      OpaquePointer?, Int32, UnsafeMutablePointer<UInt8>?, Int, UnsafeMutablePointer<UInt32>?,
      UnsafeMutablePointer<nghttp2_data_source>?, UnsafeMutableRawPointer?
    ) -> Int = { _, _, room, count, flags, source, _ in
      guard let flags, let pointer = source?.pointee.ptr else {
        return Int(NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue)
      }
      return Unmanaged<HTTP2Stream>.fromOpaque(pointer)._withUnsafeGuaranteedRef {
        $0.readBody(into: .init(start: room, count: count), flags)
      }
    }
}
