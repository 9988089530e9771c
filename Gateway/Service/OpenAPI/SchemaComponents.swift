import ProtoDescriptors

/// The JSON schemas of messages and enums and of the types they use: proto3 JSON in the dialect of
/// OpenAPI 3.1.
struct SchemaComponents {
  /// In which direction a message's fields are described.
  enum Use {
    /// As it is read, and as it is created.
    case whole
    /// As the body of a PATCH: no field is required, null empties one.
    case changes
  }

  private let messages: [String: MessageDescriptor]
  private let enumerations: [String: EnumDescriptor]
  private var schemas: [String: JSONTree] = [:]

  init(_ files: [FileDescriptor]) {
    messages = Dictionary(
      files.flatMap(\.messagesAndEntries).map { ($0.fullName, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    enumerations = Dictionary(
      files.flatMap(\.allEnums).map { ($0.fullName, $0) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// All referenced schemas, by name.
  var all: JSONTree { .object(schemas.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }) }

  static func reference(_ name: String) -> JSONTree {
    .object(["$ref": "#/components/schemas/\(name)"])
  }

  /// The schema of a message: a reference, or the form that proto3 JSON gives it.
  mutating func message(_ name: String, _ use: Use = .whole) -> JSONTree {
    if let form = Self.wellKnown(name) { return form }
    guard let message = messages[name] else { return .object([]) }
    let key = use == .whole ? name : "\(name).Changes"
    if schemas[key] == nil {
      // A message may be recursive.
      schemas[key] = .null
      schemas[key] = object(message, use)
    }
    return Self.reference(key)
  }

  /// A request's own schema, without the fields that the path sets.
  mutating func body(_ name: String, without fields: Set<String>) -> JSONTree {
    guard let message = messages[name] else { return .object([]) }
    return object(message, .whole, without: fields)
  }

  /// The schema of the field of a request that a path such as `lead.id` leads to.
  mutating func parameter(_ path: String, of name: String) -> JSONTree {
    var type = name
    var schema = JSONTree.object([])
    for part in path.split(separator: ".") {
      guard let message = messages[type],
        let field = message.fields.first(where: { $0.name == part })
      else { break }
      type = field.typeName
      guard field.kind != .message || Self.wellKnown(type) != nil else { continue }
      schema = self.schema(of: field, in: message, .whole, isParameter: true)
    }
    return schema
  }

  private mutating func object(
    _ message: MessageDescriptor,
    _ use: Use,
    without left: Set<String> = []
  ) -> JSONTree {
    var properties: [(key: String, value: JSONTree)] = []
    let fields = message.fields.filter { !left.contains($0.name) }
    for field in fields {
      let isSettable = !field.traits.isImmutable && !field.traits.isOutputOnly
      guard use == .whole || isSettable || field.name == "etag" else { continue }
      let schema = schema(of: field, in: message, use, isParameter: false)
      properties.append(
        (
          field.name,
          use == .changes ? .object(["anyOf": .list([schema, .object(["type": "null"])])]) : schema
        )
      )
    }
    var members: [(key: String, value: JSONTree)] = [
      ("type", "object"), ("properties", .object(properties)),
    ]
    let required = fields.filter { $0.traits.isRequired && !$0.isChoice }.map(\.name)
    if use == .whole, !required.isEmpty { members.append(("required", .texts(required))) }
    if use == .changes {
      members.append(
        ("description", "Fields that are left out stay as they are; null empties one.")
      )
    }
    return .object(members)
  }

  // MARK: Fields

  private mutating func schema(
    of field: FieldDescriptor,
    in message: MessageDescriptor,
    _ use: Use,
    isParameter: Bool
  ) -> JSONTree {
    if let entry = messages[field.typeName], entry.isMapEntry,
      let value = entry.fields.first(where: { $0.number == 2 })
    {
      return .object(["type": "object", "additionalProperties": type(of: value, .whole)])
    }
    var members = members(
      type(of: field, field.isRepeated ? .whole : use),
      adding: isParameter ? [] : rules(of: field, in: message)
    )
    if field.isRepeated {
      members = [("type", "array"), ("items", .object(members.filter { $0.key != "readOnly" }))]
    }
    // The client sends the etag back when it changes the record.
    if field.traits.isOutputOnly, field.name != "etag", !isParameter {
      members.append(("readOnly", .bool(true)))
    }
    return .object(members)
  }

  private func members(
    _ schema: JSONTree,
    adding rules: [(key: String, value: JSONTree)]
  ) -> [(key: String, value: JSONTree)] {
    guard case .object(let members) = schema else { return rules }
    return members + rules
  }

  /// The declared constraints of one value of the field.
  private func rules(
    of field: FieldDescriptor,
    in message: MessageDescriptor
  ) -> [(key: String, value: JSONTree)] {
    let traits = field.traits
    var rules: [(key: String, value: JSONTree)] = []
    if !traits.label.isEmpty { rules.append(("title", .text(traits.label))) }
    let mayBeEmpty = !field.isRepeated && !traits.isRequired && !field.isChoice
    if !traits.choices.isEmpty {
      rules.append(("enum", .texts(traits.choices + (mayBeEmpty ? [""] : []))))
    }
    if let length = maxLength(of: field, in: message) {
      rules.append(("maxLength", .integer(Int64(length))))
    }
    if let format = Self.formats[traits.format], !mayBeEmpty {
      rules.append(("format", .text(format)))
    }
    var remarks: [String] = []
    if field.kind.isJSONNumber {
      if let least = traits.minimum { rules.append(("minimum", .integer(Int64(least)))) }
      if let most = traits.maximum { rules.append(("maximum", .integer(Int64(most)))) }
    } else {
      if let least = traits.minimum { remarks.append("At least \(least).") }
      if let most = traits.maximum { remarks.append("At most \(most).") }
    }
    if let kind = kind(traits.references) { remarks.append("The id of a \(kind).") }
    if !traits.picklist.isEmpty { remarks.append("A key of the tenant's list \(traits.picklist).") }
    if !remarks.isEmpty {
      rules.append(("description", .text(remarks.joined(separator: " "))))
    }
    return rules
  }

  /// The longest text allowed; without a limit of the field, the default of options.proto.
  private func maxLength(
    of field: FieldDescriptor,
    in message: MessageDescriptor
  ) -> Int? {
    let traits = field.traits
    guard field.kind == .string else { return nil }
    if traits.maxLength > 0 { return traits.maxLength }
    let isFree = !traits.isOutputOnly && traits.references == 0 && traits.format != "date"
    guard message.resource != nil, isFree else { return nil }
    return traits.picklist.isEmpty && traits.choices.isEmpty ? 200 : 60
  }

  /// Text formats that JSON schema has names for.
  private static let formats = ["email": "email", "url": "uri", "date": "date"]

  /// The name of a kind of record.
  private func kind(_ number: Int) -> String? {
    guard number != 0 else { return nil }
    let kind = enumerations["leadmesh.type.v1.Kind"]?.values.first { $0.number == number }
    return kind?.name.dropFirst("KIND_".count).lowercased().split(separator: "_")
      .joined(separator: " ")
  }

  // MARK: Types

  private mutating func type(of field: FieldDescriptor, _ use: Use) -> JSONTree {
    switch field.kind {
    case .double: .object(["type": "number", "format": "double"])
    case .float: .object(["type": "number", "format": "float"])
    case .int64, .sfixed64, .sint64: .object(["type": "string", "format": "int64"])
    case .uint64, .fixed64: .object(["type": "string", "format": "uint64"])
    case .int32, .sfixed32, .sint32: .object(["type": "integer", "format": "int32"])
    case .uint32, .fixed32: .object(["type": "integer", "format": "uint32"])
    case .bool: .object(["type": "boolean"])
    case .string: .object(["type": "string"])
    case .message:
      message(field.typeName, field.typeName.hasPrefix("leadmesh.type.") ? .whole : use)
    case .bytes: .object(["type": "string", "contentEncoding": "base64"])
    case .enum: enumeration(field.typeName)
    case .group: .object([])
    }
  }

  private mutating func enumeration(_ name: String) -> JSONTree {
    guard let enumeration = enumerations[name] else { return .object(["type": "string"]) }
    schemas[name] = .object([
      "type": "string", "enum": .texts(enumeration.values.map(\.name)),
    ])
    return Self.reference(name)
  }

  /// The messages that proto3 JSON writes in a form of their own.
  private static func wellKnown(_ name: String) -> JSONTree? {
    switch name {
    case "google.protobuf.Timestamp": .object(["type": "string", "format": "date-time"])
    case "google.protobuf.Duration":
      .object(["type": "string", "pattern": #"^-?[0-9]+(\.[0-9]{1,9})?s$"#])
    case "google.protobuf.FieldMask": .object(["type": "string"])
    case "google.protobuf.Struct": .object(["type": "object"])
    case "google.protobuf.Value": .object([])
    case "google.protobuf.ListValue": .object(["type": "array"])
    default: nil
    }
  }
}

extension FieldDescriptor {
  /// Whether absent differs from the default, as for members of a oneof and `optional` fields.
  fileprivate var isChoice: Bool { oneof != nil || isOptional }
}

extension FieldDescriptor.Kind {
  /// Whether proto3 JSON writes it as a number: 64 bits are written as text.
  fileprivate var isJSONNumber: Bool {
    switch self {
    case .double, .float, .int32, .uint32, .sint32, .fixed32, .sfixed32: true
    default: false
    }
  }
}
