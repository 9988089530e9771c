import CZlib

/// Why bytes are not one gzip file (RFC 1952), or not one deflated stream (RFC 1951).
package enum GzipFault: Error, Equatable, Sendable {
  /// They are malformed, or their checksum is another.
  case malformed
  /// More follows after the end.
  case tooLong
}

/// Reads a gzip file that arrives piece by piece, or a deflated stream such as the entry of a zip archive.
package struct GunzipBody: ~Copyable {
  /// The most bytes that are handed on at once.
  package static let pieceSize = 64 << 10

  private let stream: UnsafeMutablePointer<z_stream>
  /// Whether all of the file was read.
  package private(set) var isComplete = false

  /// - Parameter isBare: for a deflated stream (RFC 1951), which has no header and no checksum.
  package init(isBare: Bool = false) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // Negative bits: the bare form. 16 beyond the window's bits: gzip alone.
    let bits = isBare ? -MAX_WBITS : MAX_WBITS + 16
    let size = Int32(MemoryLayout<z_stream>.size)
    let result = inflateInit2_(stream, bits, ZLIB_VERSION, size)
    guard result == Z_OK else { fatalError("zlib cannot start: \(result)") }
  }

  deinit {
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  /// Reads the next bytes of the file.
  ///
  /// - Parameters:
  ///   - bytes: as they arrive, in pieces of any size.
  ///   - take: gets what they hold, `pieceSize` bytes at most at a time.
  /// - Throws: `GzipFault`, or what `take` throws.
  package mutating func add(_ bytes: [UInt8], _ take: ([UInt8]) throws -> Void) throws {
    if bytes.isEmpty { return }
    guard !isComplete else { throw GzipFault.tooLong }
    try bytes.withUnsafeBufferPointer { input in
      // zlib reads it only.
      stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.pointee.avail_in = UInt32(input.count)
      var (result, isFull) = (Z_OK, true)
      while result == Z_OK, isFull || stream.pointee.avail_in > 0 {
        let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
          stream.pointee.next_out = buffer.baseAddress
          stream.pointee.avail_out = UInt32(buffer.count)
          result = inflate(stream, Z_NO_FLUSH)
          count = buffer.count - Int(stream.pointee.avail_out)
        }
        isFull = piece.count == Self.pieceSize
        if !piece.isEmpty { try take(piece) }
      }
      // Nothing to do, for want of more bytes, is no fault.
      guard [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(result) else { throw GzipFault.malformed }
      isComplete = result == Z_STREAM_END
      guard !isComplete || stream.pointee.avail_in == 0 else { throw GzipFault.tooLong }
    }
    stream.pointee.next_in = nil
    stream.pointee.next_out = nil
  }
}
