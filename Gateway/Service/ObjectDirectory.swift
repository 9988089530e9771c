import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import ProtoDescriptors

/// Which service has the records of each kind, and where REST lists them, taken from the
/// descriptors.
struct ObjectDirectory: Sendable {
  struct Home: Sendable {
    let service: String
    /// Such as `/api/v1/leads`; empty when REST has no list of them.
    let collection: String
  }

  /// Keyed by the object's name.
  let homes: [String: Home]
  /// The lists that find records by words, in the order of their kinds.
  let searchable: [SearchableList]

  /// The services that have records.
  var services: Set<String> { Set(homes.values.map(\.service)) }

  init(_ files: [FileDescriptor], routes: RouteTable, schema: Schema) {
    let enums = files.flatMap(\.allEnums)
    let kinds = enums.first { $0.fullName == "leadmesh.type.v1.Kind" }?.values ?? []
    var homes: [String: Home] = [:]
    var searchable: [(kind: Int, list: SearchableList)] = []
    for message in files.flatMap(\.allMessages) {
      guard let resource = message.resource,
        let kind = kinds.first(where: { $0.number == resource.kind }),
        let service = PublicAPI.service(of: message.fullName)
      else { continue }
      let object = kind.name.dropFirst("KIND_".count).lowercased()
      let lists = Self.lists(of: message, routes, schema)
      homes[object] = Home(
        service: service,
        collection: lists.first?.template.text { _ in "" } ?? ""
      )
      let found = lists.lazy.compactMap { _, endpoint in
        SearchableList(object, of: service, resource, message, endpoint, schema)
      }
      if let list = found.first { searchable.append((kind.number, list)) }
    }
    self.homes = homes
    self.searchable = searchable.sorted { $0.kind < $1.kind }.map(\.list)
  }

  /// Each GET whose response has a page of such messages, with its path.
  private static func lists(
    of message: MessageDescriptor,
    _ routes: RouteTable,
    _ schema: Schema
  ) -> [(template: PathTemplate, endpoint: Endpoint)] {
    routes.endpoints.filter { template, endpoint in
      guard endpoint.httpMethod == "GET", template.variables.isEmpty else { return false }
      let output = schema.messages[endpoint.output]
      let isPaged = output.index(named: Array("next_page_token".utf8)[...]) != nil
      return isPaged
        && output.fields.contains { field in
          guard case .message(let inner) = field.kind, field.shape == .repeated else {
            return false
          }
          return schema.messages[inner].name == message.fullName
        }
    }
  }
}

// `leadmesh.mesh.v1.Objects` is offered by every service with records: REST calls the relevant
// ones. A search asks their lists (Search.swift).
extension Gateway {
  /// The response of a method that concerns every service with records; nil for any other method.
  func askHomes(
    _ request: APIRequest,
    _ endpoint: Endpoint,
    _ wire: [UInt8],
    _ credential: ChannelCredential
  ) async throws(Problem) -> [UInt8]? {
    switch endpoint.rpc {
    case ObjectsMethods.describeObjects.path:
      var objects: [ObjectDescription] = []
      for service in Set(parts.objects.homes.values.map(\.service)).sorted() {
        let reply = try await call(request, endpoint, wire, credential, service: service)
        objects += try decode(reply, DescribeObjectsResponse.self).objects
      }
      objects.sort { $0.name < $1.name }
      return DescribeObjectsResponse(objects: objects.map(placed)).wireBytes()
    case ObjectsMethods.describeObject.path:
      let name = try decode(wire, DescribeObjectRequest.self).object
      guard let home = parts.objects.homes[name] else {
        throw Problem(MeshError.notFound("object", name))
      }
      let reply = try await call(request, endpoint, wire, credential, service: home.service)
      return placed(try decode(reply, ObjectDescription.self)).wireBytes()
    case SearchMethods.searchRecords.path:
      return try await search(try decode(wire, SearchRecordsRequest.self).q, request, credential)
    default: return nil
    }
  }

  /// The description with its path in REST, which a service does not know.
  private func placed(_ object: ObjectDescription) -> ObjectDescription {
    var object = object
    object.collection = parts.objects.homes[object.name]?.collection ?? ""
    return object
  }

  private func decode<M: Message>(_ wire: [UInt8], _: M.Type) throws(Problem) -> M {
    guard let message = try? M(wire: wire) else { throw Problem(MeshError.internalFailure()) }
    return message
  }
}
