/// A stream of bytes in chunks that are sealed one by one: the STREAM construction of Hoang, Reyhanitabar,
/// Rogaway and Vizár ("Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015).
///
/// It begins with a line that says what it is and 32 random bytes, of which and of the key each stream has a
/// key of its own. The number of a chunk is in its nonce, and so is whether it is the last: chunks that are
/// missing, out of order or of another stream do not open. Every chunk but the last has 64 KiB.
package enum SealedStream {
  package static let chunkSize = 64 << 10
  static let saltSize = 32

  /// Why a stream cannot be read.
  package enum Fault: Error, Equatable, Sendable {
    /// It does not begin with the line of its kind.
    case otherKind
    /// Its first chunk does not open: the key is another one, or the beginning was altered.
    case firstChunk
    /// A later chunk does not open: it was altered, or the stream was cut off.
    case laterChunk
  }

  static func header(_ kind: String, _ salt: [UInt8]) -> [UInt8] { Array("\(kind)\n".utf8) + salt }

  static func key(_ key: [UInt8], _ header: [UInt8]) -> [UInt8] {
    HMACSHA256.code(for: header, key: key)
  }

  static func nonce(_ number: UInt64, isLast: Bool) -> [UInt8] {
    let digits = stride(from: UInt64(56), through: 0, by: -8).map {
      UInt8(truncatingIfNeeded: number >> $0)
    }
    return [0, 0, 0] + digits + [isLast ? 1 : 0]
  }
}

/// Seals a stream as it is made.
package struct StreamSealer: Sendable {
  private let header: [UInt8]
  private let key: [UInt8]
  private var number: UInt64 = 0
  private var isBegun = false
  /// Bytes of the next chunk; a whole one waits until it is known not to be the last.
  private var waiting: [UInt8] = []

  /// - Parameters:
  ///   - kind: what the stream is, and which version of that: one line of ASCII.
  ///   - key: 32 random bytes, which may seal many streams.
  package init(_ kind: String, key: [UInt8]) {
    header = SealedStream.header(kind, SecureRandom.bytes(SealedStream.saltSize))
    self.key = SealedStream.key(key, header)
  }

  /// Takes the next bytes.
  ///
  /// - Returns: what can be written.
  package mutating func add(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var output = isBegun ? [] : header
    isBegun = true
    waiting += bytes
    var start = 0
    while waiting.count - start > SealedStream.chunkSize {
      let end = start + SealedStream.chunkSize
      output += seal(waiting[start..<end], isLast: false)
      start = end
    }
    waiting.removeFirst(start)
    return output
  }

  /// Ends the stream.
  ///
  /// - Returns: its last bytes.
  package consuming func finish() -> [UInt8] {
    var end = self
    return end.add([]) + end.seal(end.waiting[...], isLast: true)
  }

  private mutating func seal(_ plain: ArraySlice<UInt8>, isLast: Bool) -> [UInt8] {
    defer { number += 1 }
    return AES256GCM.seal(plain, key: key, nonce: SealedStream.nonce(number, isLast: isLast))
  }
}

/// Opens a sealed stream as it arrives; what it hands on is genuine, though more may be missing until
/// `finish` has said that nothing is.
package struct StreamOpener: Sendable {
  private let kind: String
  private let masterKey: [UInt8]
  /// The stream's own; nil until its header has arrived.
  private var key: [UInt8]?
  private var number: UInt64 = 0
  private var waiting: [UInt8] = []

  private static let sealedSize = SealedStream.chunkSize + AES256GCM.tagSize

  /// - Parameters:
  ///   - kind: what the stream must be.
  ///   - key: what it was sealed with.
  package init(_ kind: String, key: [UInt8]) {
    self.kind = kind
    masterKey = key
  }

  /// Takes the next bytes.
  ///
  /// - Returns: plain bytes; none when too few have arrived.
  /// - Throws: when the stream is not what was sealed with the key.
  package mutating func add(_ bytes: some Collection<UInt8>) throws(SealedStream.Fault) -> [UInt8] {
    waiting += bytes
    guard let key = try readHeader() else { return [] }
    var plain: [UInt8] = []
    var start = 0
    while waiting.count - start > Self.sealedSize {
      let end = start + Self.sealedSize
      plain += try open(waiting[start..<end], key, isLast: false)
      start = end
    }
    waiting.removeFirst(start)
    return plain
  }

  /// Takes note that nothing more arrives.
  ///
  /// - Returns: the last plain bytes.
  /// - Throws: when that was not the end of what was sealed.
  package consuming func finish() throws(SealedStream.Fault) -> [UInt8] {
    var end = self
    guard let key = end.key else { throw .otherKind }
    return try end.open(end.waiting[...], key, isLast: true)
  }

  /// The stream's key, once its header is there.
  private mutating func readHeader() throws(SealedStream.Fault) -> [UInt8]? {
    if let key { return key }
    let line = Array("\(kind)\n".utf8)
    guard waiting.starts(with: line.prefix(waiting.count)) else { throw .otherKind }
    let size = line.count + SealedStream.saltSize
    guard waiting.count >= size else { return nil }
    let key = SealedStream.key(masterKey, Array(waiting[..<size]))
    waiting.removeFirst(size)
    self.key = key
    return key
  }

  private mutating func open(
    _ sealed: ArraySlice<UInt8>,
    _ key: [UInt8],
    isLast: Bool
  ) throws(SealedStream.Fault) -> [UInt8] {
    let nonce = SealedStream.nonce(number, isLast: isLast)
    guard let plain = AES256GCM.open(sealed, key: key, nonce: nonce) else {
      throw number == 0 ? .firstChunk : .laterChunk
    }
    number += 1
    return plain
  }
}
