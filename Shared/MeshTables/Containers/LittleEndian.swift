/// Numbers in bytes, the least significant byte first.
struct LittleEndian {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var count: Int { bytes.count }

  /// - Returns: nil where there are too few bytes.
  func number(at offset: Int, size: Int) -> UInt64? {
    guard offset >= 0, offset <= bytes.count, size <= bytes.count - offset else { return nil }
    var number: UInt64 = 0
    for place in (offset..<offset + size).reversed() { number = number << 8 | UInt64(bytes[place]) }
    return number
  }

  /// A number that counts or is a place; nil if it is too large to be one.
  func place(at offset: Int, size: Int) -> Int? {
    number(at: offset, size: size).flatMap { Int(exactly: $0) }
  }

  func slice(at offset: Int, count wanted: Int) -> ArraySlice<UInt8>? {
    guard offset >= 0, wanted >= 0, offset <= bytes.count, wanted <= bytes.count - offset else {
      return nil
    }
    return bytes[offset..<offset + wanted]
  }
}
