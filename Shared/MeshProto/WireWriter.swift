/// Writes wire format into memory of exactly the size that the message computed before.
///
/// The memory belongs to the caller of `Message.encode(into:)` and outlives the writer. Writing
/// beyond it stops the process: a size that differs from the encoding is a defect of the codec.
package struct WireWriter: ~Copyable {
  @usableFromInline var next: UnsafeMutableRawPointer
  @usableFromInline let end: UnsafeMutableRawPointer

  init(start: UnsafeMutableRawPointer, count: Int) {
    next = start
    end = start + count
  }

  var isFull: Bool { next == end }

  /// Moves on by `count` bytes and returns where they begin.
  @inlinable mutating func take(_ count: Int) -> UnsafeMutableRawPointer {
    precondition(count <= end - next, "the message outgrew its computed size")
    defer { next += count }
    return next
  }

  @inlinable mutating func byte(_ value: UInt8) {
    take(1).storeBytes(of: value, as: UInt8.self)
  }

  /// Field number and wire type, `number << 3 | type`.
  @inlinable @inline(__always) package mutating func tag(_ tag: UInt32) {
    if tag < 0x80 {
      byte(UInt8(truncatingIfNeeded: tag))
    } else if tag < 0x4000 {
      let pair = UInt16(truncatingIfNeeded: (tag & 0x7f) | 0x80 | (tag >> 7) << 8)
      take(2).storeBytes(of: pair.littleEndian, as: UInt16.self)
    } else {
      longVarint(UInt64(tag))
    }
  }

  @inlinable @inline(__always) mutating func varint(_ value: UInt64) {
    if value < 0x80 {
      byte(UInt8(truncatingIfNeeded: value))
    } else {
      longVarint(value)
    }
  }

  @usableFromInline mutating func longVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      byte(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    byte(UInt8(truncatingIfNeeded: rest))
  }

  @inlinable mutating func fixed32(_ value: UInt32) {
    take(4).storeBytes(of: value.littleEndian, as: UInt32.self)
  }

  @inlinable mutating func fixed64(_ value: UInt64) {
    take(8).storeBytes(of: value.littleEndian, as: UInt64.self)
  }

  @usableFromInline mutating func string(_ value: String) {
    var text = value
    text.withUTF8 { copy(UnsafeRawBufferPointer($0)) }
  }

  @usableFromInline mutating func bytes(_ value: [UInt8]) {
    value.withUnsafeBytes { copy($0) }
  }

  private mutating func copy(_ bytes: UnsafeRawBufferPointer) {
    varint(UInt64(bytes.count))
    let place = take(bytes.count)
    if let source = bytes.baseAddress {
      place.copyMemory(from: source, byteCount: bytes.count)
    }
  }

  @inlinable package mutating func unknownFields(_ fields: UnknownFields) {
    if !fields.isEmpty { raw(fields.bytes) }
  }

  @usableFromInline mutating func raw(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { source in
      take(source.count).copyMemory(from: source)
    }
  }
}

extension UnsafeMutableRawPointer {
  fileprivate func copyMemory(from source: UnsafeRawBufferPointer) {
    guard let start = source.baseAddress else { return }
    copyMemory(from: start, byteCount: source.count)
  }
}

extension WireWriter {
  /// Writes a value whose length is not known before, with its length before it.
  ///
  /// One byte is kept for the length; a longer value is moved up to make room. This is cheaper than
  /// computing the size of every nested message a second time.
  @inlinable mutating func delimited(_ body: (inout WireWriter) -> Void) {
    let length = take(1)
    body(&self)
    let count = next - (length + 1)
    if count < 0x80 {
      length.storeBytes(of: UInt8(truncatingIfNeeded: count), as: UInt8.self)
    } else {
      insert(length: count, at: length)
    }
  }

  @usableFromInline mutating func insert(length count: Int, at place: UnsafeMutableRawPointer) {
    let width = WireSize.varint(UInt64(count))
    _ = take(width - 1)
    (place + width).copyMemory(from: place + 1, byteCount: count)
    let resume = next
    next = place
    longVarint(UInt64(count))
    next = resume
  }
}

/// Sizes of encoded values, tags not included.
package enum WireSize {
  @inlinable package static func varint(_ value: UInt64) -> Int {
    // 1 + floor(bits / 7) without a division.
    let bits = 63 - (value | 1).leadingZeroBitCount
    return (bits &* 9 &+ 73) >> 6
  }

  /// A value of `count` bytes behind its length.
  @inlinable package static func delimited(_ count: Int) -> Int {
    count < 0x80 ? count + 1 : count + varint(UInt64(count))
  }
}
