import MeshCore

/// Reads wire format from memory that belongs to the caller and outlives the reader.
///
/// Every read is checked against the end of the current message.
package struct WireReader: ~Copyable {
  private var next: UnsafeRawPointer
  private var end: UnsafeRawPointer
  private var depthLeft: Int
  /// Whether a text that is not of its field's type is an error, as in a request; else it is kept
  /// among the unknown fields, as in what was stored or comes from another release.
  let isStrict: Bool

  init(start: UnsafeRawPointer, count: Int, depth: Int, isStrict: Bool = false) {
    next = start
    end = start + count
    depthLeft = depth
    self.isStrict = isStrict
  }

  /// The next field's number and wire type, `number << 3 | type`; 0 at the end of the message.
  package mutating func nextTag() throws(WireError) -> UInt32 {
    if next == end { return 0 }
    guard let tag = UInt32(exactly: try varint()), tag >> 3 != 0 else { throw .malformed }
    return tag
  }

  /// Where the next value begins.
  var place: UnsafeRawPointer { next }

  /// Takes overlong forms; bits beyond the 64th are dropped, as every protobuf library does.
  @inline(__always)
  private mutating func varint() throws(WireError) -> UInt64 {
    guard next < end else { throw .truncated }
    let first = next.load(as: UInt8.self)
    guard first & 0x80 == 0 else { return try longVarint() }
    next += 1
    return UInt64(first)
  }

  private mutating func longVarint() throws(WireError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 70 {
      guard next < end else { throw .truncated }
      let byte = next.load(as: UInt8.self)
      next += 1
      value |= UInt64(byte & 0x7f) &<< shift
      if byte & 0x80 == 0 { return value }
      shift += 7
    }
    throw .malformed
  }

  /// Moves on by `count` bytes and returns where they begin.
  @inline(__always)
  private mutating func take(_ count: Int) throws(WireError) -> UnsafeRawPointer {
    guard count <= end - next else { throw .truncated }
    defer { next += count }
    return next
  }

  /// A length and as many bytes.
  @inline(__always)
  mutating func delimited() throws(WireError) -> UnsafeRawBufferPointer {
    guard let count = Int(exactly: try varint()) else { throw .truncated }
    return UnsafeRawBufferPointer(start: try take(count), count: count)
  }

  @inline(__always)
  private mutating func fixed<T: FixedWidthInteger & BitwiseCopyable>(
    _: T.Type = T.self
  ) throws(WireError) -> T {
    T(littleEndian: try take(MemoryLayout<T>.size).loadUnaligned(as: T.self))
  }
}

// Values.
extension WireReader {
  /// UTF-8 without U+0000; `field` is the proto's name of the field, for errors.
  package mutating func string(_ field: StaticString) throws(WireError) -> String {
    let text = try WireText.decode(try delimited(), field)
    if isStrict, !text.isStreamSafe { throw .notStreamSafe(field: field.description) }
    return text
  }

  package mutating func bytes() throws(WireError) -> [UInt8] { [UInt8](try delimited()) }

  /// Any varint but 0 is true.
  package mutating func bool() throws(WireError) -> Bool { try varint() != 0 }

  /// A longer varint is cut to 32 bits.
  package mutating func int32() throws(WireError) -> Int32 {
    Int32(truncatingIfNeeded: try varint())
  }

  package mutating func int64() throws(WireError) -> Int64 { Int64(bitPattern: try varint()) }

  /// A longer varint is cut to 32 bits.
  package mutating func uint32() throws(WireError) -> UInt32 {
    UInt32(truncatingIfNeeded: try varint())
  }

  package mutating func uint64() throws(WireError) -> UInt64 { try varint() }

  package mutating func sint32() throws(WireError) -> Int32 {
    let bits = UInt32(truncatingIfNeeded: try varint())
    return Int32(bitPattern: bits >> 1) ^ -Int32(bitPattern: bits & 1)
  }

  package mutating func sint64() throws(WireError) -> Int64 {
    let bits = try varint()
    return Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1)
  }

  package mutating func fixed32() throws(WireError) -> UInt32 { try fixed() }
  package mutating func fixed64() throws(WireError) -> UInt64 { try fixed() }
  package mutating func sfixed32() throws(WireError) -> Int32 { try fixed() }
  package mutating func sfixed64() throws(WireError) -> Int64 { try fixed() }
  package mutating func float() throws(WireError) -> Float { Float(bitPattern: try fixed()) }
  package mutating func double() throws(WireError) -> Double { Double(bitPattern: try fixed()) }
}

// Nesting.
extension WireReader {
  /// Reads what is nested here, a message or the entry of a map: `body` reads to its end.
  ///
  /// Errors from within name the path that begins with `field` and, in a repeated one, its `index`.
  package mutating func message(
    _ field: StaticString,
    at index: Int? = nil,
    _ body: (inout WireReader) throws(WireError) -> Void
  ) throws(WireError) {
    guard depthLeft > 0 else { throw .tooDeep }
    let outer = try enter()
    depthLeft -= 1
    do {
      try body(&self)
    } catch {
      throw error.within(index.map { "\(field)[\($0)]" } ?? field.description)
    }
    depthLeft += 1
    end = outer
  }

  /// Reads packed values: `body` reads one, and is called until none is left.
  package mutating func packed(
    _ body: (inout WireReader) throws(WireError) -> Void
  ) throws(WireError) {
    let outer = try enter()
    while next < end { try body(&self) }
    end = outer
  }

  /// Narrows the reader to the bytes behind the length that stands here; returns the old end.
  private mutating func enter() throws(WireError) -> UnsafeRawPointer {
    let count = try delimited().count
    let outer = end
    end = next
    next -= count
    return outer
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
  package mutating func skip(_ tag: UInt32) throws(WireError) {
    switch WireType(tag: tag) {
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
    let closing = number << 3 | UInt32(WireType.groupEnd.rawValue)
    var tag = try nextTag()
    while tag != closing {
      if tag == 0 { throw .truncated }
      try skip(tag)
      tag = try nextTag()
    }
    depthLeft += 1
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

  /// - Returns: nil for the two types that protobuf does not define.
  package init?(tag: UInt32) {
    self.init(rawValue: UInt8(truncatingIfNeeded: tag & 7))
  }
}
