import MeshProto

/// Reads wire bytes whose message type is not known at compile time.
///
/// Uses indices, no pointers. The only place outside Shared that reads the wire.
struct WireScanner {
  let bytes: [UInt8]
  private(set) var position: Int
  private(set) var end: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = 0
    end = bytes.count
  }

  var isAtEnd: Bool { position == end }

  /// The next field's number and wire type; nil at the end of the message.
  mutating func tag() throws(WireError) -> (number: Int, type: WireType)? {
    guard position < end else { return nil }
    let tag = try varint()
    guard tag >> 3 != 0, tag <= UInt64(UInt32.max),
      let type = WireType(rawValue: UInt8(truncatingIfNeeded: tag & 7))
    else { throw .malformed }
    return (Int(tag >> 3), type)
  }

  mutating func varint() throws(WireError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 70 {
      guard position < end else { throw .truncated }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw .malformed
  }

  mutating func fixed32() throws(WireError) -> UInt32 {
    UInt32(truncatingIfNeeded: try fixed(4))
  }

  mutating func fixed64() throws(WireError) -> UInt64 {
    try fixed(8)
  }

  private mutating func fixed(_ count: Int) throws(WireError) -> UInt64 {
    guard count <= end - position else { throw .truncated }
    var value: UInt64 = 0
    for offset in 0..<count { value |= UInt64(bytes[position + offset]) << UInt64(8 * offset) }
    position += count
    return value
  }

  /// The range of a length-delimited value.
  mutating func delimited() throws(WireError) -> Range<Int> {
    guard let count = Int(exactly: try varint()), count <= end - position else {
      throw .truncated
    }
    position += count
    return position - count..<position
  }

  mutating func text() throws(WireError) -> String {
    String(decoding: bytes[try delimited()], as: UTF8.self)
  }

  /// Restricts reading to the message that begins here.
  ///
  /// - Returns: the end to pass to `leave`.
  mutating func enter() throws(WireError) -> Int {
    let inner = try delimited()
    let outer = end
    position = inner.lowerBound
    end = inner.upperBound
    return outer
  }

  mutating func leave(to outer: Int) {
    position = end
    end = outer
  }

  mutating func skip(_ type: WireType) throws(WireError) {
    switch type {
    case .varint: _ = try varint()
    case .fixed64: _ = try fixed64()
    case .delimited: _ = try delimited()
    case .fixed32: _ = try fixed32()
    // proto3 has no groups.
    case .groupStart, .groupEnd: throw .malformed
    }
  }
}

/// Builds wire bytes.
struct WireOutput {
  private(set) var bytes: [UInt8] = []

  mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func tag(_ number: Int, _ type: WireType) {
    varint(UInt64(number) << 3 | UInt64(type.rawValue))
  }

  mutating func fixed32(_ value: UInt32) {
    for shift in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(8 * shift))) }
  }

  mutating func fixed64(_ value: UInt64) {
    for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * shift))) }
  }

  mutating func delimited(_ value: some Collection<UInt8>) {
    varint(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  mutating func raw(_ value: ArraySlice<UInt8>) {
    bytes.append(contentsOf: value)
  }

  /// Begins a value of unknown length, and reserves one byte for the length.
  ///
  /// - Returns: the position to pass to `endDelimited`.
  mutating func beginDelimited() -> Int {
    bytes.append(0)
    return bytes.count
  }

  /// Writes the length before the bytes written since `start`, moving them up if it needs more than
  /// one byte.
  mutating func endDelimited(_ start: Int) {
    let count = bytes.count - start
    bytes[start - 1] = UInt8(truncatingIfNeeded: count & 0x7F)
    guard count >= 0x80 else { return }
    bytes[start - 1] |= 0x80
    var length = WireOutput()
    length.varint(UInt64(count) >> 7)
    bytes.insert(contentsOf: length.bytes, at: start)
  }
}
