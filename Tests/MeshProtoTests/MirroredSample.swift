import ProtoDescriptors
import MeshProto
import Testing

/// Reads generated messages by reflection: each property by the name of its field.
struct MirrorReader {
  private let schema: SampleSchema

  init(_ schema: SampleSchema) {
    self.schema = schema
  }

  func sample(_ message: any Message) throws -> Sample {
    let descriptor = try schema.message(type(of: message).protoName)
    let properties = Dictionary(
      uniqueKeysWithValues: Mirror(reflecting: message).children.map { ($0.label ?? "", $0.value) }
    )
    var sample = Sample()
    for field in descriptor.fields {
      sample.set(field, try values(field, of: descriptor, properties), in: schema)
    }
    return sample
  }

  private func values(
    _ field: FieldDescriptor,
    of message: MessageDescriptor,
    _ properties: [String: Any]
  ) throws -> [Sample.Value] {
    let name = Self.names["\(message.fullName).\(field.name)"] ?? Self.property(field.name)
    if let oneof = field.oneof {
      let choice = try #require(properties[Self.property(message.oneofs[oneof].name)])
      return try member(name, of: choice).map { [try value($0)] } ?? []
    }
    let property = try #require(
      properties[name] ?? properties[name + "_"] ?? properties[name + "Storage"],
      "\(message.fullName) has no property \(name)"
    )
    let mirror = Mirror(reflecting: property)
    switch mirror.displayStyle {
    case .dictionary:
      let entry = try schema.message(field.typeName)
      return try mirror.children.map { .message(try self.entry($0.value, entry)) }
    // A message that may hold its like lies in an array of its own.
    case .collection where field.isRepeated || field.kind == .message, .optional:
      return try mirror.children.map { try value($0.value) }
    default: return [try value(property)]
    }
  }

  /// The value of a oneof's case; nil while another or none is set.
  private func member(_ name: String, of choice: Any) throws -> Any? {
    guard let set = Mirror(reflecting: choice).children.first?.value else { return nil }
    if let payload = Mirror(reflecting: set).children.first {
      return payload.label == name ? payload.value : nil
    }
    return "\(set)" == name ? Int32(0) : nil
  }

  private func entry(_ pair: Any, _ message: MessageDescriptor) throws -> Sample {
    var entry = Sample()
    for (field, part) in zip(message.fields, Mirror(reflecting: pair).children) {
      entry.set(field, [try value(part.value)], in: schema)
    }
    return entry
  }

  private func value(_ value: Any) throws -> Sample.Value {
    switch value {
    case let text as String: return .bytes(Array(text.utf8))
    case let bytes as [UInt8]: return .bytes(bytes)
    case let message as any Message: return .message(try sample(message))
    case let choice as any ProtoEnum: return .number(UInt64(bitPattern: Int64(choice.rawValue)))
    case let flag as Bool: return .number(flag ? 1 : 0)
    case let number as Int32: return .number(UInt64(bitPattern: Int64(number)))
    case let number as Int64: return .number(UInt64(bitPattern: number))
    case let number as UInt32: return .number(UInt64(number))
    case let number as UInt64: return .number(number)
    case let number as Float: return .number(UInt64(number.bitPattern))
    case let number as Double: return .number(number.bitPattern)
    default:
      Issue.record("\(type(of: value)) is no value of a message")
      return .number(0)
    }
  }

  private static func property(_ name: String) -> String {
    let words = name.split(separator: "_")
    return words.dropFirst().reduce(String(words.first ?? "")) {
      $0 + $1.prefix(1).uppercased() + $1.dropFirst()
    }
  }

  /// Properties of the well-known types that are not named after their fields.
  private static let names = [
    "google.protobuf.Any.type_url": "typeURL",
    "google.protobuf.Value.null_value": "null",
    "google.protobuf.Value.number_value": "number",
    "google.protobuf.Value.string_value": "string",
    "google.protobuf.Value.bool_value": "bool",
    "google.protobuf.Value.struct_value": "structure",
    "google.protobuf.Value.list_value": "list",
  ]
}
