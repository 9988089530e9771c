import Installed
import MeshAPI
import MeshCore
import MeshHTTP
import MeshZip
import ProtoDescriptors
import RecordsAPI

/// The REST API of all services, from their descriptors.
struct PublicAPI: Sendable {
  let schema: Schema
  let routes: RouteTable
  /// The API as an OpenAPI document.
  let document: [UInt8]
  /// Which service has which records.
  let objects: ObjectDirectory
  /// The services that have REST endpoints of their own, by name.
  let services: Set<String>
  /// Where the records of each kind are.
  let registry: IDRegistry

  /// Reads the descriptors of the installed services and of the methods that every service has.
  ///
  /// - Throws: when a method cannot be served as REST.
  init() throws(SchemaError) {
    let own = Installed.services.map { $0.descriptors.description }
    try self.init(
      descriptors: own + [
        MeshDescriptors.base64.description, RecordsDescriptors.base64.description,
      ]
    )
  }

  /// Reads descriptor sets in base 64.
  init(descriptors: [String]) throws(SchemaError) {
    var files: [FileDescriptor] = []
    for text in descriptors {
      guard let wire = Base64.decode(text),
        let more = try? readDescriptorSet(wire, leavingOut: Set(files.map(\.name)))
      else { throw SchemaError("a service's descriptors cannot be read") }
      files += more
    }
    schema = try Schema(files)
    routes = try RouteTable(files, schema: schema)
    document = OpenAPIDocument.json(files, routes: routes, schema: schema)
    objects = ObjectDirectory(files, routes: routes, schema: schema)
    registry = IDRegistry(files)
    let services = files.flatMap(\.services).flatMap(\.methods).filter { !$0.http.isEmpty }
      .compactMap { Self.service(of: $0.path) }
    // Methods that every service has are not a service of their own.
    self.services = Set(services).subtracting(["mesh", "records"])
  }

  /// Documents that describe the API, by their path below `/api/v1/`.
  var documents: StaticFiles {
    StaticFiles(contents: [
      "openapi.json": document, "openapi.json.gz": Gzip().compress(document),
    ])
  }

  /// The name of the service that has a method: `leads` of
  /// `/leadmesh.leads.v1.LeadsService/GetLead`.
  static func service(of rpc: String) -> String? {
    let parts = rpc.split(separator: ".")
    return parts.count > 2 ? String(parts[1]) : nil
  }
}
