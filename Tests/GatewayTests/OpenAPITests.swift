import MeshCore
import MeshHTTP
import MeshLoop
import Testing

@testable import GatewayService

/// JSON as the test looks at it.
private indirect enum Node {
  case object([String: Node])
  case list([Node])
  case text(String)
  case other

  init(_ json: [UInt8]) throws {
    var reader = JSONReader(json)
    self = try Node(&reader)
    try reader.finish()
  }

  private init(_ reader: inout JSONReader) throws {
    switch try reader.peek() {
    case .object:
      var members: [String: Node] = [:]
      try reader.beginObject()
      while let key = try reader.nextKey() {
        let name = String(decoding: key, as: UTF8.self)
        try #require(members.updateValue(try Node(&reader), forKey: name) == nil, "\(name) twice")
      }
      self = .object(members)
    case .array:
      var values: [Node] = []
      try reader.beginArray()
      while try reader.nextElement() { values.append(try Node(&reader)) }
      self = .list(values)
    case .string: self = .text(String(decoding: try reader.string(), as: UTF8.self))
    default:
      try reader.skip()
      self = .other
    }
  }

  /// What lies at a path of keys.
  subscript(_ path: String...) -> Node? {
    path.reduce(self) { node, key in
      if case .object(let members)? = node { members[key] } else { nil }
    }
  }

  var keys: Set<String> {
    if case .object(let members) = self { Set(members.keys) } else { [] }
  }

  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  var texts: [String] {
    if case .list(let values) = self { values.compactMap(\.text) } else { [] }
  }

  var references: [String] {
    switch self {
    case .object(let members):
      members.flatMap { key, value in
        key == "$ref" ? [value.text ?? "no text"] : value.references
      }
    case .list(let values): values.flatMap(\.references)
    case .text, .other: []
    }
  }
}

@Suite struct `The OpenAPI document` {
  private let api: PublicAPI
  private let document: Node

  init() throws {
    api = try PublicAPI()
    document = try Node(api.document)
  }

  private func schema(_ name: String) -> Node? { document["components", "schemas", name] }

  @Test func `has every route with an operation of its own`() throws {
    #expect(document["openapi"]?.text == "3.1.0")
    var ids: Set<String> = []
    var found = 0
    let paths = try #require(document["paths"])
    for path in paths.keys where path != Gateway.eventsPath {
      for method in paths[path]?.keys ?? [] {
        // A path of the document, with its variables as they are, is one that the table routes.
        guard
          case .endpoint(let endpoint, _) = api.routes.match(method.uppercased(), path: path[...])
        else {
          Issue.record("\(method) \(path) has no route")
          continue
        }
        let id = try #require(paths[path, method, "operationId"]?.text)
        #expect(ids.insert(id).inserted)
        let name = try #require(endpoint.rpc.split(separator: "/").last)
        #expect(id.hasSuffix("_\(name)"))
        found += 1
      }
    }
    #expect(found == api.routes.endpoints.count && found > 30)
  }

  @Test func `has the events, which are no method of a service`() {
    let events = document["paths", Gateway.eventsPath, "get"]
    #expect(events?["responses", "200", "content", "text/event-stream"] != nil)
  }

  @Test func `has what it refers to`() {
    #expect(document.references.count > 50)
    for reference in document.references {
      let parts = reference.split(separator: "/").map(String.init)
      #expect(parts.count == 4 && parts[0] == "#")
      #expect(document[parts[1], parts[2], parts[3]] != nil, "\(reference)")
    }
  }

  @Test func `says of a field what its declaration says`() throws {
    let lead = try #require(schema("leadmesh.leads.v1.Lead")?["properties"])
    #expect(lead["email", "title"]?.text == "E-mail")
    #expect(lead["id", "readOnly"] != nil && lead["etag", "readOnly"] == nil)
    #expect(lead["create_time", "format"]?.text == "date-time")
    #expect(lead["annual_revenue", "$ref"]?.text == "#/components/schemas/leadmesh.type.v1.Money")
    let money = try #require(schema("leadmesh.type.v1.Money"))
    #expect(money["properties", "amount_minor", "type"]?.text == "string")
    let rule = try #require(schema("leadmesh.leads.v1.ScoringRule"))
    #expect(rule["required"]?.texts.isEmpty == false)
    let changes = try #require(schema("leadmesh.leads.v1.ScoringRule.Changes"))
    #expect(changes["required"] == nil && changes["properties", "id"] == nil)
    #expect(changes["properties", "etag"] != nil)
  }

  @Test func `says what a request takes from path, query, header and body`() throws {
    func parameters(_ path: String, _ method: String) throws -> Set<String> {
      guard case .list(let values)? = document["paths", path, method, "parameters"] else {
        return []
      }
      return Set(
        values.map { "\($0["in"]?.text ?? "") \($0["name"]?.text ?? "")" }
      )
    }
    #expect(
      try parameters("/api/v1/leads/{id}", "patch")
        == ["path id", "header Idempotency-Key", "header If-Match", "query update_mask"]
    )
    #expect(try parameters("/api/v1/leads", "get").isSuperset(of: ["query filter", "query query"]))
    let export = try #require(document["paths", "/api/v1/leads:export", "get", "responses", "200"])
    #expect(export["content"]?.keys == ["text/csv"])
    let login = try #require(document["paths", "/api/v1/auth:login", "post"])
    #expect(
      login["requestBody", "content", "application/json", "schema", "properties", "email"] != nil
    )
    guard case .list(let security)? = login["security"] else {
      Issue.record("a login needs a login")
      return
    }
    #expect(security.isEmpty)
  }

  @LoopActor
  @Test func `is open to all on a tenant's host, and on no other`() async throws {
    let mesh = try TestMesh()
    let response = await mesh.send("GET", "/api/v1/openapi.json")
    #expect(response.status == 200 && response.headers["content-type"] == "application/json")
    #expect(response.body == api.document)
    #expect(await mesh.send("POST", "/api/v1/openapi.json").status == 405)
    #expect(await mesh.send("GET", "/api/v1/openapi.json", host: "nobody.localhost").status == 404)
    #expect(mesh.services.sent.isEmpty)
  }
}
