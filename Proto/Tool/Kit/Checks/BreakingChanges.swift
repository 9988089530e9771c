package import ProtoDescriptors

/// What clients of a release would trip over in the present protos.
///
/// Everything a released client may rely on must stay: on the wire, in JSON and in REST paths.
/// Additions are fine.
package struct BreakingChanges {
  private let before: Inventory
  private let now: Inventory

  package init(from release: [FileDescriptor], to present: [FileDescriptor]) {
    before = Inventory(release)
    now = Inventory(present)
  }

  /// One line for each break, ordered by what it breaks.
  package func all() -> [String] {
    let messages = before.messages.flatMap { name, old in
      now.messages[name].map { changes(from: old, to: $0) } ?? ["message \(name) is gone"]
    }
    let enums = before.enums.flatMap { name, old in
      now.enums[name].map { changes(from: old, to: $0) } ?? ["enum \(name) is gone"]
    }
    let methods = before.methods.flatMap { name, old in
      now.methods[name].map { changes(name, from: old, to: $0) } ?? ["rpc \(name) is gone"]
    }
    return (messages + enums + methods).sorted()
  }

  private func changes(from old: MessageDescriptor, to new: MessageDescriptor) -> [String] {
    let fields = old.fields.flatMap { field in
      let name = "field \(old.fullName).\(field.name)"
      if let same = new.fields.first(where: { $0.number == field.number }) {
        return changes(name, from: field, to: same)
      }
      if let moved = new.field(field.name) {
        return ["\(name) had number \(field.number) and has \(moved.number)"]
      }
      return ["\(name) is gone"]
    }
    let freed = old.reservedRanges.filter { range in
      !new.reservedRanges.contains {
        $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound
      }
    }
    return fields
      + freed.map {
        "message \(old.fullName) no longer reserves \($0.lowerBound)..<\($0.upperBound)"
      }
      + Set(old.reservedNames).subtracting(new.reservedNames).map {
        "message \(old.fullName) no longer reserves \"\($0)\""
      }
  }

  private func changes(
    _ name: String,
    from old: FieldDescriptor,
    to new: FieldDescriptor
  ) -> [String] {
    var changes: [String] = []
    if old.name != new.name { changes.append("\(name) is now called \(new.name)") }
    if old.kind != new.kind || old.typeName != new.typeName {
      changes.append("\(name) was \(old.typeDescription) and is \(new.typeDescription)")
    }
    if old.isRepeated != new.isRepeated || old.isOptional != new.isOptional {
      changes.append("\(name) was \(old.cardinality) and is \(new.cardinality)")
    }
    if (old.oneof == nil) != (new.oneof == nil) {
      changes.append("\(name) moved \(old.oneof == nil ? "into" : "out of") a oneof")
    }
    return changes
  }

  private func changes(from old: EnumDescriptor, to new: EnumDescriptor) -> [String] {
    old.values.compactMap { value in
      let name = "enum value \(old.fullName).\(value.name)"
      guard let same = new.values.first(where: { $0.name == value.name }) else {
        return "\(name) is gone"
      }
      return same.number == value.number
        ? nil : "\(name) was \(value.number) and is \(same.number)"
    }
  }

  private func changes(
    _ name: String,
    from old: MethodDescriptor,
    to new: MethodDescriptor
  ) -> [String] {
    var changes: [String] = []
    if old.input != new.input {
      changes.append("rpc \(name) took \(old.input) and takes \(new.input)")
    }
    if old.output != new.output {
      changes.append("rpc \(name) returned \(old.output) and returns \(new.output)")
    }
    if old.isStreaming != new.isStreaming {
      changes.append("rpc \(name) \(new.isStreaming ? "streams" : "no longer streams")")
    }
    for binding in old.http where !new.http.contains(binding) {
      changes.append("rpc \(name) no longer answers \(binding.verb) \(binding.path)")
    }
    return changes
  }
}

/// The product's messages, enums and methods by their full names.
private struct Inventory {
  var messages: [String: MessageDescriptor] = [:]
  var enums: [String: EnumDescriptor] = [:]
  var methods: [String: MethodDescriptor] = [:]

  init(_ files: [FileDescriptor]) {
    for file in files where file.package.hasPrefix("leadmesh.") {
      for message in file.allMessages { messages[message.fullName] = message }
      for type in file.allEnums { enums[type.fullName] = type }
      for service in file.services {
        for method in service.methods { methods["\(service.fullName).\(method.name)"] = method }
      }
    }
  }
}

extension FieldDescriptor {
  fileprivate var typeDescription: String { typeName.isEmpty ? "\(kind)" : typeName }

  fileprivate var cardinality: String {
    isRepeated ? "repeated" : isOptional ? "optional" : "singular"
  }
}
