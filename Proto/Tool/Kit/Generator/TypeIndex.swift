import ProtoDescriptors

/// Where each message and enum of the protos lives in Swift.
struct TypeIndex {
  private let module: String
  private var types: [String: SwiftType] = [:]
  private var messages: [String: MessageDescriptor] = [:]
  private var enums: [String: EnumDescriptor] = [:]
  private var kinds: [Int: KindCode] = [:]
  private var anyKind = 0

  /// Indexes the types of all files; those outside of `leadmesh` packages belong to `module`.
  init(_ files: [FileDescriptor], module: String) {
    self.module = module
    for file in files {
      let home = home(of: file.package)
      for message in file.messages { add(message, home, in: home.prefix) }
      for type in file.enums { add(type, home, in: home.prefix) }
    }
  }

  /// The Swift type of a full proto name.
  func type(_ name: String) throws(GenerationError) -> SwiftType {
    guard let type = types[name] else { throw GenerationError("\(name) has no Swift type") }
    return type
  }

  /// The kind of a number in `leadmesh.type.v1.Kind`.
  func kind(_ number: Int) throws(GenerationError) -> KindCode {
    guard let kind = kinds[number] else { throw GenerationError("kind \(number) has no traits") }
    return kind
  }

  /// Whether a number of that enum stands for every kind.
  func isAnyKind(_ number: Int) -> Bool { number != 0 && number == anyKind }

  /// The object of a kind, as schemas name it: "any" for every one.
  func object(ofKind number: Int) throws(GenerationError) -> String {
    isAnyKind(number) ? FieldCode.anyObject : try kind(number).object
  }

  /// The type of the record of a kind, which is in one of the files.
  func record(ofKind kind: Int) throws(GenerationError) -> SwiftType {
    guard let message = messages.values.first(where: { $0.resource?.kind == kind }) else {
      throw GenerationError("the parent's record is not in the same service")
    }
    return try type(message.fullName)
  }

  /// The table of a tenant's list, by its object; nil for a list of another service.
  func table(ofPicklist object: String) -> String? {
    messages.values.lazy.compactMap(\.resource).first {
      $0.isPicklist && kinds[$0.kind]?.object == object
    }?.table
  }

  /// The records that the protos declare.
  var records: [MessageDescriptor] { messages.values.filter { $0.resource != nil } }

  /// Whether records, or their parts, have lists of the message that people fill in.
  func isEntry(_ name: String) -> Bool {
    records.contains { record in
      record.fields.contains { field in
        let parts = field.traits.hasParts ? messages[field.typeName]?.fields ?? [] : []
        return (parts + [field]).contains { $0.isListOfEntries && $0.typeName == name }
      }
    }
  }

  /// The number of the field of `message` that holds values of `type`.
  func number(of type: String, in message: String) -> Int? {
    messages[message]?.fields.first { $0.typeName == type }?.number
  }

  /// The names of a message's fields; none for a message of another service.
  func fieldNames(of name: String) -> [String] { messages[name]?.fields.map(\.name) ?? [] }

  /// The fields of the message that a field holds one of.
  func fields(
    of field: FieldDescriptor
  ) throws(GenerationError) -> [(message: MessageDescriptor, field: FieldDescriptor)] {
    guard !field.isRepeated, let message = messages[field.typeName] else {
      throw GenerationError("\(field.name): only a message has parts")
    }
    return message.fields.map { (message, $0) }
  }

  func isRecord(_ name: String) -> Bool { messages[name]?.resource != nil }

  /// The names of an enum's values in lower case, without the enum's prefix.
  func choices(_ name: String) -> [String] {
    guard let type = enums[name] else { return [] }
    let prefix = SwiftNames.screamingSnakeCase(type.name) + "_"
    return type.values.map { value in
      let bare = value.name.hasPrefix(prefix) ? value.name.dropFirst(prefix.count) : value.name[...]
      return bare.lowercased()
    }
  }

  /// Whether a value of the message could hold another of its own type without indirection.
  func reaches(from start: String, to target: String) -> Bool {
    var seen: Set<String> = []
    var open = [start]
    while let name = open.popLast() {
      if name == target { return true }
      guard seen.insert(name).inserted, let message = messages[name] else { continue }
      open += message.fields.filter { $0.kind == .message && !$0.isRepeated }.map(\.typeName)
    }
    return false
  }

  private struct Home {
    let module: String
    /// What stands before the type's name, with its dot.
    let prefix: String
  }

  private func home(of package: String) -> Home {
    let parts = package.split(separator: ".")
    if package == "google.protobuf" {
      return Home(module: "MeshProto", prefix: "MeshProto.WellKnown.")
    }
    if parts.count > 1, parts[0] == "leadmesh" {
      let name = SwiftNames.upperCamelCase(String(parts[1])) + "API"
      return Home(module: name, prefix: "\(name).")
    }
    return Home(module: module, prefix: "\(module).")
  }

  private mutating func add(_ message: MessageDescriptor, _ home: Home, in prefix: String) {
    let isWellKnown = home.module == "MeshProto"
    let name =
      prefix + (isWellKnown ? SwiftNames.wellKnown(message.name) : SwiftNames.type(message.name))
    types[message.fullName] = SwiftType(name: name, module: home.module)
    messages[message.fullName] = message
    for inner in message.nested { add(inner, home, in: name + ".") }
    for inner in message.enums { add(inner, home, in: name + ".") }
  }

  private mutating func add(_ type: EnumDescriptor, _ home: Home, in prefix: String) {
    enums[type.fullName] = type
    if type.fullName == KindGenerator.enumName {
      for value in type.values {
        if let traits = value.kind { kinds[value.number] = KindCode(value, traits) }
        if value.name == KindGenerator.anyName { anyKind = value.number }
      }
    }
    types[type.fullName] = SwiftType(
      name: prefix + SwiftNames.type(type.name),
      module: home.module
    )
  }
}

struct SwiftType: Equatable {
  /// With its module before it: `TypeAPI.Money`.
  let name: String
  let module: String
}

/// Why no Swift can be made of the protos; shown to whoever builds.
struct GenerationError: Error {
  let message: String

  init(_ message: String) {
    self.message = message
  }
}

extension FieldDescriptor {
  /// Whether it holds, in a record, a list of messages that people fill in.
  var isListOfEntries: Bool {
    isRepeated && kind == .message && typeName.hasPrefix("leadmesh.") && !traits.isOutputOnly
      && !DomainType.messages.contains(typeName)
  }
}
