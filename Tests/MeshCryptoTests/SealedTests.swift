import MeshCore
import MeshCrypto
import Testing

/// Test cases 13 to 16 of McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B.
private struct Vector: Sendable {
  let key: String
  let nonce: String
  let plain: String
  let context: String
  let sealed: String
  let tag: String

  private static let longKey = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
  private static let longPlain =
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6"
    + "b525b16aedf5aa0de657ba637b39"
  private static let longSealed =
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b105682"
    + "8838c5f61e6393ba7a0abcc9f662"
  private static let noKey = String(repeating: "0", count: 64)
  private static let noNonce = String(repeating: "0", count: 24)

  static let all = [
    Vector(
      key: noKey,
      nonce: noNonce,
      plain: "",
      context: "",
      sealed: "",
      tag: "530f8afbc74536b9a963b4f1c4cb738b"
    ),
    Vector(
      key: noKey,
      nonce: noNonce,
      plain: String(repeating: "0", count: 32),
      context: "",
      sealed: "cea7403d4d606b6e074ec5d3baf39d18",
      tag: "d0d1c8a799996bf0265b98b5d48ab919"
    ),
    Vector(
      key: longKey,
      nonce: "cafebabefacedbaddecaf888",
      plain: longPlain + "1aafd255",
      context: "",
      sealed: longSealed + "898015ad",
      tag: "b094dac5d93471bdec1a502270e3cc6c"
    ),
    Vector(
      key: longKey,
      nonce: "cafebabefacedbaddecaf888",
      plain: longPlain,
      context: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
      sealed: longSealed,
      tag: "76fc6ece0f4e1768cddf8853bb2d551b"
    ),
  ]
}

@Suite struct `AES-256-GCM` {
  private func bytes(_ hex: String) throws -> [UInt8] { try #require(Hex.decode(hex)) }

  @Test(arguments: Vector.all)
  fileprivate func `gives what its authors publish`(vector: Vector) throws {
    let (key, nonce) = (try bytes(vector.key), try bytes(vector.nonce))
    let (plain, context) = (try bytes(vector.plain), try bytes(vector.context))
    let sealed = AES256GCM.seal(plain, key: key, nonce: nonce, context: context)
    #expect(Hex.encode(sealed) == vector.sealed + vector.tag)
    #expect(AES256GCM.open(sealed, key: key, nonce: nonce, context: context) == plain)
  }

  @Test func `does not open what was altered in any bit`() throws {
    let vector = Vector.all[3]
    let (key, nonce) = (try bytes(vector.key), try bytes(vector.nonce))
    let context = try bytes(vector.context)
    let sealed = try bytes(vector.sealed + vector.tag)
    for bit in 0..<sealed.count * 8 {
      var altered = sealed
      altered[bit / 8] ^= 1 << (bit % 8)
      #expect(AES256GCM.open(altered, key: key, nonce: nonce, context: context) == nil)
    }
    #expect(AES256GCM.open(sealed, key: key, nonce: nonce) == nil)
    #expect(AES256GCM.open(sealed.prefix(15), key: key, nonce: nonce, context: context) == nil)
  }
}

@Suite struct `A sealed stream` {
  private static let key = [UInt8](0..<32)
  private static let chunk = SealedStream.chunkSize

  private func seal(_ plain: [UInt8], pieces: Int = 10_000, kind: String = "test 1") -> [UInt8] {
    var sealer = StreamSealer(kind, key: Self.key)
    var sealed: [UInt8] = []
    for start in stride(from: 0, to: plain.count, by: pieces) {
      sealed += sealer.add(plain[start..<min(start + pieces, plain.count)])
    }
    return sealed + sealer.finish()
  }

  private func open(
    _ sealed: [UInt8],
    pieces: Int = 10_000,
    key: [UInt8] = key
  ) throws(SealedStream.Fault) -> [UInt8] {
    var opener = StreamOpener("test 1", key: key)
    var plain: [UInt8] = []
    for start in stride(from: 0, to: sealed.count, by: pieces) {
      plain += try opener.add(sealed[start..<min(start + pieces, sealed.count)])
    }
    return plain + (try opener.finish())
  }

  private func text(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 % 251) }
  }

  @Test(
    arguments: [0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 3 * chunk + 5],
    [1_000, 1 << 20]
  )
  func `is opened as what was sealed, in pieces of any size`(count: Int, pieces: Int) throws {
    let plain = text(count)
    #expect(try open(seal(plain, pieces: pieces), pieces: 77_777) == plain)
    #expect(try open(seal(plain), pieces: pieces) == plain)
  }

  @Test func `is another each time`() {
    #expect(seal([1, 2, 3]) != seal([1, 2, 3]))
  }

  @Test(arguments: [0, 3, 7, 20, 38, 39, 60, 70_000, 140_000, 200_100])
  func `does not open when a byte was altered`(place: Int) {
    var sealed = seal(text(200_000))
    sealed[place] ^= 0x40
    #expect(throws: SealedStream.Fault.self) { try open(sealed) }
  }

  @Test func `does not open when it was cut off, at the end of a chunk too`() {
    let sealed = seal(text(3 * Self.chunk))
    let header = 7 + 32
    let sealedChunk = Self.chunk + AES256GCM.tagSize
    #expect(sealed.count == header + 3 * sealedChunk)
    for count in [
      0, 1, 6, 7, header, header + 1, header + sealedChunk, header + 2 * sealedChunk,
      sealed.count - 1,
    ] {
      #expect(throws: SealedStream.Fault.self) { try open(Array(sealed.prefix(count))) }
    }
    #expect(throws: SealedStream.Fault.laterChunk) { try open(sealed + [0]) }
  }

  @Test func `does not open with its chunks in another order`() {
    let sealed = seal(text(3 * Self.chunk))
    let start = 7 + 32
    let size = Self.chunk + AES256GCM.tagSize
    let (first, second) = (sealed[start..<start + size], sealed[start + size..<start + 2 * size])
    let turned = sealed[..<start] + second + first + sealed[(start + 2 * size)...]
    #expect(throws: SealedStream.Fault.firstChunk) { try open(Array(turned)) }
    let lacking = sealed[..<start] + first + sealed[(start + 2 * size)...]
    #expect(throws: SealedStream.Fault.laterChunk) { try open(Array(lacking)) }
  }

  @Test func `opens with its key alone, as what it is`() {
    let sealed = seal([1, 2, 3])
    #expect(throws: SealedStream.Fault.firstChunk) {
      try open(sealed, key: [UInt8](repeating: 1, count: 32))
    }
    #expect(throws: SealedStream.Fault.otherKind) { try open(seal([1], kind: "test 2")) }
  }
}
