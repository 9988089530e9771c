import CProtobuf

/// A type of message for libprotobuf-c, made at run time of its fields: what protoc-c would compile.
///
/// Fields that it does not name are unknown ones to libprotobuf-c, which keeps them.
package struct MessageTable: @unchecked Sendable {
  // Sendable: written once, before it is used, and never freed.
  private let type: UnsafeMutablePointer<ProtobufCMessageDescriptor>

  package struct Field: Sendable {
    let number: Int
    let kind: FieldDescriptor.Kind
    let isRepeated: Bool
    let isPacked: Bool
    let message: MessageTable?

    /// A field of a number; `isPacked` is how a repeated one is written, as it is read either way,
    /// and `message` the type of a message field.
    package init(
      _ number: Int,
      _ kind: FieldDescriptor.Kind,
      isRepeated: Bool = false,
      isPacked: Bool = false,
      message: MessageTable? = nil
    ) {
      self.number = number
      self.kind = kind
      self.isRepeated = isRepeated
      self.isPacked = isPacked
      self.message = message
    }
  }

  /// A type without fields, so far.
  package init() {
    type = .allocate(capacity: 1)
    type.initialize(to: ProtobufCMessageDescriptor())
    type.pointee.magic = UInt32(PROTOBUF_C__MESSAGE_DESCRIPTOR_MAGIC)
    type.pointee.sizeof_message = Slot(0).offset
  }

  package init(_ fields: [Field]) {
    self.init()
    define(fields)
  }

  /// Says the fields of a type that was made without, as one must be that holds its like.
  ///
  /// Once, before the first message of the type.
  package func define(_ fields: [Field]) {
    // libprotobuf-c looks at the first field before it counts them.
    if fields.isEmpty { return }
    let fields = fields.sorted { $0.number < $1.number }
    let members = UnsafeMutablePointer<ProtobufCFieldDescriptor>.allocate(capacity: fields.count)
    let ranges = UnsafeMutablePointer<ProtobufCIntRange>.allocate(capacity: fields.count + 1)
    for (index, field) in fields.enumerated() {
      (members + index).initialize(to: Self.member(field, Slot(index)))
      (ranges + index).initialize(
        to: ProtobufCIntRange(start_value: Int32(field.number), orig_index: UInt32(index))
      )
    }
    // The length of a range is the distance to the next one.
    (ranges + fields.count).initialize(
      to: ProtobufCIntRange(start_value: 0, orig_index: UInt32(fields.count))
    )
    type.pointee.sizeof_message = Slot(fields.count).offset
    type.pointee.n_fields = UInt32(fields.count)
    type.pointee.fields = UnsafePointer(members)
    type.pointee.n_field_ranges = UInt32(fields.count)
    type.pointee.field_ranges = UnsafePointer(ranges)
  }

  private static func member(_ field: Field, _ slot: Slot) -> ProtobufCFieldDescriptor {
    var member = ProtobufCFieldDescriptor()
    member.id = UInt32(field.number)
    member.label = field.isRepeated ? PROTOBUF_C_LABEL_REPEATED : PROTOBUF_C_LABEL_OPTIONAL
    member.type = type(of: field.kind)
    member.quantifier_offset = UInt32(slot.offset)
    member.offset = UInt32(slot.valueOffset)
    member.flags = field.isPacked ? PROTOBUF_C_FIELD_FLAG_PACKED.rawValue : 0
    member.descriptor = UnsafeRawPointer(field.message?.type)
    return member
  }

  private static func type(of kind: FieldDescriptor.Kind) -> ProtobufCType {
    switch kind {
    case .double: PROTOBUF_C_TYPE_DOUBLE
    case .float: PROTOBUF_C_TYPE_FLOAT
    case .int64: PROTOBUF_C_TYPE_INT64
    case .uint64: PROTOBUF_C_TYPE_UINT64
    case .int32: PROTOBUF_C_TYPE_INT32
    case .fixed64: PROTOBUF_C_TYPE_FIXED64
    case .fixed32: PROTOBUF_C_TYPE_FIXED32
    case .bool: PROTOBUF_C_TYPE_BOOL
    case .string: PROTOBUF_C_TYPE_STRING
    case .message: PROTOBUF_C_TYPE_MESSAGE
    // libprotobuf-c refuses the wire types of groups.
    case .bytes, .group: PROTOBUF_C_TYPE_BYTES
    case .uint32: PROTOBUF_C_TYPE_UINT32
    case .enum: PROTOBUF_C_TYPE_ENUM
    case .sfixed32: PROTOBUF_C_TYPE_SFIXED32
    case .sfixed64: PROTOBUF_C_TYPE_SFIXED64
    case .sint32: PROTOBUF_C_TYPE_SINT32
    case .sint64: PROTOBUF_C_TYPE_SINT64
    }
  }

  /// A message of this type read from bytes; nil when they are none.
  func unpack(_ wire: [UInt8]) -> UnsafeMutablePointer<ProtobufCMessage>? {
    protobuf_c_message_unpack(type, nil, wire.count, wire)
  }
}

/// The place of a field in its message's memory: how many values there are, or whether there is one,
/// and then the value or the array.
private struct Slot {
  let offset: Int

  init(_ index: Int) {
    let size = MemoryLayout<Int>.stride + MemoryLayout<ProtobufCBinaryData>.stride
    offset = MemoryLayout<ProtobufCMessage>.stride + index * size
  }

  var valueOffset: Int { offset + MemoryLayout<Int>.stride }
}
