package import MeshProto

/// A `.proto` file: what of FileDescriptorProto the generator and the checks need.
package struct FileDescriptor {
  /// Path from the include folder, `leadmesh/leads/v1/lead.proto`.
  package let name: String
  let package: String
  let isProto3: Bool
  let messages: [MessageDescriptor]
  let enums: [EnumDescriptor]
  let services: [ServiceDescriptor]
  let location: SourceLocation
  /// The descriptor without its source information.
  let wire: DynamicMessage

  init(_ proto: DynamicMessage) throws(WireError) {
    let locations = try SourceLocations(proto.message(9))
    name = proto.text(1)
    package = proto.text(2)
    isProto3 = proto.text(12) == "proto3"
    let scope = Scope(name: package, path: [], locations: locations)
    messages = try scope.each(proto.messages(4), 4, MessageDescriptor.init)
    enums = try scope.each(proto.messages(5), 5, EnumDescriptor.init)
    services = try scope.each(proto.messages(6), 6, ServiceDescriptor.init)
    location = locations[[2]]
    var stripped = proto
    stripped.fields.removeAll { $0.number == 9 }
    wire = stripped
  }

  /// Every message, nested ones after those that hold them; entries of maps are left out.
  var allMessages: [MessageDescriptor] { messages.flatMap(\.withNested) }

  var allEnums: [EnumDescriptor] { enums + allMessages.flatMap(\.enums) }
}

/// Reads the files of a FileDescriptorSet.
package func readDescriptorSet(_ bytes: [UInt8]) throws(WireError) -> [FileDescriptor] {
  var files: [FileDescriptor] = []
  for file in try DynamicMessage(descriptor: bytes).messages(1) {
    files.append(try FileDescriptor(file))
  }
  return files
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

  func each<T>(
    _ protos: [DynamicMessage],
    _ number: Int,
    _ make: (DynamicMessage, Scope) throws(WireError) -> T
  ) throws(WireError) -> [T] {
    var made: [T] = []
    for (index, proto) in protos.enumerated() {
      let scope = Scope(name: name, path: path + [number, index], locations: locations)
      made.append(try make(proto, scope))
    }
    return made
  }
}

struct MessageDescriptor {
  let name: String
  /// `leadmesh.leads.v1.Lead`.
  let fullName: String
  let fields: [FieldDescriptor]
  let nested: [MessageDescriptor]
  let enums: [EnumDescriptor]
  let oneofs: [OneofDescriptor]
  /// Numbers that were used once and must not be again; the upper bound is not part of a range.
  let reservedRanges: [Range<Int>]
  let reservedNames: [String]
  let isMapEntry: Bool
  /// `option (leadmesh.options.v1.resource)`: that it is a record.
  let resource: ResourceTraits?
  let location: SourceLocation

  init(_ proto: DynamicMessage, _ scope: Scope) throws(WireError) {
    name = proto.text(1)
    fullName = scope.fullName(name)
    let inner = Scope(name: fullName, path: scope.path, locations: scope.locations)
    fields = try inner.each(proto.messages(2), 2, FieldDescriptor.init)
    nested = try inner.each(proto.messages(3), 3, MessageDescriptor.init)
    enums = try inner.each(proto.messages(4), 4, EnumDescriptor.init)
    oneofs = try inner.each(proto.messages(8), 8, OneofDescriptor.init)
    reservedRanges = try proto.messages(9).map { range in
      range.integer(1)..<max(range.integer(1), range.integer(2))
    }
    reservedNames = proto.texts(10)
    let options = try proto.message(7)
    isMapEntry = options?.flag(7) ?? false
    resource = try options?.message(ResourceTraits.extensionNumber).map(ResourceTraits.init)
    location = scope.location
  }

  var withNested: [MessageDescriptor] {
    isMapEntry ? [] : [self] + nested.flatMap(\.withNested)
  }

  func field(_ name: String) -> FieldDescriptor? { fields.first { $0.name == name } }
}

struct OneofDescriptor {
  let name: String
  let location: SourceLocation

  init(_ proto: DynamicMessage, _ scope: Scope) throws(WireError) {
    name = proto.text(1)
    location = scope.location
  }
}

struct FieldDescriptor {
  let name: String
  let number: Int
  let kind: Kind
  let isRepeated: Bool
  /// Full name of the message or enum, without the leading dot; empty for a scalar.
  let typeName: String
  /// Index into the message's oneofs; nil for fields outside of any, proto3 `optional` included.
  let oneof: Int?
  let isOptional: Bool
  let isPacked: Bool
  /// `[(leadmesh.options.v1.field)]`.
  let traits: FieldTraits
  let location: SourceLocation

  /// FieldDescriptorProto.Type.
  enum Kind: Int {
    case double = 1
    case float, int64, uint64, int32, fixed64, fixed32, bool, string, group, message, bytes
    case uint32, `enum`, sfixed32, sfixed64, sint32, sint64
  }

  init(_ proto: DynamicMessage, _ scope: Scope) throws(WireError) {
    guard let kind = Kind(rawValue: proto.integer(5)) else { throw .malformed }
    self.kind = kind
    name = proto.text(1)
    number = proto.integer(3)
    isRepeated = proto.integer(4) == 3
    typeName = String(proto.text(6).drop { $0 == "." })
    isOptional = proto.flag(17)
    oneof = proto.has(9) && !isOptional ? proto.integer(9) : nil
    let options = try proto.message(8)
    let packable = kind != .string && kind != .bytes && kind != .message && kind != .group
    let unpacked = options.map { $0.has(2) && !$0.flag(2) } ?? false
    isPacked = isRepeated && packable && !unpacked
    traits = FieldTraits(try options?.message(FieldTraits.extensionNumber))
    location = scope.location
  }
}

struct EnumDescriptor {
  let name: String
  let fullName: String
  let values: [EnumValueDescriptor]
  let location: SourceLocation

  init(_ proto: DynamicMessage, _ scope: Scope) throws(WireError) {
    name = proto.text(1)
    fullName = scope.fullName(name)
    values = try scope.each(proto.messages(2), 2, EnumValueDescriptor.init)
    location = scope.location
  }
}

struct EnumValueDescriptor {
  let name: String
  let number: Int
  /// `[(leadmesh.type.v1.kind)]`.
  let kind: KindTraits?
  let location: SourceLocation

  init(_ proto: DynamicMessage, _ scope: Scope) throws(WireError) {
    name = proto.text(1)
    number = proto.integer(2)
    kind = try proto.message(3)?.message(KindTraits.extensionNumber).map(KindTraits.init)
    location = scope.location
  }
}
