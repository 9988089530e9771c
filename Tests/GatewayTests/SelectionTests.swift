import MeshHTTP
import MeshProto
import Testing

@testable import GatewayService

@Suite struct `JSON of a list of some fields` {
  /// What a service answers, which has left out what was not asked for, as JSON.
  private func json(_ query: String, _ answer: String) throws -> String {
    let request = HTTPRequest(method: "GET", target: "/api/v1/found-things\(query)")
    guard
      case .endpoint(let endpoint, _) = TestSchema.routes.match("GET", path: request.path)
    else { return "" }
    let parameters = try #require(HTTPTarget.parameters(request.query))
    let wire = try endpoint.request(Endpoint.Parameters(query: parameters), body: [])
    let json = try WireToJSON.json(
      TestSchema.wire(answer, "FindThingsResponse"),
      message: endpoint.output,
      schema: TestSchema.schema,
      endpoint.selection(wire)
    )
    return String(decoding: json, as: UTF8.self)
  }

  @Test func `has no others, not even empty`() throws {
    let answer = #"{"things":[{"id":"a","etag":"1","title":"A"},{"id":"b","etag":"2"}]}"#
    #expect(
      try json("?fields=title", answer)
        == #"{"things":[{"id":"a","etag":"1","title":"A"},"#
        + #"{"id":"b","etag":"2","title":""}],"total":0}"#
    )
    #expect(
      try json("?fields=size", answer)
        == #"{"things":[{"id":"a","etag":"1","title":"A","size":"0"},"#
        + #"{"id":"b","etag":"2","size":"0"}],"total":0}"#
    )
  }

  @Test(arguments: ["", "?fields=", "?fields=*", "?words=x"])
  func `has all when none or all are named`(query: String) throws {
    #expect(
      try json(query, #"{"things":[{"id":"a"}],"best":{"zone":"z"}}"#)
        == #"{"things":[{"id":"a","etag":"","title":"","size":"0"}],"#
        + #""best":{"zone":"z","currency":""},"total":0}"#
    )
  }

  @Test func `leaves other messages of the answer whole`() throws {
    #expect(
      try json("?fields=settings", #"{"things":[{"settings":{}}],"best":{}}"#)
        == #"{"things":[{"id":"","etag":"","settings":{"zone":"","currency":""}}],"#
        + #""best":{"zone":"","currency":""},"total":0}"#
    )
  }
}
