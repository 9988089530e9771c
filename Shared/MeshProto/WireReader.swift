/// Reads wire format from memory that belongs to the caller and outlives the reader.
///
/// Every read is checked against the end of the current message.
package struct WireReader: ~Copyable {
  @usableFromInline var next: UnsafeRawPointer
  @usableFromInline var end: UnsafeRawPointer
  private var depthLeft: Int

  init(start: UnsafeRawPointer, count: Int, depth: Int) {
    next = start
    end = start + count
    depthLeft = depth
  }

  /// The next field's number and wire type, `number << 3 | type`; 0 at the end of the message.
  @inlinable package mutating func nextTag() throws(WireError) -> UInt32 {
    if next == end { return 0 }
    let first = next.load(as: UInt8.self)
    guard first & 0x80 == 0, first >= 8 else { return try longTag() }
    next += 1
    return UInt32(first)
  }

  @usableFromInline mutating func longTag() throws(WireError) -> UInt32 {
    guard let tag = UInt32(exactly: try varint()), tag >> 3 != 0 else { throw .malformed }
    return tag
  }

  @inlinable mutating func varint() throws(WireError) -> UInt64 {
    guard next < end else { throw .truncated }
    let first = next.load(as: UInt8.self)
    guard first & 0x80 == 0 else { return try longVarint() }
    next += 1
    return UInt64(first)
  }

  /// Takes overlong forms; bits beyond the 64th are dropped, as every protobuf library does.
  @usableFromInline mutating func longVarint() throws(WireError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 70 {
      guard next < end else { throw .truncated }
      let byte = next.load(as: UInt8.self)
      next += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return value }
      shift += 7
    }
    throw .malformed
  }

  @inlinable mutating func fixed32() throws(WireError) -> UInt32 {
    UInt32(littleEndian: try take(4).loadUnaligned(as: UInt32.self))
  }

  @inlinable mutating func fixed64() throws(WireError) -> UInt64 {
    UInt64(littleEndian: try take(8).loadUnaligned(as: UInt64.self))
  }

  /// Moves on by `count` bytes and returns where they begin.
  @inlinable mutating func take(_ count: Int) throws(WireError) -> UnsafeRawPointer {
    guard count <= end - next else { throw .truncated }
    defer { next += count }
    return next
  }

  /// A length and as many bytes.
  @inlinable mutating func delimited() throws(WireError) -> UnsafeRawBufferPointer {
    guard let count = Int(exactly: try varint()) else { throw .truncated }
    return UnsafeRawBufferPointer(start: try take(count), count: count)
  }

  @usableFromInline mutating func string(_ field: StaticString) throws(WireError) -> String {
    let bytes = try delimited()
    return try WireText.decode(bytes, field)
  }

  @usableFromInline mutating func bytes() throws(WireError) -> [UInt8] {
    [UInt8](try delimited())
  }
}

// Nesting.
extension WireReader {
  /// Narrows the reader to the message that begins here; `leave` widens it again.
  @usableFromInline mutating func enter() throws(WireError) -> UnsafeRawPointer {
    guard depthLeft > 0 else { throw .tooDeep }
    let inner = try delimited()
    guard let start = inner.baseAddress else { throw .truncated }
    let outer = end
    depthLeft -= 1
    next = start
    end = start + inner.count
    return outer
  }

  @usableFromInline mutating func leave(to outer: UnsafeRawPointer) {
    depthLeft += 1
    end = outer
  }

  /// Keeps a field that the message does not have, or has with another wire type.
  package mutating func unknown(
    _ tag: UInt32,
    into fields: inout UnknownFields
  ) throws(WireError) {
    let start = next
    try skip(tag)
    fields.append(tag: tag, value: UnsafeRawBufferPointer(start: start, count: next - start))
  }

  /// Passes over the value that follows `tag`.
  mutating func skip(_ tag: UInt32) throws(WireError) {
    switch WireType(rawValue: UInt8(truncatingIfNeeded: tag & 7)) {
    case .varint: _ = try varint()
    case .fixed64: _ = try take(8)
    case .delimited: _ = try delimited()
    case .groupStart: try skipGroup(tag >> 3)
    case .fixed32: _ = try take(4)
    case .groupEnd, nil: throw .malformed
    }
  }

  private mutating func skipGroup(_ number: UInt32) throws(WireError) {
    guard depthLeft > 0 else { throw .tooDeep }
    depthLeft -= 1
    defer { depthLeft += 1 }
    let closing = number << 3 | UInt32(WireType.groupEnd.rawValue)
    while true {
      let tag = try nextTag()
      if tag == 0 { throw .truncated }
      if tag == closing { return }
      try skip(tag)
    }
  }
}

/// How a value is laid out on the wire; the low three bits of a tag.
package enum WireType: UInt8, Sendable {
  case varint = 0
  case fixed64 = 1
  case delimited = 2
  case groupStart = 3
  case groupEnd = 4
  case fixed32 = 5
}
