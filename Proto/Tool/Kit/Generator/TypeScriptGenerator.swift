package import ProtoDescriptors

/// Makes the web UI's types and decoders of the REST API, and what it knows of each record's fields.
package struct TypeScriptGenerator {
  private let messages: [String: MessageDescriptor]
  private let enums: [String: EnumDescriptor]
  private let services: [ServiceDescriptor]
  private let types: TypeIndex

  package init(_ files: [FileDescriptor]) {
    messages = Dictionary(
      files.flatMap(\.allMessages).map { ($0.fullName, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    enums = Dictionary(
      files.flatMap(\.allEnums).map { ($0.fullName, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    services = files.flatMap(\.services)
    types = TypeIndex(files, module: "Web")
  }

  /// The module's text.
  ///
  /// - Throws: when two messages have the same name, or a field has a type that REST does not show.
  package func source() throws(ToolError) -> String {
    do throws(GenerationError) {
      return try module()
    } catch {
      throw .failed(error.message)
    }
  }

  private func module() throws(GenerationError) -> String {
    var source = SourceText()
    source.line("// Made from the protos by leadmesh-proto; edit those.")
    source.line()
    source.line("import * as json from \"./json\";")
    let shown = try answered()
    for type in enums(in: shown) { generate(type, into: &source) }
    for message in shown {
      try generate(message, into: &source)
      if message.resource != nil {
        try TypeScriptSchema(message, types).generate(into: &source)
      }
    }
    return source.text
  }

  /// The messages that REST answers with, and those in them, by name.
  private func answered() throws(GenerationError) -> [MessageDescriptor] {
    var found: [String: MessageDescriptor] = [:]
    var open = services.flatMap(\.methods).filter { !$0.http.isEmpty }.map(\.output)
    while let name = open.popLast() {
      guard TypeScriptField.wellKnown(name) == nil, let message = messages[name],
        name != "google.protobuf.Empty"
      else { continue }
      if let known = found.updateValue(message, forKey: message.name) {
        guard known.fullName == name else {
          throw GenerationError("\(name) and \(known.fullName) have the same name")
        }
        continue
      }
      open += message.fields.filter { $0.kind == .message }.map(\.typeName)
    }
    return found.values.sorted { $0.name < $1.name }
  }

  private func enums(in shown: [MessageDescriptor]) -> [EnumDescriptor] {
    let names = shown.flatMap(\.fields).filter { $0.kind == .enum }.map(\.typeName)
    return Set(names).compactMap { enums[$0] }.sorted { $0.name < $1.name }
  }

  private func generate(_ type: EnumDescriptor, into source: inout SourceText) {
    source.line()
    source.comment(type.location.comment)
    let names = type.values.map { "\"\($0.name)\"" }.joined(separator: ", ")
    let list = "\(SwiftNames.methodName(type.name))Names"
    source.line("export const \(list) = [\(names)] as const;")
    source.line("export type \(type.name) = (typeof \(list))[number];")
  }

  private func generate(
    _ message: MessageDescriptor,
    into source: inout SourceText
  ) throws(GenerationError) {
    var fields: [(name: String, comment: String, type: TypeScriptField)] = []
    for field in message.fields {
      let type = try TypeScriptField(field, messages: messages, enums: enums)
      fields.append((field.name, field.location.comment, type))
    }
    source.line()
    source.comment(message.location.comment)
    source.block("export interface \(message.name)") { source in
      for field in fields {
        source.comment(field.comment)
        source.line("\(field.name): \(field.type.type);")
      }
    }
    source.line()
    let argument = fields.isEmpty ? "_" : "raw"
    source.block("export function decode\(message.name)(\(argument): unknown): \(message.name)") {
      source in
      if fields.isEmpty { return source.line("return {};") }
      source.line("const from = json.object(raw);")
      source.line("return {")
      for field in fields {
        source.line("  \(field.name): \(field.type.decoder("from.\(field.name)")),")
      }
      source.line("};")
    }
  }
}

/// How one field of a message is in TypeScript: proto3 JSON, in which what is left out has its
/// default.
struct TypeScriptField {
  let type: String
  /// The expression that reads one value; `$` stands for the JSON.
  private let read: String

  func decoder(_ json: String) -> String { read.replacing("$", with: json) }

  init(
    _ field: FieldDescriptor,
    messages: [String: MessageDescriptor],
    enums: [String: EnumDescriptor]
  ) throws(GenerationError) {
    let element = try Self.element(field, messages: messages, enums: enums)
    if field.isRepeated {
      type = element.type.contains("|") ? "(\(element.type))[]" : "\(element.type)[]"
      read = "json.list($, (each) => \(element.read.replacing("$", with: "each")))"
    } else if field.kind == .message, Self.wellKnown(field.typeName) == nil {
      type = "\(element.type) | null"
      read = "json.optional($, (each) => \(element.read.replacing("$", with: "each")))"
    } else if field.isOptional || field.oneof != nil {
      type = "\(element.type) | null"
      read = "json.optional($, (each) => \(element.read.replacing("$", with: "each")))"
    } else {
      (type, read) = element
    }
  }

  private static func element(
    _ field: FieldDescriptor,
    messages: [String: MessageDescriptor],
    enums: [String: EnumDescriptor]
  ) throws(GenerationError) -> (type: String, read: String) {
    switch field.kind {
    case .bool: return ("boolean", "json.flag($)")
    case .double, .float, .int32, .uint32, .sint32, .fixed32, .sfixed32:
      return ("number", "json.number($)")
    case .int64, .uint64, .sint64, .fixed64, .sfixed64: return ("string", "json.decimal($)")
    case .bytes: return ("string", "json.text($)")
    case .string:
      let choices = field.traits.choices.map { "\"\($0)\"" }
      if choices.isEmpty { return ("string", "json.text($)") }
      let all = choices + ["\"\""]
      return (all.joined(separator: " | "), "json.choice($, [\(choices.joined(separator: ", "))])")
    case .enum:
      guard let type = enums[field.typeName], let first = type.values.first else { break }
      let list = "\(SwiftNames.methodName(type.name))Names"
      return (type.name, "json.choice($, \(list), \"\(first.name)\")")
    case .message:
      if let known = wellKnown(field.typeName) { return known }
      guard let message = messages[field.typeName] else { break }
      return (message.name, "decode\(message.name)($)")
    case .group: break
    }
    throw GenerationError("\(field.name): \(field.typeName) has no type in TypeScript")
  }

  /// The messages that proto3 JSON writes in a form of their own.
  static func wellKnown(_ name: String) -> (type: String, read: String)? {
    switch name {
    case "google.protobuf.Timestamp", "google.protobuf.Duration", "google.protobuf.FieldMask":
      ("string", "json.text($)")
    case "google.protobuf.Struct": ("json.Fields", "json.object($)")
    case "google.protobuf.Value": ("unknown", "$")
    default: nil
    }
  }
}

extension SourceText {
  /// The proto's comment as JSDoc.
  fileprivate mutating func comment(_ comment: String) {
    let lines = comment.replacing("*/", with: "* /").split(separator: "\n")
    guard let first = lines.first else { return }
    if lines.count == 1 { return line("/** \(first) */") }
    line("/**")
    for text in lines { line(" * \(text)") }
    line(" */")
  }
}
