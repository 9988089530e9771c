import ProtoDescriptors

/// What the web UI knows of a record's fields beyond their types.
struct TypeScriptSchema {
  private let message: MessageDescriptor
  private let types: TypeIndex

  init(_ message: MessageDescriptor, _ types: TypeIndex) {
    self.message = message
    self.types = types
  }

  /// `leadSchema`, and `LeadInput`, the names of the fields that people set.
  func generate(into source: inout SourceText) throws(GenerationError) {
    let name = SwiftNames.methodName(message.name)
    let readOnly = message.fields.filter(\.traits.isOutputOnly).map { "\"\($0.name)\"" }
    source.line()
    source.line(
      "export type \(message.name)Input = Exclude<keyof \(message.name), "
        + "\(readOnly.isEmpty ? "never" : readOnly.joined(separator: " | "))>;"
    )
    source.line()
    source.line("export const \(name)Schema: json.Schema<\(message.name)> = {")
    for field in message.fields {
      source.line("  \(field.name): {\(try members(field).joined(separator: ", "))},")
    }
    source.line("};")
  }

  private func members(_ field: FieldDescriptor) throws(GenerationError) -> [String] {
    let code = try FieldCode(field, of: message, in: types)
    let traits = field.traits
    var members = code.label == code.plainLabel ? [] : ["label: \"\(code.label)\""]
    members.append("type: \"\(code.shownTypeName)\"")
    if traits.isRequired { members.append("required: true") }
    if traits.isOutputOnly { members.append("readOnly: true") }
    if traits.isImplied { members.append("implied: true") }
    if traits.isImmutable { members.append("immutable: true") }
    if traits.isSortable { members.append("sortable: true") }
    if traits.isSearchable { members.append("searchable: true") }
    if let length = code.maxLength { members.append("maxLength: \(length)") }
    if let minimum = traits.minimum { members.append("minimum: \(minimum)") }
    if let maximum = traits.maximum { members.append("maximum: \(maximum)") }
    if !traits.unit.isEmpty { members.append("unit: \"\(traits.unit)\"") }
    if code.maxLength != nil, traits.format != "line" {
      let format = traits.format == "timeZone" ? "time_zone" : traits.format
      members.append("format: \"\(format)\"")
    }
    if !traits.choices.isEmpty {
      members.append("choices: [\(traits.choices.map { "\"\($0)\"" }.joined(separator: ", "))]")
    }
    if !traits.picklist.isEmpty { members.append("picklist: \"\(traits.picklist)\"") }
    if traits.references != 0 {
      members.append("references: \"\(try types.object(ofKind: traits.references))\"")
    }
    return members
  }
}
