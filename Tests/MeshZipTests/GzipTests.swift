import CZlib
import MeshTestScale
import MeshZip
import Testing

/// What zlib's own reader makes of gzip bytes; nil when they are not one whole file.
private func unzipped(_ bytes: [UInt8]) -> [UInt8]? {
  var stream = z_stream()
  let size = Int32(MemoryLayout<z_stream>.size)
  // 16 beyond the window's bits: gzip alone.
  guard inflateInit2_(&stream, MAX_WBITS + 16, ZLIB_VERSION, size) == Z_OK else { return nil }
  defer { inflateEnd(&stream) }
  var input = bytes
  var output: [UInt8] = []
  var result = Z_OK
  input.withUnsafeMutableBufferPointer { input in
    stream.next_in = input.baseAddress
    stream.avail_in = UInt32(input.count)
    while result == Z_OK {
      output += [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        stream.next_out = buffer.baseAddress
        stream.avail_out = UInt32(buffer.count)
        result = inflate(&stream, Z_NO_FLUSH)
        count = buffer.count - Int(stream.avail_out)
      }
    }
  }
  return result == Z_STREAM_END && stream.avail_in == 0 ? output : nil
}

/// Text like a list's: names and numbers that repeat and vary.
private func text(bytes count: Int) -> [UInt8] {
  var chance = SeededRandom(seed: TestScale.seed)
  var text: [UInt8] = []
  while text.count < count {
    text += Array("{\"id\":\"lead_\(chance.next())\",\"score\":\(text.count % 100)},".utf8)
  }
  return Array(text.prefix(count))
}

@Suite struct `A gzip body` {
  private let gzip = Gzip()

  @Test(arguments: [0, 1, 1_000, 65_535, 65_536, 65_537, 700_000])
  func `is read as what was put in`(count: Int) {
    let bytes = text(bytes: count)
    #expect(unzipped(gzip.compress(bytes)) == bytes)
  }

  @Test func `of bytes that do not repeat is read too`() {
    var chance = SeededRandom(seed: TestScale.seed)
    let bytes = (0..<300_000).map { _ in UInt8.random(in: 0...255, using: &chance) }
    #expect(unzipped(gzip.compress(bytes)) == bytes)
  }

  @Test func `of a list is a fraction of it`() {
    let bytes = text(bytes: 100_000)
    #expect(gzip.compress(bytes).count < bytes.count / 2)
  }

  @Test func `in pieces is one file, whatever is compressed in between`() {
    let pieces = [0, 1, 70_000, 0, 1 << 20, 5].map(text)
    var body = GzipBody(gzip)
    var bytes: [UInt8] = []
    for piece in pieces {
      bytes += body.add(piece)
      #expect(unzipped(gzip.compress(piece)) == piece)
    }
    #expect(unzipped(bytes) == nil, "its end is missing")
    bytes += body.add([], isLast: true)
    #expect(unzipped(bytes) == pieces.flatMap { $0 })
  }

  @Test func `of nothing is a file`() {
    var body = GzipBody(gzip)
    #expect(unzipped(body.add([], isLast: true)) == [])
  }
}
