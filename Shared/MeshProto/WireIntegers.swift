// Codings of varints.

/// `int32`; a negative value takes ten bytes.
package enum WireInt32: WirePackable {
  @inlinable package static var wireType: WireType { .varint }
  @inlinable package static var absent: Int32 { 0 }

  @inlinable package static func size(_ value: Int32) -> Int {
    WireSize.varint(UInt64(bitPattern: Int64(value)))
  }

  @inlinable package static func write(_ value: Int32, to writer: inout WireWriter) {
    writer.varint(UInt64(bitPattern: Int64(value)))
  }

  @inlinable package static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> Int32 {
    Int32(truncatingIfNeeded: try reader.varint())
  }
}

/// `int64`; a negative value takes ten bytes.
package enum WireInt64: WirePackable {
  @inlinable package static var wireType: WireType { .varint }
  @inlinable package static var absent: Int64 { 0 }

  @inlinable package static func size(_ value: Int64) -> Int {
    WireSize.varint(UInt64(bitPattern: value))
  }

  @inlinable package static func write(_ value: Int64, to writer: inout WireWriter) {
    writer.varint(UInt64(bitPattern: value))
  }

  @inlinable package static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> Int64 {
    Int64(bitPattern: try reader.varint())
  }
}

/// `uint32`; a longer varint is cut to 32 bits.
package enum WireUInt32: WirePackable {
  @inlinable package static var wireType: WireType { .varint }
  @inlinable package static var absent: UInt32 { 0 }

  @inlinable package static func size(_ value: UInt32) -> Int { WireSize.varint(UInt64(value)) }

  @inlinable package static func write(_ value: UInt32, to writer: inout WireWriter) {
    writer.varint(UInt64(value))
  }

  @inlinable package static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> UInt32 {
    UInt32(truncatingIfNeeded: try reader.varint())
  }
}

/// `uint64`.
package enum WireUInt64: WirePackable {
  @inlinable package static var wireType: WireType { .varint }
  @inlinable package static var absent: UInt64 { 0 }

  @inlinable package static func size(_ value: UInt64) -> Int { WireSize.varint(value) }

  @inlinable package static func write(_ value: UInt64, to writer: inout WireWriter) {
    writer.varint(value)
  }

  @inlinable package static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> UInt64 {
    try reader.varint()
  }
}

/// `sint32`: zigzag, so that small negative values stay short.
package enum WireSInt32: WirePackable {
  @inlinable package static var wireType: WireType { .varint }
  @inlinable package static var absent: Int32 { 0 }

  @inlinable static func zigzag(_ value: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: (value << 1) ^ (value >> 31)))
  }

  @inlinable package static func size(_ value: Int32) -> Int { WireSize.varint(zigzag(value)) }

  @inlinable package static func write(_ value: Int32, to writer: inout WireWriter) {
    writer.varint(zigzag(value))
  }

  @inlinable package static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> Int32 {
    let bits = UInt32(truncatingIfNeeded: try reader.varint())
    return Int32(bitPattern: bits >> 1) ^ -Int32(bitPattern: bits & 1)
  }
}

/// `sint64`: zigzag, so that small negative values stay short.
package enum WireSInt64: WirePackable {
  @inlinable package static var wireType: WireType { .varint }
  @inlinable package static var absent: Int64 { 0 }

  @inlinable static func zigzag(_ value: Int64) -> UInt64 {
    UInt64(bitPattern: (value << 1) ^ (value >> 63))
  }

  @inlinable package static func size(_ value: Int64) -> Int { WireSize.varint(zigzag(value)) }

  @inlinable package static func write(_ value: Int64, to writer: inout WireWriter) {
    writer.varint(zigzag(value))
  }

  @inlinable package static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> Int64 {
    let bits = try reader.varint()
    return Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1)
  }
}

/// `bool`; any varint but 0 is true.
package enum WireBool: WirePackable {
  @inlinable package static var wireType: WireType { .varint }
  @inlinable package static var absent: Bool { false }

  @inlinable package static func size(_ value: Bool) -> Int { 1 }

  @inlinable package static func write(_ value: Bool, to writer: inout WireWriter) {
    writer.byte(value ? 1 : 0)
  }

  @inlinable package static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> Bool {
    try reader.varint() != 0
  }
}
