import ProtoDescriptors

/// How one field of a message is declared in Swift.
struct FieldCode {
  /// How the field is held.
  enum Shape {
    /// A scalar whose default value is not sent.
    case implicit
    /// A scalar with presence.
    case optional
    case message
    /// A message kept in an array of at most one element: one that may hold another of its own type, and one
    /// that a record has whole, as most records have none and all are copied.
    case boxedMessage
    case repeated
    case packed
    case map(key: ValueCode, value: ValueCode)
    case oneofMember
    /// A type of the domain; absent is nil.
    case domain(DomainType)
    case repeatedDomain(DomainType)
  }

  let field: FieldDescriptor
  /// The property, or the case of a oneof.
  private(set) var name: String
  /// What a record calls the field: `settings.time_zone` for a part of a message.
  private(set) var path: String
  /// One value of the field; of a map, its value.
  let value: ValueCode
  let shape: Shape
  /// The names of an enum's values in lower case, without the enum's prefix.
  let choiceNames: [String]
  /// What errors call it: a record in a request is left out of paths, which begin at its fields.
  let pathName: String

  /// The type of the domain that the field is held in, if any.
  var domain: DomainType? {
    switch shape {
    case .domain(let type), .repeatedDomain(let type): type
    default: nil
    }
  }

  init(
    _ field: FieldDescriptor,
    of message: MessageDescriptor,
    in types: TypeIndex
  ) throws(GenerationError) {
    self.field = field
    name = SwiftNames.property(field.name)
    path = field.name
    pathName = types.isRecord(field.typeName) && !field.isRepeated ? "" : field.name
    choiceNames = field.kind == .enum ? types.choices(field.typeName) : []
    if let domain = try DomainType(field, of: message, in: types) {
      value = ValueCode(field, domain)
      shape = field.isRepeated ? .repeatedDomain(domain) : .domain(domain)
      return
    }
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
        types.reaches(from: field.typeName, to: message.fullName) || Self.isApart(field, message)
          ? .boxedMessage : .message
      } else {
        field.isOptional ? .optional : .implicit
      }
  }

  /// Whether a record keeps the message apart from its other fields.
  private static func isApart(_ field: FieldDescriptor, _ message: MessageDescriptor) -> Bool {
    message.resource != nil && !field.traits.hasParts && field.typeName.hasPrefix("leadmesh.")
  }

  /// The property's type.
  var type: String {
    switch shape {
    case .implicit: value.type
    case .optional, .message, .boxedMessage, .oneofMember, .domain: "\(value.type)?"
    case .repeated, .packed, .repeatedDomain: "[\(value.type)]"
    case .map(let key, let value): "[\(key.type): \(value.type)]"
    }
  }

  var defaultValue: String {
    switch shape {
    case .optional, .message, .boxedMessage, .oneofMember, .domain: "nil"
    case .repeated, .packed, .repeatedDomain: "[]"
    case .map: "[:]"
    case .implicit: value.defaultValue
    }
  }

  /// What a record has of the field: itself, or the parts of a message.
  ///
  /// - Throws: when a part is neither a plain value nor a list.
  func parts(in types: TypeIndex) throws(GenerationError) -> [FieldCode] {
    guard field.traits.hasParts else { return [self] }
    var parts: [FieldCode] = []
    for inner in try types.fields(of: field) {
      var part = try FieldCode(inner.field, of: inner.message, in: types)
      switch part.shape {
      case .implicit, .optional, .domain, .repeated: break
      default: throw GenerationError("\(path).\(part.path): a part is a plain value or a list")
      }
      part.name = "\(partsProperty).\(part.name)"
      part.path = "\(path).\(part.path)"
      parts.append(part)
    }
    return parts
  }

  /// The property through which a record reaches the parts of the message, absent or not.
  var partsProperty: String { "\(SwiftNames.lowerCamelCase(field.name))Parts" }

  /// The array behind a message that is kept in one.
  var storage: String { "\(SwiftNames.lowerCamelCase(field.name))Storage" }

  func declare(in source: inout SourceText) {
    source.documentation(field.location.comment)
    guard case .boxedMessage = shape else {
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
  /// The modules of the type; none for a scalar.
  let modules: Set<String>

  /// A value in a type of the domain.
  init(_ field: FieldDescriptor, _ domain: DomainType) {
    kind = field.kind
    type = domain.swiftType
    modules = domain.modules
  }

  init(_ field: FieldDescriptor, _ types: TypeIndex) throws(GenerationError) {
    kind = field.kind
    switch field.kind {
    case .message, .enum:
      let named = try types.type(field.typeName)
      (type, modules) = (named.name, [named.module])
    case .group: throw GenerationError("\(field.name): groups are not proto3")
    case .double: (type, modules) = ("Double", [])
    case .float: (type, modules) = ("Float", [])
    case .int64, .sfixed64, .sint64: (type, modules) = ("Int64", [])
    case .uint64, .fixed64: (type, modules) = ("UInt64", [])
    case .int32, .sfixed32, .sint32: (type, modules) = ("Int32", [])
    case .uint32, .fixed32: (type, modules) = ("UInt32", [])
    case .bool: (type, modules) = ("Bool", [])
    case .string: (type, modules) = ("String", [])
    case .bytes: (type, modules) = ("[UInt8]", [])
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
