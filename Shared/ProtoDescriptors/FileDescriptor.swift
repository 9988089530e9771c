/// A `.proto` file: what of FileDescriptorProto the generator and the checks need.
package struct FileDescriptor: Sendable {
  /// Path from the include folder, `leadmesh/leads/v1/lead.proto`.
  package let name: String
  package let package: String
  package let isProto3: Bool
  package let messages: [MessageDescriptor]
  package let enums: [EnumDescriptor]
  package let services: [ServiceDescriptor]
  package let location: SourceLocation

  init(_ proto: ProtoFields) throws(DescriptorError) {
    let locations = SourceLocations(proto.message(9))
    name = proto.text(1)
    package = proto.text(2)
    isProto3 = proto.text(12) == "proto3"
    let scope = Scope(name: package, path: [], locations: locations)
    messages = try scope.each(proto.messages(4), 4, MessageDescriptor.init)
    enums = try scope.each(proto.messages(5), 5, EnumDescriptor.init)
    services = try scope.each(proto.messages(6), 6, ServiceDescriptor.init)
    location = locations[[2]]
  }

  /// Every message, nested ones after those that hold them; entries of maps are left out.
  package var allMessages: [MessageDescriptor] { messages.flatMap(\.withNested) }

  /// Every message, entries of maps too.
  package var messagesAndEntries: [MessageDescriptor] { messages.flatMap(\.withEntries) }

  package var allEnums: [EnumDescriptor] { enums + allMessages.flatMap(\.enums) }
}

/// Reads the files of a FileDescriptorSet.
///
/// Sets of services share files that they import: those named in `known` are left out.
///
/// - Throws: when the bytes are no such set, or one beyond the limits.
package func readDescriptorSet(
  _ bytes: [UInt8],
  leavingOut known: Set<String> = []
) throws(DescriptorError) -> [FileDescriptor] {
  let set = try ProtoMessage(wire: bytes, as: DescriptorTables.fileSet)
  return try set.read { (set) throws(DescriptorError) in
    var files: [FileDescriptor] = []
    for file in set.messages(1) where !known.contains(file.text(1)) {
      files.append(try FileDescriptor(file))
    }
    return files
  }
}

/// Where a descriptor stands: the full name and the source path of what holds it.
struct Scope {
  let name: String
  let path: [Int]
  let locations: SourceLocations

  var location: SourceLocation { locations[path] }

  func fullName(_ name: String) -> String {
    self.name.isEmpty ? name : "\(self.name).\(name)"
  }

  private func element(_ index: Int, of number: Int) -> Scope {
    Scope(name: name, path: path + [number, index], locations: locations)
  }

  /// Makes descriptors of the elements of the field with that number.
  func each<T, Failure>(
    _ protos: [ProtoFields],
    _ number: Int,
    _ make: (ProtoFields, Scope) throws(Failure) -> T
  ) throws(Failure) -> [T] {
    var made: [T] = []
    made.reserveCapacity(protos.count)
    for (index, proto) in protos.enumerated() {
      made.append(try make(proto, element(index, of: number)))
    }
    return made
  }

  /// Makes descriptors of the messages within a message.
  func nestedMessages(_ wires: [[UInt8]]) throws(DescriptorError) -> [MessageDescriptor] {
    // Two parts of the path for each level.
    guard wires.isEmpty || path.count < 2 * DescriptorTables.maxDepth else { throw .tooDeep }
    var made: [MessageDescriptor] = []
    for (index, wire) in wires.enumerated() {
      let message = try ProtoMessage(wire: wire, as: DescriptorTables.message)
      made.append(
        try message.read { (proto) throws(DescriptorError) in
          try MessageDescriptor(proto, element(index, of: 3))
        }
      )
    }
    return made
  }
}

