import CProtobuf

/// The options of an element by number, those that protos add included: `google.api.http`, our own.
///
/// No table says what they are: libprotobuf-c keeps them as they came.
package struct OptionFields: Sendable {
  private enum Value {
    /// A varint, or the bits of a fixed value.
    case number(UInt64)
    /// A text, a message or packed numbers.
    case bytes([UInt8])
  }

  private let fields: [(number: UInt32, value: Value)]

  /// - Throws: when the bytes are no message.
  init(wire bytes: [UInt8]) throws(DescriptorError) {
    let message = try ProtoMessage(wire: bytes, as: DescriptorTables.unknown)
    fields = try message.read { (proto) throws(DescriptorError) in
      var fields: [(number: UInt32, value: Value)] = []
      fields.reserveCapacity(proto.unknownFields.count)
      for field in proto.unknownFields { fields.append((field.tag, try Self.value(of: field))) }
      return fields
    }
  }

  private static func value(
    of field: ProtobufCMessageUnknownField
  ) throws(DescriptorError) -> Value {
    let bytes = UnsafeBufferPointer(start: field.data, count: field.len)
    switch field.wire_type {
    case PROTOBUF_C_WIRE_TYPE_VARINT:
      return .number(try varint(bytes[...]).value)
    case PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED:
      return .bytes([UInt8](bytes[try varint(bytes[...]).end...]))
    default:
      return .number(bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }
  }

  /// The varint at the beginning of `bytes`, and the index behind it.
  private static func varint<Bytes: Collection<UInt8>>(
    _ bytes: Bytes
  ) throws(DescriptorError) -> (value: UInt64, end: Bytes.Index) {
    var value: UInt64 = 0
    var index = bytes.startIndex
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard index < bytes.endIndex else { throw .malformed }
      let byte = bytes[index]
      bytes.formIndex(after: &index)
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return (value, index) }
    }
    throw .malformed
  }
}

// By number. Of a singular field the last value counts; an absent one reads as zero or empty.
extension OptionFields {
  private func last(_ number: UInt32) -> Value? {
    fields.last { $0.number == number }?.value
  }

  private func byteValues(_ number: UInt32) -> [[UInt8]] {
    fields.compactMap { field in
      guard field.number == number, case .bytes(let bytes) = field.value else { return nil }
      return bytes
    }
  }

  package func has(_ number: UInt32) -> Bool { last(number) != nil }

  package func integer(_ number: UInt32) -> Int {
    guard case .number(let value) = last(number) else { return 0 }
    return Int(truncatingIfNeeded: value)
  }

  package func flag(_ number: UInt32) -> Bool { integer(number) != 0 }

  package func text(_ number: UInt32) -> String {
    guard case .bytes(let bytes) = last(number) else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }

  package func texts(_ number: UInt32) -> [String] {
    byteValues(number).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Integers of a repeated field, packed or not.
  package func integers(_ number: UInt32) throws(DescriptorError) -> [Int] {
    var values: [Int] = []
    for field in fields where field.number == number {
      switch field.value {
      case .number(let value): values.append(Int(truncatingIfNeeded: value))
      case .bytes(let bytes):
        var rest = bytes[...]
        while !rest.isEmpty {
          let (value, end) = try Self.varint(rest)
          values.append(Int(truncatingIfNeeded: value))
          rest = rest[end...]
        }
      }
    }
    return values
  }

  package func messages(_ number: UInt32) throws(DescriptorError) -> [OptionFields] {
    var messages: [OptionFields] = []
    for bytes in byteValues(number) { messages.append(try OptionFields(wire: bytes)) }
    return messages
  }

  /// - Returns: nil when the field is absent.
  package func message(_ number: UInt32) throws(DescriptorError) -> OptionFields? {
    let parts = byteValues(number)
    return parts.isEmpty ? nil : try OptionFields(wire: Array(parts.joined()))
  }
}
