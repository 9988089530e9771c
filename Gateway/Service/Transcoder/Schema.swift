import MeshCore
import ProtoDescriptors

/// Every message and enum that REST reads or writes, by index, as tables.
final class Schema: Sendable {
  let messages: [MessageShape]
  let enumerations: [EnumShape]
  private let messageIndex: [String: Int]

  /// Resolves the types of all files.
  ///
  /// - Throws: for the first type that has no JSON form here.
  init(_ files: [FileDescriptor]) throws(SchemaError) {
    let described = files.flatMap(\.messagesAndEntries)
    let enumerations = files.flatMap(\.allEnums)
    let messages = Self.indices(described.map(\.fullName))
    let enums = Self.indices(enumerations.map(\.fullName))
    let mapEntries = Set(described.filter(\.isMapEntry).map(\.fullName))
    let enumShapes = enumerations.map(EnumShape.init)
    var resolved: [MessageShape] = []
    for message in described {
      var fields: [(name: String, shape: FieldShape)] = []
      for field in message.fields {
        let shape = try FieldShape(
          field,
          in: message.fullName,
          messages: messages,
          enums: enums,
          mapEntries: mapEntries
        )
        fields.append((field.name, shape))
      }
      resolved.append(MessageShape(message.fullName, fields, enumShapes))
    }
    self.messages = resolved
    self.enumerations = enumShapes
    messageIndex = messages
  }

  private static func indices(_ names: [String]) -> [String: Int] {
    Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
  }

  func message(named name: String) throws(SchemaError) -> Int {
    guard let index = messageIndex[name] else { throw SchemaError("\(name) is not described") }
    return index
  }
}

/// Why descriptors cannot be served as REST: a defect of a proto, reported at start.
struct SchemaError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// A message's fields as the transcoder uses them.
final class MessageShape: Sendable {
  /// The special JSON form of some messages, instead of an object of their fields.
  enum Form: Sendable {
    case fields
    case timestamp, duration, fieldMask, structure, value, list
    /// `Any` and the wrappers, which the API style does not use.
    case unsupported
  }

  let name: String
  let form: Form
  /// Ordered by number.
  let fields: [FieldShape]
  /// Whether a field mask names it as a whole, as it does common value types.
  let isValueType: Bool
  /// The fields' names as JSON keys, each behind a comma.
  let keys: [UInt8]
  /// What JSON has in place of fields that are not on the wire.
  let absence: AbsentFields
  private let names: NameTable
  /// Index into `fields` by number, -1 for none; larger numbers are searched for.
  private let numbers: [Int16]

  init(
    _ name: String,
    _ unordered: [(name: String, shape: FieldShape)],
    _ enumerations: [EnumShape]
  ) {
    self.name = name
    let ordered = unordered.sorted { $0.shape.number < $1.shape.number }
    var fields: [FieldShape] = []
    var keys: [UInt8] = []
    for (name, shape) in ordered {
      var field = shape
      let start = keys.count
      keys += JSONWriter.memberKey(name)
      field.index = fields.count
      field.key = start..<keys.count
      fields.append(field)
    }
    self.fields = fields
    self.keys = keys
    absence = AbsentFields(fields, keys: keys, enumerations)
    form = Self.form(name)
    isValueType = name.hasPrefix("google.protobuf.")
    names = NameTable(ordered.map(\.name))
    let last = min(fields.last?.number ?? 0, 255)
    var numbers = [Int16](repeating: -1, count: last + 1)
    for field in fields where field.number <= last {
      numbers[field.number] = Int16(field.index)
    }
    self.numbers = numbers
  }

  /// The index of the field with a number.
  func index(of number: Int) -> Int? {
    if number < numbers.count {
      let index = Int(numbers[number])
      return index < 0 ? nil : index
    }
    return fields.firstIndex { $0.number == number }
  }

  /// The index of the field with a name.
  func index(named name: ArraySlice<UInt8>) -> Int? {
    names.index(of: name)
  }

