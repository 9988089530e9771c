import MeshRPC
import ProtoDescriptors

/// The REST API as an OpenAPI 3.1 document, generated from the descriptors that also serve it.
struct OpenAPIDocument {
  private let routes: RouteTable
  private let schema: Schema
  private var components: SchemaComponents
  private var operationIDs: Set<String> = []

  init(_ files: [FileDescriptor], routes: RouteTable, schema: Schema) {
    self.routes = routes
    self.schema = schema
    components = SchemaComponents(files)
  }

  /// The document's JSON.
  static func json(_ files: [FileDescriptor], routes: RouteTable, schema: Schema) -> [UInt8] {
    var document = OpenAPIDocument(files, routes: routes, schema: schema)
    return document.tree().bytes
  }

  private mutating func tree() -> JSONTree {
    let paths = paths()
    return .object([
      "openapi": "3.1.0",
      "info": .object(["title": "Leadmesh", "version": "v1"]),
      "servers": .list([.object(["url": "/"])]),
      "security": .list([
        .object(["bearer": .list([])]), .object(["session": .list([])]),
      ]),
      "paths": paths,
      "components": .object([
        "schemas": components.all,
        "responses": .object(["Problem": Self.problem]),
        "securitySchemes": Self.securitySchemes,
      ]),
    ])
  }

  // MARK: Paths

  private mutating func paths() -> JSONTree {
    // Paths that differ only in the names of their variables are one path.
    var order: [String] = []
    var paths: [String: Path] = [:]
    for (template, endpoint) in routes.endpoints {
      let shape = template.text { _ in "" }
      if paths[shape] == nil {
        order.append(shape)
        paths[shape] = Path(template)
      }
      guard let names = paths[shape]?.variables else { continue }
      let operation = operation(endpoint, names)
      paths[shape]?.operations.append((endpoint.httpMethod.lowercased(), operation))
    }
    return .object(
      order.compactMap { paths[$0] }.map { ($0.name, .object($0.operations)) }
        + [(Self.events.name, Self.events.path)]
    )
  }

  private struct Path {
    let name: String
    let variables: [String]
    var operations: [(key: String, value: JSONTree)] = []

    /// Names each variable by the last part of the field it sets, as `id` of `lead.id`.
    init(_ template: PathTemplate) {
      var names = template.variables.map { String($0.split(separator: ".").last ?? "") }
      if Set(names).count < names.count {
        names = template.variables.map { $0.split(separator: ".").joined(separator: "_") }
      }
      variables = names
      name = template.text { names[$0] }
    }
  }

  private mutating func operation(_ endpoint: Endpoint, _ variables: [String]) -> JSONTree {
    let parts = endpoint.rpc.split { $0 == "/" || $0 == "." }
    let method = String(parts.last ?? "")
    var id = parts.suffix(2).joined(separator: "_")
    // Of a method with several ways to call it, the first has its plain name.
    while !operationIDs.insert(id).inserted { id = "\(endpoint.httpMethod.lowercased())_\(id)" }
    var members: [(key: String, value: JSONTree)] = [
      ("operationId", .text(id)), ("summary", .text(Self.sentence(method))),
      ("tags", .texts([PublicAPI.service(of: endpoint.rpc) ?? "mesh"])),
    ]
    if Gateway.needsNoToken(endpoint.rpc) { members.append(("security", .list([]))) }
    let parameters = parameters(endpoint, variables)
    if !parameters.isEmpty { members.append(("parameters", .list(parameters))) }
    if let body = body(endpoint) {
      members.append(
        (
          "requestBody",
          .object([
            "required": .bool(true), "content": .object(["application/json": body]),
          ])
        )
      )
    }
    members.append(("responses", responses(endpoint)))
    return .object(members)
  }

  /// `ListScoringRules` as "List scoring rules".
  private static func sentence(_ method: String) -> String {
    var text = ""
    for character in method {
      if character.isUppercase, !text.isEmpty {
        text += " \(character.lowercased())"
      } else {
        text.append(character)
      }
    }
    return text
  }

  // MARK: Requests

  private mutating func parameters(_ endpoint: Endpoint, _ names: [String]) -> [JSONTree] {
    let request = schema.messages[endpoint.input]
    var parameters: [JSONTree] = []
    for (path, name) in zip(endpoint.variables, names) {
      parameters.append(
        .object([
          "name": .text(name), "in": "path", "required": .bool(true),
          "schema": components.parameter(path.name, of: request.name),
        ])
      )
    }
    var headers: [FieldPath] = []
    if let key = endpoint.idempotencyKey {
      headers.append(key)
      parameters.append(
        header("Idempotency-Key", "The same key has one effect for 24 hours.", maxLength: 128)
      )
    }
    if let etag = endpoint.etag, endpoint.httpMethod != "GET" {
      headers.append(etag)
      parameters.append(header("If-Match", "The etag of what was read."))
    }
    for path in queryPaths(endpoint) where !headers.contains(path) {
      parameters.append(
        .object([
          "name": .text(path.name), "in": "query",
          "schema": components.parameter(path.name, of: request.name),
        ])
      )
    }
    return parameters
  }

