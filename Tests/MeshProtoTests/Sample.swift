import ProtoDescriptors
import MeshProto
import Testing

/// The values of a message by field number, whoever read them.
///
/// What cannot be told apart on the wire is the same here: an absent field and one without presence
/// that has its default, and entries of a map in any order.
struct Sample: Equatable {
  enum Value: Equatable {
    /// As 64 bits: signed numbers with their sign, floating ones as their bits.
    case number(UInt64)
    case bytes([UInt8])
    case message(Sample)

    /// What entries of a map are sorted by.
    fileprivate var key: String {
      guard case .message(let entry) = self, let key = entry.fields[1] else { return "" }
      return "\(key)"
    }
  }

  private(set) var fields: [Int: [Value]] = [:]

  /// Numbers of the fields that have other values in the other sample.
  func differences(from other: Sample) -> [Int] {
    Set(fields.keys).union(other.fields.keys).filter { fields[$0] != other.fields[$0] }.sorted()
  }

  mutating func set(_ field: FieldDescriptor, _ values: [Value], in schema: SampleSchema) {
    let isDefault = values == [.number(0)] || values == [.bytes([])]
    if values.isEmpty || (isDefault && !field.isRepeated && !field.hasPresence) { return }
    fields[field.number] = schema.isMap(field) ? values.sorted { $0.key < $1.key } : values
  }
}

extension FieldDescriptor {
  var hasPresence: Bool { kind == .message || isOptional || oneof != nil }
}

/// The messages of a descriptor set by their full names.
struct SampleSchema {
  private(set) var messages: [String: MessageDescriptor] = [:]
  private(set) var enums: [String: EnumDescriptor] = [:]

  init(_ files: [FileDescriptor]) {
    for file in files {
      for message in file.messages { add(message) }
      for type in file.allEnums { enums[type.fullName] = type }
    }
  }

  private mutating func add(_ message: MessageDescriptor) {
    messages[message.fullName] = message
    for inner in message.nested { add(inner) }
  }

  func message(_ name: String) throws -> MessageDescriptor { try #require(messages[name]) }

  func isMap(_ field: FieldDescriptor) -> Bool { messages[field.typeName]?.isMapEntry ?? false }
}

/// Reads messages with libprotobuf-c, by types made of the same descriptors as our own code.
struct Witness {
  private let schema: SampleSchema
  private let types: [String: MessageTable]

  init(_ schema: SampleSchema) {
    self.schema = schema
    let types = schema.messages.mapValues { _ in MessageTable() }
    for (name, message) in schema.messages {
      types[name]?.define(
        message.fields.map { field in
          MessageTable.Field(
            field.number,
            field.kind,
            isRepeated: field.isRepeated,
            isPacked: field.isPacked,
            message: types[field.typeName]
          )
        }
      )
    }
    self.types = types
  }

  /// What the bytes mean to libprotobuf-c, and the bytes that it writes for the same message.
  func read(_ wire: [UInt8], _ name: String) throws -> (sample: Sample, wire: [UInt8]) {
    let message = try ProtoMessage(wire: wire, as: try #require(types[name]))
    let descriptor = try schema.message(name)
    let sample = message.read { self.sample($0, descriptor) }
    return (sample, message.wireBytes())
  }

  private func sample(_ fields: ProtoFields, _ message: MessageDescriptor) -> Sample {
    var sample = Sample()
    for field in message.fields {
      sample.set(field, values(fields, field), in: schema)
    }
    return sample
  }

  private func values(_ fields: ProtoFields, _ field: FieldDescriptor) -> [Sample.Value] {
    switch field.kind {
    case .message:
      guard let type = schema.messages[field.typeName] else { return [] }
      return fields.messages(field.number).map { .message(sample($0, type)) }
    case .string, .bytes: return fields.byteValues(field.number).map { .bytes($0) }
    default: return fields.bits(field.number).map { .number($0) }
    }
  }
}
