// Codings of four and eight bytes.

/// `fixed32`.
package enum WireFixed32: WirePackable {
  @inlinable package static var wireType: WireType { .fixed32 }
  @inlinable package static var absent: UInt32 { 0 }

  @inlinable package static func size(_ value: UInt32) -> Int { 4 }

  @inlinable package static func write(_ value: UInt32, to writer: inout WireWriter) {
    writer.fixed32(value)
  }

  @inlinable package static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> UInt32 {
    try reader.fixed32()
  }
}

/// `fixed64`.
package enum WireFixed64: WirePackable {
  @inlinable package static var wireType: WireType { .fixed64 }
  @inlinable package static var absent: UInt64 { 0 }

  @inlinable package static func size(_ value: UInt64) -> Int { 8 }

  @inlinable package static func write(_ value: UInt64, to writer: inout WireWriter) {
    writer.fixed64(value)
  }

  @inlinable package static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> UInt64 {
    try reader.fixed64()
  }
}

/// `sfixed32`.
package enum WireSFixed32: WirePackable {
  @inlinable package static var wireType: WireType { .fixed32 }
  @inlinable package static var absent: Int32 { 0 }

  @inlinable package static func size(_ value: Int32) -> Int { 4 }

  @inlinable package static func write(_ value: Int32, to writer: inout WireWriter) {
    writer.fixed32(UInt32(bitPattern: value))
  }

  @inlinable package static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> Int32 {
    Int32(bitPattern: try reader.fixed32())
  }
}

/// `sfixed64`.
package enum WireSFixed64: WirePackable {
  @inlinable package static var wireType: WireType { .fixed64 }
  @inlinable package static var absent: Int64 { 0 }

  @inlinable package static func size(_ value: Int64) -> Int { 8 }

  @inlinable package static func write(_ value: Int64, to writer: inout WireWriter) {
    writer.fixed64(UInt64(bitPattern: value))
  }

  @inlinable package static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> Int64 {
    Int64(bitPattern: try reader.fixed64())
  }
}

/// `float`.
package enum WireFloat: WirePackable {
  @inlinable package static var wireType: WireType { .fixed32 }
  @inlinable package static var absent: Float { 0 }

  @inlinable package static func size(_ value: Float) -> Int { 4 }

  @inlinable package static func write(_ value: Float, to writer: inout WireWriter) {
    writer.fixed32(value.bitPattern)
  }

  @inlinable package static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> Float {
    Float(bitPattern: try reader.fixed32())
  }
}

/// `double`.
package enum WireDouble: WirePackable {
  @inlinable package static var wireType: WireType { .fixed64 }
  @inlinable package static var absent: Double { 0 }

  @inlinable package static func size(_ value: Double) -> Int { 8 }

  @inlinable package static func write(_ value: Double, to writer: inout WireWriter) {
    writer.fixed64(value.bitPattern)
  }

  @inlinable package static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> Double {
    Double(bitPattern: try reader.fixed64())
  }
}