  func name(of field: FieldShape) -> String {
    names.name(field.index)
  }

  private static func form(_ name: String) -> Form {
    switch name {
    case "google.protobuf.Timestamp": .timestamp
    case "google.protobuf.Duration": .duration
    case "google.protobuf.FieldMask": .fieldMask
    case "google.protobuf.Struct": .structure
    case "google.protobuf.Value": .value
    case "google.protobuf.ListValue": .list
    case "google.protobuf.Any", "google.protobuf.DoubleValue", "google.protobuf.FloatValue",
      "google.protobuf.Int64Value", "google.protobuf.UInt64Value", "google.protobuf.Int32Value",
      "google.protobuf.UInt32Value", "google.protobuf.BoolValue", "google.protobuf.StringValue",
      "google.protobuf.BytesValue":
      .unsupported
    default: .fields
    }
  }
}

/// A field as the transcoder reads and writes it.
///
/// Has no references, so that walking a message does no reference counting.
struct FieldShape: Sendable {
  enum Kind: Sendable {
    case double, float, int32, int64, uint32, uint64, sint32, sint64
    case fixed32, fixed64, sfixed32, sfixed64, bool, string, bytes
    case enumeration(Int), message(Int)
  }

  enum Shape: Sendable { case singular, repeated, map }

  let number: Int
  let kind: Kind
  let shape: Shape
  /// The oneof it is a member of; nil for the synthetic oneof of an `optional` field.
  let oneof: Int?
  /// Whether absent differs from the default, so that JSON leaves out an absent field.
  let hasPresence: Bool
  let isOutputOnly: Bool
  /// Its index among the message's fields.
  fileprivate(set) var index = 0
  /// The range of its key, with comma, quotes and colon, in the message's `keys`.
  fileprivate(set) var key = 0..<0

  init(
    _ field: FieldDescriptor,
    in message: String,
    messages: [String: Int],
    enums: [String: Int],
    mapEntries: Set<String>
  ) throws(SchemaError) {
    number = field.number
    isOutputOnly = field.traits.isOutputOnly
    oneof = field.oneof
    shape =
      !field.isRepeated ? .singular : mapEntries.contains(field.typeName) ? .map : .repeated
    guard let kind = Self.kind(field, messages: messages, enums: enums) else {
      throw SchemaError("\(message).\(field.name) has a type that has no JSON form")
    }
    self.kind = kind
    if case .message = kind {
      hasPresence = !field.isRepeated
    } else {
      hasPresence = field.oneof != nil || field.isOptional
    }
  }

  private static func kind(
    _ field: FieldDescriptor,
    messages: [String: Int],
    enums: [String: Int]
  ) -> Kind? {
    switch field.kind {
    case .double: .double
    case .float: .float
    case .int64: .int64
    case .uint64: .uint64
    case .int32: .int32
    case .fixed64: .fixed64
    case .fixed32: .fixed32
    case .bool: .bool
    case .string: .string
    case .message: messages[field.typeName].map(Kind.message)
    case .bytes: .bytes
    case .uint32: .uint32
    case .enum: enums[field.typeName].map(Kind.enumeration)
    case .sfixed32: .sfixed32
    case .sfixed64: .sfixed64
    case .sint32: .sint32
    case .sint64: .sint64
    case .group: nil
    }
  }
}

/// An enum's values by number and by name.
final class EnumShape: Sendable {
  private let names: [Int32: String]
  private let numbers: [String: Int32]

  init(_ enumeration: EnumDescriptor) {
    let values = enumeration.values.map { (name: $0.name, number: Int32($0.number)) }
    names = Dictionary(
      values.map { ($0.number, $0.name) },
      uniquingKeysWith: { first, _ in first }
    )
    numbers = Dictionary(
      values.map { ($0.name, $0.number) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  func name(of number: Int32) -> String? { names[number] }
  func number(named name: String) -> Int32? { numbers[name] }
}
