import MeshCore
import MeshHTTP
import MeshLoop

extension Gateway {
  /// Where browsers read events.
  nonisolated static let eventsPath = "/api/v1/events"
  nonisolated static let lastEventParameter = "last_event_id"

  /// Answers with the caller's event stream.
  func events(_ request: APIRequest) async throws(Problem) -> HTTPResponse {
    let session = try eventsSession(request)
    let hub = parts.events
    let stream = try await hub.open(session, lastID: try lastEventID(request.http))
    var response = HTTPResponse(
      200,
      headers: [
        "content-type": "text/event-stream", "cache-control": "no-store, no-transform",
        // Some proxies gather answers unless they are told not to.
        "x-accel-buffering": "no",
      ]
    )
    response.stream = HTTPBodyStream(
      began: { stream.began($0) },
      ended: { hub.close(stream) },
      endless: { try await stream.next() }
    )
    return response
  }

  /// The caller of a request for events.
  func eventsSession(_ request: APIRequest) throws(Problem) -> Session {
    guard request.http.method == "GET" else { throw .methodNotAllowed(["GET"]) }
    return try authenticate(request)
  }

  /// The last id that the browser had: it sends a header by itself, which scripts cannot set.
  private func lastEventID(_ request: HTTPRequest) throws(Problem) -> String? {
    guard let query = HTTPTarget.parameters(request.query) else {
      throw Problem(400, .invalidArgument, .malformed, "the query is not properly encoded")
    }
    if let unknown = query.first(where: { $0.name != Self.lastEventParameter }) {
      throw Problem(
        JSONError(.unknownField, "is not a known parameter").within(unknown.name)
      )
    }
    let id = request.headers["last-event-id"] ?? query.last?.value ?? ""
    return id.isEmpty ? nil : id
  }
}
