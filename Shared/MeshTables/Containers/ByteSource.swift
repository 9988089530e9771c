/// The bytes of a file, of which any part can be read.
package struct ByteSource {
  /// Bytes that are asked for at a time where all are read.
  static let sliceSize = 64 << 10

  package let count: Int
  private let read: (_ offset: Int, _ count: Int) throws -> [UInt8]

  /// A file that a closure reads.
  ///
  /// - Parameters:
  ///   - count: of its bytes.
  ///   - read: gives the bytes from an offset on, as many as are asked for or fewer, but one at least.
  package init(count: Int, read: @escaping (_ offset: Int, _ count: Int) throws -> [UInt8]) {
    self.count = max(count, 0)
    self.read = read
  }

  package init(_ bytes: [UInt8]) {
    self.init(count: bytes.count) { offset, count in Array(bytes[offset..<offset + count]) }
  }

  /// Reads some of the bytes.
  ///
  /// - Parameters:
  ///   - offset: of the first.
  ///   - wanted: how many.
  /// - Returns: all of them; nil when the file does not have as many.
  /// - Throws: what its closure throws.
  func bytes(at offset: Int, count wanted: Int) throws -> [UInt8]? {
    guard offset >= 0, wanted >= 0, offset <= count, wanted <= count - offset else { return nil }
    var bytes: [UInt8] = []
    while bytes.count < wanted {
      let piece = try read(offset + bytes.count, wanted - bytes.count)
      if piece.isEmpty { return nil }
      let missing = wanted - bytes.count
      if bytes.isEmpty, piece.count == wanted { return piece }
      bytes += piece.count > missing ? Array(piece[..<missing]) : piece
    }
    return bytes
  }

  /// All bytes from first to last, slice by slice.
  var stream: ByteStream {
    ByteStream { take in
      var offset = 0
      while offset < count {
        let size = min(Self.sliceSize, count - offset)
        guard let slice = try bytes(at: offset, count: size) else { return }
        offset += slice.count
        try take(slice)
      }
    }
  }
}
