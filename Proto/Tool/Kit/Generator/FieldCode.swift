/// How one field of a message is declared and coded in Swift.
struct FieldCode {
  /// How the field is held.
  enum Shape {
    /// A scalar whose default value is not sent.
    case implicit
    /// A scalar with presence.
    case optional
    case message
    /// A message that may hold another of its own type: kept in an array of at most one element.
    case recursiveMessage
    case repeated
    case packed
    /// The codings of key and value.
    case map(String, String)
    case oneofMember
  }

  let field: FieldDescriptor
  /// The property, or the case of a oneof.
  let name: String
  /// The Swift type without optionality.
  let valueType: String
  /// `WireString`, `WireMessage<TypeAPI.Money>`.
  let coding: String
  let shape: Shape
  /// Modules whose types the declaration names.
  let modules: Set<String>

  init(
    _ field: FieldDescriptor,
    of message: MessageDescriptor,
    in types: TypeIndex
  ) throws(GenerationError) {
    self.field = field
    name = SwiftNames.property(field.name)
    if let entry = message.nested.first(where: { $0.isMapEntry && $0.fullName == field.typeName }) {
      let key = try Self.scalar(entry.field("key"), types)
      let value = try Self.scalar(entry.field("value"), types)
      valueType = "[\(key.type): \(value.type)]"
      coding = "WireMap<\(key.coding), \(value.coding)>"
      shape = .map(key.coding, value.coding)
      modules = value.modules
      return
    }
    let value = try Self.scalar(field, types)
    valueType = value.type
    coding = value.coding
    modules = value.modules
    shape =
      if field.isRepeated {
        field.isPacked ? .packed : .repeated
      } else if field.oneof != nil {
        .oneofMember
      } else if field.kind == .message {
        types.reaches(from: field.typeName, to: message.fullName) ? .recursiveMessage : .message
      } else {
        field.isOptional ? .optional : .implicit
      }
  }

  private struct Value {
    let type: String
    let coding: String
    var modules: Set<String> = []
  }

  private static func scalar(
    _ field: FieldDescriptor?,
    _ types: TypeIndex
  ) throws(GenerationError) -> Value {
    guard let field else { throw GenerationError("a map entry lacks its key or value") }
    switch field.kind {
    case .double: return Value(type: "Double", coding: "WireDouble")
    case .float: return Value(type: "Float", coding: "WireFloat")
    case .int64: return Value(type: "Int64", coding: "WireInt64")
    case .uint64: return Value(type: "UInt64", coding: "WireUInt64")
    case .int32: return Value(type: "Int32", coding: "WireInt32")
    case .fixed64: return Value(type: "UInt64", coding: "WireFixed64")
    case .fixed32: return Value(type: "UInt32", coding: "WireFixed32")
    case .bool: return Value(type: "Bool", coding: "WireBool")
    case .string: return Value(type: "String", coding: "WireString")
    case .bytes: return Value(type: "[UInt8]", coding: "WireBytes")
    case .uint32: return Value(type: "UInt32", coding: "WireUInt32")
    case .sfixed32: return Value(type: "Int32", coding: "WireSFixed32")
    case .sfixed64: return Value(type: "Int64", coding: "WireSFixed64")
    case .sint32: return Value(type: "Int32", coding: "WireSInt32")
    case .sint64: return Value(type: "Int64", coding: "WireSInt64")
    case .message:
      let type = try types.type(field.typeName)
      return Value(type: type.name, coding: "WireMessage<\(type.name)>", modules: [type.module])
    case .enum:
      let type = try types.type(field.typeName)
      return Value(type: type.name, coding: "WireEnum<\(type.name)>", modules: [type.module])
    case .group: throw GenerationError("\(field.name): groups are not proto3")
    }
  }
}

// Declaration.
extension FieldCode {
  /// The property's type.
  var type: String {
    switch shape {
    case .implicit, .map: valueType
    case .optional, .message, .recursiveMessage, .oneofMember: "\(valueType)?"
    case .repeated, .packed: "[\(valueType)]"
    }
  }

  var defaultValue: String {
    switch shape {
    case .optional, .message, .recursiveMessage, .oneofMember: "nil"
    case .repeated, .packed: "[]"
    case .map: "[:]"
    case .implicit:
      switch field.kind {
      case .bool: "false"
      case .string: "\"\""
      case .bytes: "[]"
      case .enum: "\(valueType)(rawValue: 0)"
      default: "0"
      }
    }
  }

  /// The array behind a recursive message.
  var storage: String { "\(SwiftNames.lowerCamelCase(field.name))Storage" }

