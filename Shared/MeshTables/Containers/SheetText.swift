/// The text of a cell, put together from its pieces; without how Japanese words are pronounced.
struct SheetText {
  private let limit: Int
  private var bytes: [UInt8] = []
  private var isText = false
  private var isPhonetic = false

  init(_ limits: ContainerLimits) { limit = limits.cellBytes }

  mutating func start(_ name: XMLName) {
    if name.is("t") {
      isText = !isPhonetic
    } else if name.is("rPh") {
      isPhonetic = true
    }
  }

  mutating func end(_ name: XMLName) {
    if name.is("t") {
      isText = false
    } else if name.is("rPh") {
      isPhonetic = false
    }
  }

  mutating func add(_ more: UnsafeBufferPointer<UInt8>) {
    guard isText, bytes.count < limit else { return }
    bytes.append(contentsOf: more.prefix(limit - bytes.count))
  }

  /// The text, after which a new one begins.
  mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return Self.unescaped(bytes)
  }

  /// Replaces `_x000D_` by the character with that number (ECMA-376, part 1, 22.9.2.19).
  static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(UInt8(ascii: "_")) else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      if let scalar = escape(bytes, at: place) {
        result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        place += 7
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return result
  }

  private static func escape(_ bytes: [UInt8], at place: Int) -> Unicode.Scalar? {
    guard bytes[place] == UInt8(ascii: "_"), bytes.count - place >= 7,
      bytes[place + 1] == UInt8(ascii: "x"), bytes[place + 6] == UInt8(ascii: "_")
    else { return nil }
    let digits = bytes[place + 2..<place + 6]
    guard digits.allSatisfy({ UInt8(ascii: "+") != $0 && UInt8(ascii: "-") != $0 }) else {
      return nil
    }
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16).flatMap { Unicode.Scalar($0) }
  }
}
