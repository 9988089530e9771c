package import MeshProto

/// A message read without its proto: values by field number, in their order on the wire.
///
/// Descriptors are read this way, as the tool that generates codecs has none generated for itself.
package struct DynamicMessage: Message {
  package enum Value: Sendable, Equatable {
    case varint(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    case bytes([UInt8])
  }

  package struct Field: Sendable, Equatable {
    package var number: UInt32
    package var value: Value
  }

  package static var protoName: String { "" }

  package var fields: [Field] = []
  package var unknownFields = UnknownFields()

  package init() {}

  package func encode(into writer: inout WireWriter) {
    for field in fields {
      switch field.value {
      case .varint(let value): writer.uint64(value, tag: field.tag)
      case .fixed64(let value): writer.fixed64(value, tag: field.tag)
      case .fixed32(let value): writer.fixed32(value, tag: field.tag)
      case .bytes(let value): writer.bytes(value, tag: field.tag)
      }
    }
    writer.unknownFields(unknownFields)
  }

  package mutating func merge(from reader: inout WireReader) throws(WireError) {
    while true {
      let tag = try reader.nextTag()
      if tag == 0 { return }
      switch WireType(tag: tag) {
      case .varint: append(tag, .varint(try reader.uint64()))
      case .fixed64: append(tag, .fixed64(try reader.fixed64()))
      case .fixed32: append(tag, .fixed32(try reader.fixed32()))
      case .delimited: append(tag, .bytes(try reader.bytes()))
      case .groupStart, .groupEnd, nil: try reader.unknown(tag, into: &unknownFields)
      }
    }
  }

  private mutating func append(_ tag: UInt32, _ value: Value) {
    fields.append(Field(number: tag >> 3, value: value))
  }
}

extension DynamicMessage.Field {
  var tag: UInt32 {
    let type: WireType =
      switch value {
      case .varint: .varint
      case .fixed64: .fixed64
      case .fixed32: .fixed32
      case .bytes: .delimited
      }
    return number << 3 | UInt32(type.rawValue)
  }
}

// Reading by field number.
extension DynamicMessage {
  /// The last value of a field; earlier ones are overridden.
  private func last(_ number: UInt32) -> Value? {
    fields.last { $0.number == number }?.value
  }

  func has(_ number: UInt32) -> Bool { last(number) != nil }

  func integer(_ number: UInt32) -> Int {
    guard case .varint(let value) = last(number) else { return 0 }
    return Int(truncatingIfNeeded: value)
  }

  func flag(_ number: UInt32) -> Bool { integer(number) != 0 }

  func text(_ number: UInt32) -> String {
    guard case .bytes(let bytes) = last(number) else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }

  func texts(_ number: UInt32) -> [String] {
    byteValues(number).map { String(decoding: $0, as: UTF8.self) }
  }

  func byteValues(_ number: UInt32) -> [[UInt8]] {
    fields.compactMap { field in
      guard field.number == number, case .bytes(let bytes) = field.value else { return nil }
      return bytes
    }
  }

  /// Integers of a repeated field, packed or not.
  func integers(_ number: UInt32) throws(WireError) -> [Int] {
    var values: [Int] = []
    for field in fields where field.number == number {
      switch field.value {
      case .varint(let value): values.append(Int(truncatingIfNeeded: value))
      case .bytes(let bytes): values += try PackedIntegers(wire: bytes).values
      case .fixed64, .fixed32: throw .malformed
      }
    }
    return values
  }

  func messages(_ number: UInt32) throws(WireError) -> [DynamicMessage] {
    var messages: [DynamicMessage] = []
    for bytes in byteValues(number) { messages.append(try DynamicMessage(descriptor: bytes)) }
    return messages
  }

  /// A singular message; several occurrences merge.
  func message(_ number: UInt32) throws(WireError) -> DynamicMessage? {
    let parts = byteValues(number)
    return parts.isEmpty ? nil : try DynamicMessage(descriptor: Array(parts.joined()))
  }

  /// Reads descriptors, which may be longer than what a service accepts.
  package init(descriptor bytes: [UInt8]) throws(WireError) {
    try self.init(wire: bytes, limits: WireLimits(maxBytes: 256 << 20))
  }
}

/// The varints of a packed field's bytes.
private struct PackedIntegers {
  var values: [Int] = []

  init(wire bytes: [UInt8]) throws(WireError) {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    for byte in bytes {
      value |= UInt64(byte & 0x7f) << shift
      shift += 7
      if byte & 0x80 == 0 {
        values.append(Int(truncatingIfNeeded: value))
        (value, shift) = (0, 0)
      }
    }
    if shift != 0 { throw .truncated }
  }
}

// Writing.
extension DynamicMessage {
  mutating func set(_ number: UInt32, _ text: String) {
    fields.append(Field(number: number, value: .bytes(Array(text.utf8))))
  }

  mutating func set(_ number: UInt32, _ value: Int) {
    fields.append(Field(number: number, value: .varint(UInt64(bitPattern: Int64(value)))))
  }

  mutating func set(_ number: UInt32, _ message: DynamicMessage) {
    fields.append(Field(number: number, value: .bytes(message.wireBytes())))
  }
}
