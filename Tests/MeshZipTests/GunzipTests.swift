import MeshTestScale
import MeshZip
import Testing

@Suite struct `Reading gzip` {
  /// Half of it repeats.
  private static func sample(_ count: Int) -> [UInt8] {
    var random = SeededRandom(seed: TestScale.seed)
    return (0..<count).map { $0 / 1_000 % 2 == 0 ? 65 : UInt8.random(in: 0...255, using: &random) }
  }

  private func read(_ zipped: [UInt8], pieces: Int) throws -> [UInt8]? {
    var body = GunzipBody()
    var plain: [UInt8] = []
    for start in stride(from: 0, to: zipped.count, by: pieces) {
      try body.add(Array(zipped[start..<min(start + pieces, zipped.count)])) { piece in
        #expect(piece.count <= GunzipBody.pieceSize)
        plain += piece
      }
    }
    return body.isComplete ? plain : nil
  }

  @Test(arguments: [0, 1, 65_536, 131_072, 1_000_000], [1, 17, 5_000, 1 << 21])
  func `gives what was compressed, in pieces of any size`(count: Int, pieces: Int) throws {
    let plain = Self.sample(pieces == 1 ? min(count, 70_000) : count)
    #expect(try read(Gzip().compress(plain), pieces: pieces) == plain)
  }

  @Test func `gives what was compressed piece by piece`() throws {
    let plain = Self.sample(300_000)
    var body = GzipBody(Gzip())
    var zipped: [UInt8] = []
    for start in stride(from: 0, to: plain.count, by: 70_000) {
      zipped += body.add(Array(plain[start..<min(start + 70_000, plain.count)]))
    }
    zipped += body.add([], isLast: true)
    #expect(try read(zipped, pieces: 4_096) == plain)
  }

  @Test func `finds what was altered, cut off or added`() throws {
    let zipped = Gzip().compress(Self.sample(10_000))
    for place in [0, 3, 100, zipped.count / 2, zipped.count - 8, zipped.count - 1] {
      var altered = zipped
      altered[place] ^= 0xFF
      #expect(throws: GzipFault.self) {
        // What ends too early is not malformed, but not complete.
        if try read(altered, pieces: 999) == nil { throw GzipFault.malformed }
      }
    }
    #expect(try read(Array(zipped.dropLast()), pieces: 999) == nil)
    #expect(throws: GzipFault.tooLong) { try read(zipped + [0], pieces: 1 << 20) }
    #expect(throws: GzipFault.tooLong) { try read(zipped + [0], pieces: zipped.count) }
  }
}