  private func header(_ name: String, _ text: String, maxLength: Int64? = nil) -> JSONTree {
    let length = maxLength.map { [(key: "maxLength", value: JSONTree.integer($0))] } ?? []
    return .object([
      "name": .text(name), "in": "header", "description": .text(text),
      "schema": .object([("type", "string")] + length),
    ])
  }

  /// The fields of a request that its query can set.
  private func queryPaths(_ endpoint: Endpoint) -> [FieldPath] {
    if case .whole = endpoint.body { return [] }
    let request = schema.messages[endpoint.input]
    return leaves(of: request, in: request, prefix: "", depth: 0)
      .filter { !endpoint.isTaken($0) }
  }

  private func leaves(
    of message: MessageShape,
    in request: MessageShape,
    prefix: String,
    depth: Int
  ) -> [FieldPath] {
    // A recursive message has endless leaves; deeper ones are not listed but can still be sent.
    guard depth < 4 else { return [] }
    return message.fields.flatMap { field in
      let name = prefix + message.name(of: field)
      if let path = FieldPath(name, in: request, schema: schema) { return [path] }
      guard case .message(let inner) = field.kind, field.shape == .singular,
        case .fields = schema.messages[inner].form
      else { return [] }
      return leaves(
        of: schema.messages[inner],
        in: request,
        prefix: "\(name).",
        depth: depth + 1
      )
    }
  }

  private mutating func body(_ endpoint: Endpoint) -> JSONTree? {
    let request = schema.messages[endpoint.input]
    switch endpoint.body {
    case .none: return nil
    case .whole:
      let fields = Set(endpoint.variables.map(\.name) + [endpoint.idempotencyKey?.name ?? ""])
      return .object(["schema": components.body(request.name, without: fields)])
    case .field(let index):
      guard case .message(let message) = request.fields[index].kind else { return nil }
      let use: SchemaComponents.Use = endpoint.httpMethod == "PATCH" ? .changes : .whole
      return .object(["schema": components.message(schema.messages[message].name, use)])
    }
  }

  // MARK: Responses

  private mutating func responses(_ endpoint: Endpoint) -> JSONTree {
    if let download = endpoint.download {
      return responses(.object(["type": "string"]), as: download.contentType)
    }
    var answer = components.message(schema.messages[endpoint.output].name)
    let added = Gateway.addedFields(to: endpoint.rpc)
    if !added.isEmpty {
      let properties = JSONTree.object(added.map { ($0, .object(["type": "string"])) })
      answer = .object([
        "allOf": .list([answer, .object(["type": "object", "properties": properties])])
      ])
    }
    return responses(answer, as: "application/json")
  }

  private func responses(_ answer: JSONTree, as type: String) -> JSONTree {
    .object([
      "200": .object([
        "description": "Done.",
        "content": .object([(type, .object(["schema": answer]))]),
      ]),
      "default": .object(["$ref": "#/components/responses/Problem"]),
    ])
  }

  private static let problem = JSONTree.object([
    "description": "A refusal (RFC 9457).",
    "content": .object([
      "application/problem+json": .object([
        "schema": .object([
          "type": "object",
          "required": .texts(["type", "title", "status", "detail", "code", "reason", "errors"]),
          "properties": .object([
            "type": .object(["type": "string"]), "title": .object(["type": "string"]),
            "status": .object(["type": "integer"]), "detail": .object(["type": "string"]),
            "code": .object(["type": "string"]), "reason": .object(["type": "string"]),
            "errors": .object(["type": "array", "items": violation]),
            "metadata": .object([
              "type": "object", "additionalProperties": .object(["type": "string"]),
            ]),
          ]),
        ])
      ])
    ]),
  ])

  private static let violation = JSONTree.object([
    "type": "object",
    "required": .texts(["field", "rule"]),
    "properties": .object([
      "field": .object(["type": "string"]), "rule": .object(["type": "string"]),
    ]),
  ])

  private static let securitySchemes = JSONTree.object([
    "bearer": .object(["type": "http", "scheme": "bearer"]),
    "session": .object([
      "type": "apiKey", "in": "cookie", "name": .text(Session.cookieName),
      "description": "A change needs the header X-CSRF-Token, too.",
    ]),
  ])
}

extension PathTemplate {
  /// The path with each variable in braces as `name` calls it, by its place.
  func text(_ name: (Int) -> String) -> String {
    var text = ""
    var place = 0
    for segment in segments {
      switch segment {
      case .literal(let literal): text += "/\(literal)"
      case .variable:
        text += "/{\(name(place))}"
        place += 1
      }
    }
    return verb.isEmpty ? text : "\(text):\(verb)"
  }
}
