/// How one field of a message is declared in Swift.
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
    case map(key: ValueCode, value: ValueCode)
    case oneofMember
  }

  let field: FieldDescriptor
  /// The property, or the case of a oneof.
  let name: String
  /// One value of the field; of a map, its value.
  let value: ValueCode
  let shape: Shape

  init(
    _ field: FieldDescriptor,
    of message: MessageDescriptor,
    in types: TypeIndex
  ) throws(GenerationError) {
    self.field = field
    name = SwiftNames.property(field.name)
    if let entry = message.nested.first(where: { $0.isMapEntry && $0.fullName == field.typeName }) {
      guard let key = entry.field("key"), let element = entry.field("value") else {
        throw GenerationError("\(field.name): a map entry lacks its key or value")
      }
      value = try ValueCode(element, types)
      shape = .map(key: try ValueCode(key, types), value: value)
      return
    }
    value = try ValueCode(field, types)
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

  /// The property's type.
  var type: String {
    switch shape {
    case .implicit: value.type
    case .optional, .message, .recursiveMessage, .oneofMember: "\(value.type)?"
    case .repeated, .packed: "[\(value.type)]"
    case .map(let key, let value): "[\(key.type): \(value.type)]"
    }
  }

  var defaultValue: String {
    switch shape {
    case .optional, .message, .recursiveMessage, .oneofMember: "nil"
    case .repeated, .packed: "[]"
    case .map: "[:]"
    case .implicit: value.defaultValue
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
    source.line("private var \(storage): [\(value.type)] = []")
  }
}

/// One value of a type of the proto language, in Swift.
struct ValueCode {
  let kind: FieldDescriptor.Kind
  /// The Swift type.
  let type: String
  /// The module of the type; nil for a scalar.
  let module: String?

  init(_ field: FieldDescriptor, _ types: TypeIndex) throws(GenerationError) {
    kind = field.kind
    switch field.kind {
    case .message, .enum:
      let named = try types.type(field.typeName)
      (type, module) = (named.name, named.module)
    case .group: throw GenerationError("\(field.name): groups are not proto3")
    case .double: (type, module) = ("Double", nil)
    case .float: (type, module) = ("Float", nil)
    case .int64, .sfixed64, .sint64: (type, module) = ("Int64", nil)
    case .uint64, .fixed64: (type, module) = ("UInt64", nil)
    case .int32, .sfixed32, .sint32: (type, module) = ("Int32", nil)
    case .uint32, .fixed32: (type, module) = ("UInt32", nil)
    case .bool: (type, module) = ("Bool", nil)
    case .string: (type, module) = ("String", nil)
    case .bytes: (type, module) = ("[UInt8]", nil)
    }
  }

  /// What an absent value reads as.
  var defaultValue: String {
    switch kind {
    case .bool: "false"
    case .string: "\"\""
    case .bytes: "[]"
    case .enum: "\(type)(rawValue: 0)"
    case .message: "\(type)()"
    default: "0"
    }
  }

  private var wireType: Int {
    switch kind {
    case .double, .fixed64, .sfixed64: 1
    case .float, .fixed32, .sfixed32: 5
    case .string, .bytes, .message, .group: 2
    case .int64, .uint64, .int32, .bool, .uint32, .enum, .sint32, .sint64: 0
    }
  }

  var isPackable: Bool { wireType != 2 }

  /// The tag of a value in the field of that number.
  func tag(_ number: Int) -> Int { number << 3 | wireType }

  /// The functions of reader and writer.
  private var function: String { kind == .enum ? "int32" : "\(kind)" }

  /// The condition under which a scalar without presence is sent.
  func isSent(_ property: String) -> String {
    switch kind {
    case .bool: property
    case .string, .bytes: "!\(property).isEmpty"
    case .double, .float: "\(property).bitPattern != 0"
    case .enum: "\(property).rawValue != 0"
    default: "\(property) != 0"
    }
  }

  /// A statement that writes the value with its tag.
  func write(_ value: String, number: Int) -> String {
    switch kind {
    case .message: "writer.delimited(\(tag(number))) { \(value).encode(into: &$0) }"
    case .enum: "writer.int32(\(value).rawValue, tag: \(tag(number)))"
    default: "writer.\(function)(\(value), tag: \(tag(number)))"
    }
  }

  /// A statement that writes the value without a tag, among packed ones.
  func writePacked(_ value: String) -> String {
    kind == .enum ? "writer.int32(\(value).rawValue)" : "writer.\(function)(\(value))"
  }

  /// An expression that reads a value other than a message.
  func read(_ field: String) -> String {
    switch kind {
    case .string: "try reader.string(\"\(field)\")"
    case .enum: "\(type)(rawValue: try reader.int32())"
    default: "try reader.\(function)()"
    }
  }

  /// Statements that read into the variable, which holds a value already: messages merge.
  ///
  /// `place` is what the reader needs to name errors: the field, and an index if it is repeated.
  func read(into variable: String, _ place: String, in source: inout SourceText) {
    source.line("try reader.message(\(place)) { (reader) throws(MeshProto.WireError) in")
    source.line("  try \(variable).merge(from: &reader)")
    source.line("}")
  }
}
