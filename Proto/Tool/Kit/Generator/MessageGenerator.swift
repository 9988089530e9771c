import ProtoDescriptors

/// Writes one message: a struct with its codec.
struct MessageGenerator {
  let message: MessageDescriptor
  let types: TypeIndex
  private let fields: [FieldCode]
  private let oneofs: [OneofCode]

  /// A oneof with the fields it holds.
  private struct OneofCode {
    let property: String
    let type: String
    let comment: String
    let members: [FieldCode]
    let isIndirect: Bool
  }

  init(_ message: MessageDescriptor, _ types: TypeIndex) throws(GenerationError) {
    self.message = message
    self.types = types
    var fields: [FieldCode] = []
    for field in message.fields { fields.append(try FieldCode(field, of: message, in: types)) }
    self.fields = fields
    let nestedNames = Set(message.nested.map(\.name) + message.enums.map(\.name))
    oneofs = message.oneofs.enumerated().compactMap { index, oneof in
      let members = fields.filter { $0.field.oneof == index }
      if members.isEmpty { return nil }
      let name = SwiftNames.upperCamelCase(oneof.name)
      return OneofCode(
        property: SwiftNames.property(oneof.name),
        type: nestedNames.contains(name) ? name + "Choice" : SwiftNames.type(name),
        comment: oneof.location.comment,
        members: members,
        isIndirect: members.contains { member in
          member.field.kind == .message
            && types.reaches(from: member.field.typeName, to: message.fullName)
        }
      )
    }
  }

  /// Modules that the message's declaration names, those of nested messages included.
  func modules() throws(GenerationError) -> Set<String> {
    var modules = fields.reduce(into: Set(["MeshProto"])) {
      $0.formUnion($1.value.modules)
    }
    for inner in message.nested where !inner.isMapEntry {
      modules.formUnion(try MessageGenerator(inner, types).modules())
    }
    return modules
  }

  /// Modules that its codec needs beyond those, the same way.
  func codecModules() throws(GenerationError) -> Set<String> {
    var modules = fields.reduce(into: Set<String>()) {
      $0.formUnion($1.domain?.readingModules ?? [])
    }
    for inner in message.nested where !inner.isMapEntry {
      modules.formUnion(try MessageGenerator(inner, types).codecModules())
    }
    return modules
  }

  func generate(into source: inout SourceText) throws(GenerationError) {
    source.documentation(message.location.comment)
    let name = SwiftNames.type(message.name)
    try source.block("package struct \(name): MeshProto.Message") {
      source throws(GenerationError) in
      source.block("package static var protoName: String") { source in
        source.line("\"\(message.fullName)\"")
      }
      source.line()
      for type in message.enums {
        EnumGenerator(type).generate(into: &source)
        source.line()
      }
      for inner in message.nested where !inner.isMapEntry {
        try MessageGenerator(inner, types).generate(into: &source)
        source.line()
      }
      properties(into: &source)
      initializers(into: &source)
      encode(into: &source)
      decode(into: &source)
    }
    if let resource = message.resource {
      source.line()
      try RecordGenerator(message, resource, fields, types).generate(into: &source)
    }
    if types.isEntry(message.fullName) {
      source.line()
      let name = try types.type(message.fullName).name
      EntryGenerator(name: name, fields: fields).generate(into: &source)
    }
  }

  private var plainFields: [FieldCode] { fields.filter { $0.field.oneof == nil } }

  private func properties(into source: inout SourceText) {
    for field in plainFields { field.declare(in: &source) }
    for oneof in oneofs {
      source.documentation(oneof.comment)
      source.line("package var \(oneof.property): \(oneof.type)?")
    }
    source.line("package var unknownFields = MeshProto.UnknownFields()")
    source.line()
    for oneof in oneofs {
      let head = oneof.isIndirect ? "package indirect enum" : "package enum"
      source.block("\(head) \(oneof.type): Sendable, Equatable") { source in
        for member in oneof.members {
          source.documentation(member.field.location.comment)
          source.line("case \(member.name)(\(member.value.type))")
        }
      }
      source.line()
    }
  }

  private func initializers(into source: inout SourceText) {
    source.line("package init() {}")
    source.line()
    let parameters =
      plainFields.map { ($0.name, $0.type, $0.defaultValue) }
      + oneofs.map { ($0.property, "\($0.type)?", "nil") }
    if parameters.isEmpty { return }
    source.line("package init(")
    for (index, (name, type, value)) in parameters.enumerated() {
      let separator = index == parameters.count - 1 ? "" : ","
      source.line("  \(name): \(type) = \(value)\(separator)")
    }
    source.block(")") { source in
      for (name, _, _) in parameters { source.line("self.\(name) = \(name)") }
    }
    source.line()
  }

  private func encode(into source: inout SourceText) {
    source.block("package func encode(into writer: inout MeshProto.WireWriter)") { source in
      // In the order of the field numbers, as the other protobuf libraries write.
      for field in fields.sorted(by: { $0.field.number < $1.field.number }) {
        guard let oneof = oneofs.first(where: { isFirst(field, of: $0) }) else {
          if field.field.oneof == nil { field.encode(in: &source) }
          continue
        }
        source.choice("self.\(oneof.property)") { source in
          source.line("case nil: break")
          for member in oneof.members { member.encode(in: &source) }
        }
      }
      unknownFields(into: &source)
    }
    source.line()
  }

  /// A value that could not be read is among the unknown fields; one that was set since hides it.
  private func unknownFields(into source: inout SourceText) {
    let typed = fields.filter { field in
      if case .domain = field.shape { true } else { false }
    }
    if typed.isEmpty {
      source.line("writer.unknownFields(self.unknownFields)")
      return
    }
    source.block("writer.unknownFields(self.unknownFields)", "tag in") { source in
      source.choice("tag") { source in
        for field in typed {
          source.line("case \(field.value.tag(field.field.number)): self.\(field.name) != nil")
        }
        source.line("default: false")
      }
    }
  }

  /// A oneof is written where the lowest of its numbers stands.
  private func isFirst(_ field: FieldCode, of oneof: OneofCode) -> Bool {
    oneof.members.map(\.field.number).min() == field.field.number
  }

  private func decode(into source: inout SourceText) {
    let head = "package mutating func merge(from reader: inout MeshProto.WireReader)"
    source.block("\(head) throws(MeshProto.WireError)") { source in
      source.block("while true") { source in
        source.choice("try reader.nextTag()") { source in
          source.line("case 0: return")
          for field in fields {
            let oneof = oneofs.first {
              $0.members.contains { $0.field.number == field.field.number }
            }
            field.decode(in: &source, oneof: oneof?.property)
          }
          source.line("case let tag: try reader.unknown(tag, into: &self.unknownFields)")
        }
      }
    }
  }
}
