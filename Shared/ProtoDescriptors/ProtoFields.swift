import CProtobuf

/// The fields of a message in libprotobuf-c's memory, by number; valid while its owner is.
///
/// Of a singular field the last value counts, or messages merge; an absent one reads as zero or
/// empty. A field that the message's table does not name reads as absent.
package struct ProtoFields {
  private let message: UnsafeMutablePointer<ProtobufCMessage>

  init(_ message: UnsafeMutablePointer<ProtobufCMessage>) {
    self.message = message
  }

  var unknownFields: UnsafeBufferPointer<ProtobufCMessageUnknownField> {
    UnsafeBufferPointer(
      start: message.pointee.unknown_fields,
      count: Int(message.pointee.n_unknown_fields)
    )
  }

  /// Where a field lies; nil when the message's table does not name it.
  func place(_ number: Int) -> FieldPlace? {
    let type = message.pointee.descriptor.pointee
    let fields = UnsafeBufferPointer(start: type.fields, count: Int(type.n_fields))
    return fields.first { $0.id == UInt32(number) }.map { FieldPlace($0, in: message) }
  }

  package func has(_ number: Int) -> Bool { place(number)?.elementCount ?? 0 > 0 }

  /// The values of a field of numbers: signed ones with their sign, floating ones as their bits.
  package func bits(_ number: Int) -> [UInt64] {
    guard let place = place(number) else { return [] }
    switch place.type {
    case PROTOBUF_C_TYPE_INT32, PROTOBUF_C_TYPE_SINT32, PROTOBUF_C_TYPE_SFIXED32,
      PROTOBUF_C_TYPE_ENUM, PROTOBUF_C_TYPE_BOOL:
      return place.elements(Int32.self).map { UInt64(bitPattern: Int64($0)) }
    case PROTOBUF_C_TYPE_UINT32, PROTOBUF_C_TYPE_FIXED32, PROTOBUF_C_TYPE_FLOAT:
      return place.elements(UInt32.self).map(UInt64.init)
    case PROTOBUF_C_TYPE_STRING, PROTOBUF_C_TYPE_BYTES, PROTOBUF_C_TYPE_MESSAGE: return []
    default: return Array(place.elements(UInt64.self))
    }
  }

  /// The values of a field of strings or bytes.
  package func byteValues(_ number: Int) -> [[UInt8]] {
    guard let place = place(number) else { return [] }
    switch place.type {
    case PROTOBUF_C_TYPE_STRING:
      return place.elements(UnsafePointer<CChar>?.self).map { text in
        text.map { Array(String(cString: $0).utf8) } ?? []
      }
    case PROTOBUF_C_TYPE_BYTES:
      return place.elements(ProtobufCBinaryData.self).map { value in
        Array(UnsafeBufferPointer(start: value.data, count: value.len))
      }
    default: return []
    }
  }

  package func messages(_ number: Int) -> [ProtoFields] {
    guard let place = place(number), place.type == PROTOBUF_C_TYPE_MESSAGE else { return [] }
    return place.elements(UnsafeMutablePointer<ProtobufCMessage>?.self)
      .compactMap { $0.map(ProtoFields.init) }
  }

  func integers(_ number: Int) -> [Int] { bits(number).map { Int(truncatingIfNeeded: $0) } }

  func integer(_ number: Int) -> Int { integers(number).last ?? 0 }

  func flag(_ number: Int) -> Bool { integer(number) != 0 }

  func texts(_ number: Int) -> [String] {
    byteValues(number).map { String(decoding: $0, as: UTF8.self) }
  }

  func text(_ number: Int) -> String { texts(number).last ?? "" }

  func message(_ number: Int) -> ProtoFields? { messages(number).last }

  /// An element's options, nil when it has none.
  func options(_ number: Int) throws(DescriptorError) -> OptionFields? {
    guard let wire = byteValues(number).last else { return nil }
    return try OptionFields(wire: wire)
  }
}

/// The memory of one field in its message.
struct FieldPlace {
  let type: ProtobufCType
  /// How many values a repeated field has, or whether a singular one has one.
  let count: UnsafeMutableRawPointer
  /// The value, or the pointer to the array of a repeated field.
  let value: UnsafeMutableRawPointer
  private let isRepeated: Bool

  init(_ field: ProtobufCFieldDescriptor, in message: UnsafeMutablePointer<ProtobufCMessage>) {
    type = field.type
    count = UnsafeMutableRawPointer(message) + Int(field.quantifier_offset)
    value = UnsafeMutableRawPointer(message) + Int(field.offset)
    isRepeated = field.label == PROTOBUF_C_LABEL_REPEATED
  }

  var elementCount: Int {
    isRepeated ? count.load(as: Int.self) : count.load(as: protobuf_c_boolean.self) == 0 ? 0 : 1
  }

  /// The values; `Element` is how C keeps one of the field's type.
  func elements<Element>(_: Element.Type) -> UnsafeBufferPointer<Element> {
    let start = isRepeated ? value.load(as: UnsafeRawPointer?.self) : UnsafeRawPointer(value)
    return UnsafeBufferPointer(
      start: start?.assumingMemoryBound(to: Element.self),
      count: elementCount
    )
  }
}
