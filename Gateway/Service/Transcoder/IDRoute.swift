import MeshCore
import MeshProto
import ProtoDescriptors

/// The services that have records, by the id prefixes of their kinds.
struct IDRegistry: Sendable {
  private let services: [String: String]
  private let names: Set<String>
  /// The service that gets ids of unknown kinds; it answers that they do not exist.
  let fallback: String?

  /// Reads the kinds of all records in the descriptors.
  init(_ files: [FileDescriptor]) {
    let kinds = files.flatMap(\.allEnums).flatMap(\.values)
    let prefixes = Dictionary(
      kinds.compactMap { value in value.kind.map { (value.number, $0.prefix) } },
      uniquingKeysWith: { first, _ in first }
    )
    var services: [String: String] = [:]
    for message in files.flatMap(\.allMessages) {
      guard let resource = message.resource, let prefix = prefixes[resource.kind],
        let service = PublicAPI.service(of: message.fullName)
      else { continue }
      services[prefix] = service
    }
    self.init(services)
  }

  init(_ services: [String: String]) {
    self.services = services
    names = Set(services.values)
    fallback = names.min()
  }

  /// The service that owns an id; nil for an id of an unknown kind.
  ///
  /// Operations on many records have ids whose prefix names the service: `leads_operation`.
  func service(of id: String) -> String? {
    guard let prefix = TypeID(id)?.prefix else { return nil }
    if let service = services[prefix] { return service }
    let ending = "_operation"
    guard prefix.hasSuffix(ending) else { return nil }
    let name = String(prefix.dropLast(ending.count))
    return names.contains(name) ? name : nil
  }
}

/// How the request of a method that every service has is split between services.
struct IDRoute: Sendable {
  /// The most ids in one request.
  static let mostIDs = 200

  let name: String
  let isRepeated: Bool
  private let number: Int

  /// Nil for a method of one service.
  ///
  /// - Throws: when the request has no such field.
  init?(_ method: MethodDescriptor, schema: Schema) throws(SchemaError) {
    guard let name = method.access?.routeBy, !name.isEmpty else { return nil }
    let shape = schema.messages[try schema.message(named: method.input)]
    guard let index = shape.index(named: Array(name.utf8)[...]),
      case .string = shape.fields[index].kind
    else { throw SchemaError("\(method.path): \(name) is no text of the request") }
    self.name = name
    number = shape.fields[index].number
    isRepeated = shape.fields[index].shape == .repeated
  }

  /// The request for each service, with only the ids that it owns.
  ///
  /// - Returns: nil when a single id is of an unknown kind.
  /// - Throws: INVALID_ARGUMENT for too many ids.
  func parts(of wire: [UInt8], _ registry: IDRegistry) throws(MeshError) -> SharedRequest? {
    let (ids, rest): ([String], WireOutput)
    do throws(WireError) {
      (ids, rest) = try split(wire)
    } catch {
      throw .internalFailure()
    }
    guard isRepeated else {
      return ids.last.flatMap { registry.service(of: $0) }.map { SharedRequest(parts: [$0: wire]) }
    }
    guard ids.count <= Self.mostIDs else {
      throw .invalid(name, "must have at most \(Self.mostIDs) entries")
    }
    var parts: [String: WireOutput] = [:]
    var order: [String] = []
    for id in ids {
      guard let service = registry.service(of: id) ?? registry.fallback else { continue }
      order.append(service)
      parts[service, default: rest].tag(number, .delimited)
      parts[service, default: rest].delimited(id.utf8)
    }
    if parts.isEmpty, let fallback = registry.fallback { parts[fallback] = rest }
    return SharedRequest(parts: parts.mapValues(\.bytes), order: order)
  }

  /// The field's values, and the rest of the request.
  private func split(_ wire: [UInt8]) throws(WireError) -> ([String], WireOutput) {
    var ids: [String] = []
    var rest = WireOutput()
    var scanner = WireScanner(wire)
    var start = 0
    while let (number, type) = try scanner.tag() {
      if number == self.number, type == .delimited {
        ids.append(try scanner.text())
      } else {
        try scanner.skip(type)
        rest.raw(wire[start..<scanner.position])
      }
      start = scanner.position
    }
    return (ids, rest)
  }
}

/// A request split between services.
struct SharedRequest {
  /// Each service's part, by the service's name.
  let parts: [String: [UInt8]]
  /// The service of each id, in the request's order; empty for a request with a single id.
  var order: [String] = []

  /// Merges the services' responses in the order of the request's ids.
  ///
  /// Each response is a list with one
  /// entry for each id sent to its service, in the same order.
  func joined(_ answers: [String: [UInt8]]) throws(WireError) -> [UInt8] {
    if order.isEmpty { return parts.keys.sorted().flatMap { answers[$0] ?? [] } }
    var entries: [String: ArraySlice<ArraySlice<UInt8>>] = [:]
    for (service, answer) in answers { entries[service] = try Self.fields(of: answer)[...] }
    var joined: [UInt8] = []
    for service in order { joined += entries[service]?.popFirst() ?? [] }
    return joined
  }

  /// The bytes of each field of a message, tags included.
  private static func fields(of wire: [UInt8]) throws(WireError) -> [ArraySlice<UInt8>] {
    var fields: [ArraySlice<UInt8>] = []
    var scanner = WireScanner(wire)
    var start = 0
    while let (_, type) = try scanner.tag() {
      try scanner.skip(type)
      fields.append(wire[start..<scanner.position])
      start = scanner.position
    }
    return fields
  }
}
