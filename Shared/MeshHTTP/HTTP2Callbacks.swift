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

  static var readBody: nghttp2_data_source_read_callback {
    unsafeBitCast(readBodyOnLoop, to: nghttp2_data_source_read_callback.self)
  }

  @LoopActor
  private static func connection(_ user: UnsafeMutableRawPointer?) -> HTTP2Connection? {
    user.map { Unmanaged<HTTP2Connection>.fromOpaque($0).takeUnretainedValue() }
  }

  @LoopActor
  private static func stream(_ session: OpaquePointer?, _ id: Int32) -> HTTP2Stream? {
    nghttp2_session_get_stream_user_data(session, id)
      .map { Unmanaged<HTTP2Stream>.fromOpaque($0).takeUnretainedValue() }
  }

  private static let beginHeaders:
    @convention(c) @LoopActor (
      OpaquePointer?, UnsafePointer<nghttp2_frame>?, UnsafeMutableRawPointer?
    ) -> Int32 = { session, frame, user in
      guard let frame, let connection = connection(user) else { return 0 }
      let header = frame.pointee.hd
      guard header.type == UInt8(NGHTTP2_HEADERS.rawValue) else { return 0 }
      if frame.pointee.headers.cat == NGHTTP2_HCAT_REQUEST {
        guard let stream = connection.makeStream(header.stream_id) else {
          return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue
        }
        nghttp2_session_set_stream_user_data(
          session,
          header.stream_id,
          Unmanaged.passUnretained(stream).toOpaque()
        )
        connection.receiving = stream
      } else if let stream = stream(session, header.stream_id) {
        stream.fields.removeAll()
        connection.receiving = stream
      }
      return 0
    }

  private static let header:
    @convention(c) @LoopActor (
      OpaquePointer?, UnsafePointer<nghttp2_frame>?, UnsafePointer<UInt8>?, Int,
      UnsafePointer<UInt8>?, Int, UInt8, UnsafeMutableRawPointer?
    ) -> Int32 = { session, frame, name, nameCount, value, valueCount, _, user in
      // The fields of a block come in one piece, so the stream was looked up when the block began.
      guard let frame, let connection = connection(user), let stream = connection.receiving,
        stream.id == frame.pointee.hd.stream_id
      else { return 0 }
      stream.fields.append(
        UnsafeRawBufferPointer(start: name, count: nameCount),
        UnsafeRawBufferPointer(start: value, count: valueCount)
      )
      let size = stream.fields.byteCount + 32 * stream.fields.count
      if size <= connection.limits.headerBytes { return 0 }
      connection.receiving = nil
      stream.reset(.enhanceYourCalm)
      return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue
    }

  private static let dataChunk:
    @convention(c) @LoopActor (
      OpaquePointer?, UInt8, Int32, UnsafePointer<UInt8>?, Int, UnsafeMutableRawPointer?
    ) -> Int32 = { session, _, id, bytes, count, user in
      if let stream = stream(session, id) {
        stream.handler?.dataReceived(UnsafeRawBufferPointer(start: bytes, count: count))
      }
      return 0
    }

  private static let frameReceived:
    @convention(c) @LoopActor (
      OpaquePointer?, UnsafePointer<nghttp2_frame>?, UnsafeMutableRawPointer?
    ) -> Int32 = { session, frame, user in
      guard let frame, let connection = connection(user) else { return 0 }
      let header = frame.pointee.hd
      switch nghttp2_frame_type(UInt32(header.type)) {
      case NGHTTP2_HEADERS:
        guard let stream = stream(session, header.stream_id) else { return 0 }
        connection.receiving = nil
        let handler = stream.handler
        handler?.headersReceived()
        if header.endsStream { handler?.endReceived() }
      case NGHTTP2_DATA:
        if header.endsStream { stream(session, header.stream_id)?.handler?.endReceived() }
      case NGHTTP2_GOAWAY:
        connection.goAwayReceived()
      case NGHTTP2_PING:
        if header.flags & UInt8(NGHTTP2_FLAG_ACK.rawValue) != 0 { connection.pingAnswered() }
      default: break
      }
      return 0
    }

  private static let streamClosed:
    @convention(c) @LoopActor (
      OpaquePointer?, Int32, UInt32, UnsafeMutableRawPointer?
    ) -> Int32 = { session, id, code, user in
      if let connection = connection(user), let stream = stream(session, id) {
        connection.close(stream, HTTP2ErrorCode(rawValue: code))
      }
      return 0
    }

  /// A request that was cancelled or became impossible before it was sent never was a stream.
  private static let frameNotSent:
    @convention(c) @LoopActor (
      OpaquePointer?, UnsafePointer<nghttp2_frame>?, Int32, UnsafeMutableRawPointer?
    ) -> Int32 = { session, frame, _, user in
      guard let frame, let connection = connection(user) else { return 0 }
      let header = frame.pointee.hd
      if header.type == UInt8(NGHTTP2_HEADERS.rawValue), stream(session, header.stream_id) == nil {
        connection.closeUnsent(header.stream_id)
      }
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
      let stream = Unmanaged<HTTP2Stream>.fromOpaque(pointer).takeUnretainedValue()
      return stream.readBody(into: .init(start: room, count: count), flags)
    }
}

extension nghttp2_frame_hd {
  fileprivate var endsStream: Bool { flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0 }
}