  func declare(in source: inout SourceText) {
    source.documentation(field.location.comment)
    guard case .recursiveMessage = shape else {
      source.line("package var \(name): \(type) = \(defaultValue)")
      return
    }
    source.block("package var \(name): \(type)") { source in
      source.line("get { self.\(storage).first }")
      source.line("set { self.\(storage) = newValue.map { [$0] } ?? [] }")
    }
    source.line("private var \(storage): [\(valueType)] = []")
  }
}

// Wire format.
extension FieldCode {
  /// The wire type of one value.
  private var wireType: Int {
    switch field.kind {
    case .double, .fixed64, .sfixed64: 1
    case .float, .fixed32, .sfixed32: 5
    case .string, .bytes, .message, .group: 2
    case .int64, .uint64, .int32, .bool, .uint32, .enum, .sint32, .sint64: 0
    }
  }

  /// Tag of a value of its own.
  var tag: Int { field.number << 3 | wireType }

  /// Tag of values packed into one.
  var packedTag: Int { field.number << 3 | 2 }

  var tagSize: Int {
    switch field.number {
    case ..<16: 1
    case ..<2_048: 2
    case ..<262_144: 3
    case ..<33_554_432: 4
    default: 5
    }
  }

  var isPackable: Bool { wireType != 2 }

  /// Whether a scalar without presence is sent.
  private var isSent: String {
    switch field.kind {
    case .bool: "self.\(name)"
    case .string, .bytes: "!self.\(name).isEmpty"
    case .double, .float: "self.\(name).bitPattern != 0"
    case .enum: "self.\(name).rawValue != 0"
    default: "self.\(name) != 0"
    }
  }

  func size(in source: inout SourceText) {
    switch shape {
    case .implicit:
      source.line("if \(isSent) { size += \(tagSize) + \(coding).size(self.\(name)) }")
    case .optional, .message, .recursiveMessage:
      source.line("if let value = self.\(name) { size += \(tagSize) + \(coding).size(value) }")
    case .repeated:
      source.line("size += \(coding).size(each: self.\(name), tagSize: \(tagSize))")
    case .packed:
      source.line("size += \(coding).size(packed: self.\(name), tagSize: \(tagSize))")
    case .map:
      source.line("size += \(coding).size(self.\(name), tagSize: \(tagSize))")
    case .oneofMember:
      source.line("case .\(name)(let value)?: size += \(tagSize) + \(coding).size(value)")
    }
  }

  func encode(in source: inout SourceText) {
    switch shape {
    case .implicit:
      source.line("if \(isSent) { \(write("self.\(name)")) }")
    case .optional, .message, .recursiveMessage:
      source.line("if let value = self.\(name) { \(write("value")) }")
    case .repeated:
      source.line("\(coding).write(each: self.\(name), tag: \(tag), to: &writer)")
    case .packed:
      source.line("\(coding).write(packed: self.\(name), tag: \(packedTag), to: &writer)")
    case .map:
      source.line("\(coding).write(self.\(name), tag: \(tag), to: &writer)")
    case .oneofMember:
      source.line("case .\(name)(let value)?: \(write("value"))")
    }
  }

  private func write(_ value: String) -> String {
    "\(coding).write(\(value), tag: \(tag), to: &writer)"
  }

  /// The cases of the switch over tags that read this field.
  ///
  /// `oneof` is the property of the oneof that the field belongs to.
  func decode(in source: inout SourceText, oneof: String?) {
    let arguments = "&reader, \"\(field.name)\""
    switch shape {
    case .implicit, .optional:
      source.line("case \(tag): self.\(name) = try \(coding).read(\(arguments))")
    case .message, .recursiveMessage:
      source.line("case \(tag): try \(coding).merge(&self.\(name), \(arguments))")
    case .repeated where field.kind == .message:
      source.line("case \(tag): try \(coding).append(to: &self.\(name), \(arguments))")
    case .repeated, .packed:
      source.line("case \(tag): self.\(name).append(try \(coding).read(\(arguments)))")
      if isPackable {
        source.line("case \(packedTag): try \(coding).read(packed: &self.\(name), \(arguments))")
      }
    case .map:
      source.line("case \(tag): try \(coding).read(into: &self.\(name), \(arguments))")
    case .oneofMember:
      decodeOneofMember(in: &source, arguments, oneof ?? name)
    }
  }

  private func decodeOneofMember(
    in source: inout SourceText,
    _ arguments: String,
    _ oneof: String
  ) {
    guard field.kind == .message else {
      source.line("case \(tag): self.\(oneof) = .\(name)(try \(coding).read(\(arguments)))")
      return
    }
    source.line("case \(tag):")
    source.line("  var value: \(valueType)?")
    source.line("  if case .\(name)(let current)? = self.\(oneof) { value = current }")
    source.line("  try \(coding).merge(&value, \(arguments))")
    source.line("  self.\(oneof) = value.map { .\(name)($0) }")
  }
}
