import Installed
import MeshCore
import ProtoDescriptors
import MeshHTTP
import Testing

@testable import GatewayService

@Suite struct `The public API` {
  @Test func `has the endpoints of every service that is installed`() throws {
    for service in Installed.services {
      let api = try PublicAPI(descriptors: [service.descriptors.description])
      #expect(api.services == [service.name])
    }
    #expect(try PublicAPI().services == Set(Installed.services.map(\.name)))
  }
}

@Suite struct `Routes from annotations` {
  /// What a request comes to: the method it calls, with its variables and its wire request as JSON.
  private func call(
    _ method: String,
    _ target: String,
    body: String = "",
    key: String? = nil,
    ifMatch: String? = nil
  ) throws -> (rpc: String, request: String) {
    let request = HTTPRequest(method: method, target: target)
    guard
      case .endpoint(let endpoint, let variables) = TestSchema.routes.match(
        method,
        path: request.path
      )
    else { return ("none", "") }
    let query = try #require(HTTPTarget.parameters(request.query))
    let wire = try endpoint.request(
      Endpoint.Parameters(
        variables: variables,
        query: query,
        idempotencyKey: key,
        ifMatch: ifMatch
      ),
      body: Array(body.utf8)
    )
    let json = try WireToJSON.json(wire, message: endpoint.input, schema: TestSchema.schema)
    return (endpoint.rpc, String(decoding: json, as: UTF8.self))
  }

  private func refusal(
    _ method: String,
    _ target: String,
    body: String = ""
  ) -> (path: String, rule: String)? {
    do {
      _ = try call(method, target, body: body)
      return nil
    } catch {
      return (error as? JSONError).map { ($0.path, $0.rule) }
    }
  }

  @Test func `bind the path's variables, decoded`() throws {
    let get = try call("GET", "/api/v1/things/a%20b%2Fc")
    #expect(get.rpc == "/test.v1.Things/GetThing")
    #expect(get.request == #"{"id":"a b/c"}"#)
    let move = try call("POST", "/api/v1/things/t1:move", body: #"{"place":"here","id":"other"}"#)
    #expect(move.rpc == "/test.v1.Things/MoveThing")
    #expect(move.request == #"{"id":"t1","place":"here"}"#)
    #expect(try call("POST", "/api/v1/auth:login", body: "{}").rpc == "/test.v1.Things/Login")
    #expect(try call("HEAD", "/api/v1/things/t1").rpc == "/test.v1.Things/GetThing")
  }

  @Test func `take a body for a field and derive the mask of a PATCH from it`() throws {
    let update = try call(
      "PATCH",
      "/api/v1/things/t1",
      body: #"{"etag":"e1","title":"x","size":null,"settings":{"zone":"UTC"},"id":"t2","#
        + #""due":"2026-01-01T00:00:00Z"}"#,
      key: "k1"
    )
    #expect(update.rpc == "/test.v1.Things/UpdateThing")
    #expect(
      update.request
        == #"{"thing":{"id":"t1","etag":"e1","title":"x","size":"0","settings":{"zone":"UTC","#
        + #""currency":""},"due":"2026-01-01T00:00:00Z"},"#
        + #""update_mask":"title,size,settings.zone,due","request_id":"k1"}"#
    )
    let masked = try call(
      "PATCH",
      "/api/v1/things/t1?update_mask=title,size",
      body: #"{"title":"x"}"#
    )
    #expect(masked.request.contains(#""update_mask":"title,size""#))
  }

  @Test func `take If-Match as the etag of the resource or of the request`() throws {
    let update = try call(
      "PATCH",
      "/api/v1/things/t1",
      body: #"{"etag":"old","title":"x"}"#,
      ifMatch: "e2"
    )
    #expect(update.request.contains(#""etag":"e2""#))
    let delete = try call("DELETE", "/api/v1/things/t1", ifMatch: "e3")
    #expect(delete.request == #"{"id":"t1","etag":"e3"}"#)
    #expect(try call("GET", "/api/v1/things/t1", ifMatch: "e4").request == #"{"id":"t1"}"#)
  }

