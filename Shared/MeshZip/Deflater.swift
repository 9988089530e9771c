import CZlib

/// The one owner of a state of zlib that compresses.
struct Deflater: ~Copyable {
  private static let chunkBytes = 64 << 10

  private let stream: UnsafeMutablePointer<z_stream>

  /// - Parameter level: 1...9.
  init(level: Int32) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // Negative window bits: the bare form of RFC 1951, without a header.
    let result = deflateInit2_(
      stream,
      level,
      Z_DEFLATED,
      -MAX_WBITS,
      8,
      Z_DEFAULT_STRATEGY,
      ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size)
    )
    guard result == Z_OK else { fatalError("zlib cannot start: \(result)") }
  }

  deinit {
    deflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  /// Appends bytes in compressed form, complete up to their end.
  ///
  /// - Parameters:
  ///   - bytes: what is compressed, without reference to what came before.
  ///   - isLast: whether nothing follows.
  ///   - output: takes the compressed form.
  func deflate(_ bytes: [UInt8], isLast: Bool, to output: inout [UInt8]) {
    precondition(deflateReset(stream) == Z_OK, "zlib lost its state")
    bytes.withUnsafeBufferPointer { input in
      // zlib reads it only.
      stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.pointee.avail_in = UInt32(input.count)
      let flush = isLast ? Z_FINISH : Z_FULL_FLUSH
      var isFull = true
      while isFull {
        let chunk = [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { buffer, count in
          stream.pointee.next_out = buffer.baseAddress
          stream.pointee.avail_out = UInt32(buffer.count)
          let result = CZlib.deflate(stream, flush)
          precondition(result != Z_STREAM_ERROR, "zlib lost its state")
          count = buffer.count - Int(stream.pointee.avail_out)
        }
        output += chunk
        isFull = chunk.count == Self.chunkBytes
      }
    }
    stream.pointee.next_in = nil
    stream.pointee.next_out = nil
  }
}
