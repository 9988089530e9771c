import Synchronization

/// Compresses bytes as gzip (RFC 1952).
///
/// All bodies share one state of zlib, 268 KB large, which is made at the first of them: a body that is
/// compressed piece by piece holds a few bytes between its pieces, however many there are.
package final class Gzip: Sendable {
  private let level: Int32
  private let deflater = Mutex<Deflater?>(nil)

  /// - Parameter level: 1 for the fastest, up to 9 for the smallest.
  package init(level: Int32 = 1) { self.level = min(max(level, 1), 9) }

  /// All of a body.
  package func compress(_ bytes: [UInt8]) -> [UInt8] {
    var body = GzipBody(self)
    return body.add(bytes, isLast: true)
  }

  /// Appends bytes in the form of RFC 1951, without reference to any that came before.
  fileprivate func deflate(_ bytes: [UInt8], isLast: Bool, to output: inout [UInt8]) {
    deflater.withLock { deflater in
      if deflater == nil { deflater = Deflater(level: level) }
      deflater?.deflate(bytes, isLast: isLast, to: &output)
    }
  }
}

/// A gzip file that is made piece by piece.
package struct GzipBody: Sendable {
  private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]

  private let gzip: Gzip
  private var isBegun = false
  private var checksum = Checksum()
  /// Bytes of what is compressed, modulo 2 to the power of 32.
  private var count: UInt32 = 0

  package init(_ gzip: Gzip) { self.gzip = gzip }

  /// The next bytes of the file.
  ///
  /// - Parameters:
  ///   - bytes: the next piece of what is compressed; may be empty.
  ///   - isLast: whether it ends with this piece; none may follow.
  /// - Returns: what can be decompressed up to the end of the piece.
  package mutating func add(_ bytes: [UInt8], isLast: Bool = false) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count / 4 + 64)
    if !isBegun { output += Self.header }
    isBegun = true
    if !bytes.isEmpty || isLast { gzip.deflate(bytes, isLast: isLast, to: &output) }
    checksum.add(bytes)
    count &+= UInt32(truncatingIfNeeded: bytes.count)
    guard isLast else { return output }
    for number in [checksum.value, count] {
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        output.append(UInt8(truncatingIfNeeded: number >> shift))
      }
    }
    return output
  }
}
