import ProtoDescriptors

/// A type of the domain that stands in a generated struct in place of the wire's.
enum DomainType {
  case id(KindCode)
  /// The id of the message itself: a text that is none reads as absent, and is then not found.
  case ownID(KindCode)
  /// The id of a record of any kind.
  case ref
  case timestamp
  case date
  case money
  case etag

  /// Messages of our own that are types of the domain, and so are not generated.
  static let messages: Set = ["leadmesh.type.v1.Money"]

  /// - Returns: nil for a field that is as the wire has it: outside of the product's protos, in a
  ///   oneof or a map, and every plain one.
  init?(
    _ field: FieldDescriptor,
    of message: MessageDescriptor,
    in types: TypeIndex
  ) throws(GenerationError) {
    guard message.fullName.hasPrefix("leadmesh."), !message.isMapEntry, field.oneof == nil else {
      return nil
    }
    switch (field.kind, field.typeName) {
    case (.message, "google.protobuf.Timestamp") where !field.isRepeated: self = .timestamp
    case (.message, "leadmesh.type.v1.Money"): self = .money
    case (.string, _):
      if types.isAnyKind(field.traits.references) {
        self = .ref
      } else if field.traits.references != 0 {
        self = .id(try types.kind(field.traits.references))
      } else if let resource = message.resource, field.name == "id" {
        self = .ownID(try types.kind(resource.kind))
      } else if message.resource != nil, field.name == "etag" {
        self = .etag
      } else if field.traits.format == "date", !field.isRepeated {
        self = .date
      } else {
        return nil
      }
    default: return nil
    }
  }

  var swiftType: String {
    switch self {
    case .id(let kind), .ownID(let kind): kind.idType
    case .ref: "MeshCore.RecordRef"
    case .timestamp: "MeshCore.Timestamp"
    case .date: "MeshCore.CalendarDate"
    case .money: "MeshCore.Money"
    case .etag: "MeshCore.Etag"
    }
  }

  var modules: Set<String> {
    switch self {
    case .id(let kind), .ownID(let kind): ["MeshCore", kind.module]
    case .ref, .timestamp, .date, .money, .etag: ["MeshCore"]
    }
  }

  /// The modules that reading a value needs beyond those of its type.
  var readingModules: Set<String> {
    if case .ref = self { ["TypeAPI"] } else { [] }
  }

  /// The statement that writes `value` with its tag.
  func write(_ value: String, tag: Int) -> String {
    switch self {
    case .id(let kind), .ownID(let kind):
      "writer.id(\(value).words, \"\(kind.prefix)\", tag: \(tag))"
    case .ref: "writer.ref(\(value), tag: \(tag))"
    case .timestamp: "writer.timestamp(\(value), tag: \(tag))"
    case .date: "writer.date(\(value), tag: \(tag))"
    case .money: "writer.money(\(value), tag: \(tag))"
    case .etag: "writer.etag(\(value), tag: \(tag))"
    }
  }

  /// The expression that reads an optional value.
  ///
  /// - Parameters:
  ///   - field: the field's.
  ///   - list: the property that the value is added to, where the field has many: errors name its place in it.
  ///   - tag: the field's number and wire type.
  /// - Returns: the expression.
  func read(_ field: FieldDescriptor, addedTo list: String? = nil, tag: Int) -> String {
    // What the server sets is not judged where it comes in a request.
    let name = field.traits.isOutputOnly ? "nil" : "\"\(field.name)\""
    let index = field.traits.isOutputOnly ? nil : list.map { ", at: self.\($0).count" }
    let place = name + (index ?? "")
    switch self {
    case .id(let kind):
      return
        "\(kind.idType)(try reader.id(\(place), \(tag), \"\(kind.prefix)\", &self.unknownFields))"
    case .ownID(let kind):
      return "\(kind.idType)(try reader.id(nil, \(tag), \"\(kind.prefix)\", &self.unknownFields))"
    case .ref:
      return "try reader.ref(\(place), \(tag), MeshCore.KindRegistry.all, &self.unknownFields)"
    case .timestamp: return "try reader.timestamp(\(name), \(tag), &self.unknownFields)"
    case .date: return "try reader.date(\(name), \(tag), &self.unknownFields)"
    case .money: return "try reader.money(\(name), \(tag), &self.unknownFields)"
    case .etag: return "try reader.etag()"
    }
  }
}

/// A kind of id in Swift.
struct KindCode {
  /// As permissions and changes name it: `scoring_rule`.
  let object: String
  let prefix: String
  /// `TypeAPI.ScoringRuleID`.
  let idType: String
  let module: String

  /// `KIND_SCORING_RULE` with its traits.
  init(_ value: EnumValueDescriptor, _ traits: KindTraits) {
    let name = String(value.name.dropFirst("KIND_".count)).lowercased()
    object = name
    prefix = traits.prefix
    module = traits.isCore ? "MeshCore" : "TypeAPI"
    idType = "\(module).\(SwiftNames.upperCamelCase(name))ID"
  }
}

/// Writes the kinds of ids that the registry declares, and the registry.
struct KindGenerator {
  static let enumName = "leadmesh.type.v1.Kind"
  /// What a field references that holds ids of any kind.
  static let anyName = "KIND_ANY"

  let type: EnumDescriptor

  func generate(into source: inout SourceText) {
    for value in type.values {
      guard let traits = value.kind, !traits.isCore else { continue }
      let name = SwiftNames.upperCamelCase(String(value.name.dropFirst("KIND_".count)).lowercased())
      source.documentation(value.location.comment)
      source.block("package enum \(name)Kind: MeshCore.IDKind") { source in
        source.line("package static let prefix: StaticString = \"\(traits.prefix)\"")
      }
      source.line("package typealias \(name)ID = MeshCore.ID<\(name)Kind>")
      source.line()
    }
    registry(into: &source)
  }

  private func registry(into source: inout SourceText) {
    source.block("extension MeshCore.KindRegistry") { source in
      source.line("/// The kinds of records of every service.")
      source.line("package static let all = MeshCore.KindRegistry([")
      for value in type.values {
        guard let traits = value.kind, !traits.service.isEmpty else { continue }
        let kind = KindCode(value, traits)
        let names = "\"\(kind.object)\", prefix: \"\(kind.prefix)\", of: \"\(traits.service)\""
        source.line("  MeshCore.RecordKind(\(names)),")
      }
      source.line("])")
    }
  }
}