  @Test func `map query parameters to fields, nested and repeated ones too`() throws {
    let list = try call(
      "GET",
      "/api/v1/things?filter=a+%3D%3D+1&page_size=50&tags=x&tags=y&settings.zone=UTC"
        + "&after=2026-01-01T00:00:00Z&color=COLOR_RED&deep=true&settings.currency=EUR"
    )
    #expect(
      list.request
        == #"{"filter":"a == 1","page_size":50,"tags":["x","y"],"#
        + #""settings":{"zone":"UTC","currency":"EUR"},"after":"2026-01-01T00:00:00Z","#
        + #""color":"COLOR_RED","deep":true}"#
    )
  }

  @Test(
    arguments: [
      ("GET", "/api/v1/things?nope=1", "", "nope", "is not a known parameter"),
      ("GET", "/api/v1/things?settings=1", "", "settings", "is not a known parameter"),
      ("GET", "/api/v1/things?settings.x=1", "", "settings.x", "is not a known parameter"),
      ("GET", "/api/v1/things?page_size=x", "", "page_size", "must be a whole number"),
      ("GET", "/api/v1/things?page_size=1&page_size=2", "", "page_size", "is given twice"),
      ("GET", "/api/v1/things?deep=yes", "", "deep", "must be true or false"),
      ("GET", "/api/v1/things?color=red", "", "color", "must be one of the field's values"),
      ("GET", "/api/v1/things/t1?id=t2", "", "id", "is not a known parameter"),
      ("GET", "/api/v1/things", "{}", "", "must be empty"),
      ("POST", "/api/v1/things/t1:move?place=x", "{}", "place", "is not a known parameter"),
      ("POST", "/api/v1/things?thing.title=x", "{}", "thing.title", "is not a known parameter"),
      ("POST", "/api/v1/things", #"{"titel":"x"}"#, "titel", "is not a known field"),
      (
        "PATCH", "/api/v1/things/t1", #"{"etag":"x"}"#, "body",
        "must name a field that can be changed, not only “etag”"
      ),
      ("PATCH", "/api/v1/things/t1", "{}", "body", "must name a field to change"),
      ("PATCH", "/api/v1/things/t1", #"{"nope":"x"}"#, "nope", "is not a known field"),
      (
        "PATCH", "/api/v1/things/t1", #"{"settings":{"nope":"x"}}"#, "settings.nope",
        "is not a known field"
      ),
      ("PATCH", "/api/v1/things/t1", #"{"nope":"x","title":"y"}"#, "nope", "is not a known field"),
    ])
  func `refuse what fits no field, by name`(
    method: String,
    target: String,
    body: String,
    path: String,
    rule: String
  ) throws {
    let refused = try #require(refusal(method, target, body: body))
    #expect(refused.path == path)
    #expect(refused.rule.hasPrefix(rule), "\(refused.rule)")
  }

  @Test func `know paths from methods`() {
    func methods(_ method: String, _ path: String) -> [String]? {
      if case .methods(let methods) = TestSchema.routes.match(method, path: path[...]) {
        return methods
      }
      return nil
    }
    #expect(methods("PUT", "/api/v1/things") == ["GET", "HEAD", "POST"])
    #expect(methods("GET", "/api/v1/things/t1:move") == ["POST"])
    for path in [
      "/api/v1/thing", "/api/v1/things/", "/api/v1/things/a/b", "/", "", "/api/v1/auth:x",
    ] {
      guard case .none = TestSchema.routes.match("GET", path: path[...]) else {
        Issue.record("\(path) has a route")
        continue
      }
    }
    guard case .malformed = TestSchema.routes.match("GET", path: "/api/v1/things/%zz") else {
      Issue.record("a broken percent-encoding has a route")
      return
    }
  }

  @Test(
    arguments: [
      ("/api/{id=things/*}", ""), ("/api/{id}/", ""), ("/api/**", ""), ("/api/x{id}", ""),
      ("api/x", ""), ("/api/x:", ""), ("/api/{nope}", ""), ("/api/{id}", "nope"),
      ("/api/{id}", "id"),
    ])
  func `refuse at start what cannot be served`(path: String, body: String) throws {
    var builder = DescriptorBuilder()
    builder.file("bad.v1") { file in
      file.message("Request", .init("id", 1, .string))
      file.service("Bad", ("Get", "bad.v1.Request", "bad.v1.Request", "GET", path, body))
    }
    let files = try readDescriptorSet(builder.wire)
    let schema = try Schema(files)
    #expect(throws: SchemaError.self) { try RouteTable(files, schema: schema) }
  }
}