package struct MessageDescriptor: Sendable {
  package let name: String
  /// `leadmesh.leads.v1.Lead`.
  package let fullName: String
  package let fields: [FieldDescriptor]
  package let nested: [MessageDescriptor]
  package let enums: [EnumDescriptor]
  package let oneofs: [OneofDescriptor]
  /// Numbers that were used once and must not be again; the upper bound is not part of a range.
  package let reservedRanges: [Range<Int>]
  package let reservedNames: [String]
  package let isMapEntry: Bool
  /// `option (leadmesh.options.v1.resource)`: that it is a record.
  package let resource: ResourceTraits?
  package let location: SourceLocation

  init(_ proto: ProtoFields, _ scope: Scope) throws(DescriptorError) {
    name = proto.text(1)
    fullName = scope.fullName(name)
    let inner = Scope(name: fullName, path: scope.path, locations: scope.locations)
    fields = try inner.each(proto.messages(2), 2, FieldDescriptor.init)
    nested = try inner.nestedMessages(proto.byteValues(3))
    enums = try inner.each(proto.messages(4), 4, EnumDescriptor.init)
    oneofs = inner.each(proto.messages(8), 8, OneofDescriptor.init)
    reservedRanges = proto.messages(9).map { range in
      range.integer(1)..<max(range.integer(1), range.integer(2))
    }
    reservedNames = proto.texts(10)
    let options = try proto.options(7)
    isMapEntry = options?.flag(7) ?? false
    resource = try options?.message(ResourceTraits.extensionNumber).map(ResourceTraits.init)
    location = scope.location
  }

  package var withNested: [MessageDescriptor] {
    isMapEntry ? [] : [self] + nested.flatMap(\.withNested)
  }

  var withEntries: [MessageDescriptor] { [self] + nested.flatMap(\.withEntries) }

  package func field(_ name: String) -> FieldDescriptor? { fields.first { $0.name == name } }
}

package struct OneofDescriptor: Sendable {
  package let name: String
  package let location: SourceLocation

  init(_ proto: ProtoFields, _ scope: Scope) {
    name = proto.text(1)
    location = scope.location
  }
}

package struct FieldDescriptor: Sendable {
  package let name: String
  package let number: Int
  package let kind: Kind
  package let isRepeated: Bool
  /// Full name of the message or enum, without the leading dot; empty for a scalar.
  package let typeName: String
  /// Index into the message's oneofs; nil for fields outside of any, proto3 `optional` included.
  package let oneof: Int?
  package let isOptional: Bool
  package let isPacked: Bool
  /// `[(leadmesh.options.v1.field)]`.
  package let traits: FieldTraits
  package let location: SourceLocation

  /// FieldDescriptorProto.Type.
  package enum Kind: Int, Sendable {
    case double = 1
    case float, int64, uint64, int32, fixed64, fixed32, bool, string, group, message, bytes
    case uint32, `enum`, sfixed32, sfixed64, sint32, sint64
  }

  init(_ proto: ProtoFields, _ scope: Scope) throws(DescriptorError) {
    guard let kind = Kind(rawValue: proto.integer(5)) else { throw .malformed }
    self.kind = kind
    name = proto.text(1)
    number = proto.integer(3)
    isRepeated = proto.integer(4) == 3
    typeName = String(proto.text(6).drop { $0 == "." })
    isOptional = proto.flag(17)
    oneof = proto.has(9) && !isOptional ? proto.integer(9) : nil
    let options = try proto.options(8)
    let packable = kind != .string && kind != .bytes && kind != .message && kind != .group
    let unpacked = options.map { $0.has(2) && !$0.flag(2) } ?? false
    isPacked = isRepeated && packable && !unpacked
    traits = FieldTraits(try options?.message(FieldTraits.extensionNumber))
    location = scope.location
  }
}

package struct EnumDescriptor: Sendable {
  package let name: String
  package let fullName: String
  package let values: [EnumValueDescriptor]
  package let location: SourceLocation

  init(_ proto: ProtoFields, _ scope: Scope) throws(DescriptorError) {
    name = proto.text(1)
    fullName = scope.fullName(name)
    values = try scope.each(proto.messages(2), 2, EnumValueDescriptor.init)
    location = scope.location
  }
}

package struct EnumValueDescriptor: Sendable {
  package let name: String
  package let number: Int
  /// `[(leadmesh.type.v1.kind)]`.
  package let kind: KindTraits?
  package let location: SourceLocation

  init(_ proto: ProtoFields, _ scope: Scope) throws(DescriptorError) {
    name = proto.text(1)
    number = proto.integer(2)
    kind = try proto.options(3)?.message(KindTraits.extensionNumber).map(KindTraits.init)
    location = scope.location
  }
}
