/// Bytes of a message, field by field, as protoc writes them.
struct Wire {
  private(set) var bytes: [UInt8] = []

  static func varint(_ value: UInt64) -> [UInt8] {
    value < 0x80
      ? [UInt8(value)]
      : [UInt8(truncatingIfNeeded: value) | 0x80] + varint(value >> 7)
  }

  func number(_ field: Int, _ value: Int) -> Wire {
    adding(field, 0, Self.varint(UInt64(bitPattern: Int64(value))))
  }

  func text(_ field: Int, _ value: String) -> Wire { self.bytes(field, Array(value.utf8)) }

  func message(_ field: Int, _ value: Wire) -> Wire { self.bytes(field, value.bytes) }

  func bytes(_ field: Int, _ value: [UInt8]) -> Wire {
    adding(field, 2, Self.varint(UInt64(value.count)) + value)
  }

  /// A field of any wire type.
  func adding(_ field: Int, _ type: UInt64, _ value: [UInt8]) -> Wire {
    var wire = self
    wire.bytes += Self.varint(UInt64(field) << 3 | type) + value
    return wire
  }
}
