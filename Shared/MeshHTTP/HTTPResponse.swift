import MeshLoop

/// An answer: whole, or with a body that is made while it is sent.
///
/// The server adds `Date`, `Content-Length` or `Transfer-Encoding`, and `Connection`; to HEAD it sends
/// the length of `body` without the body.
package struct HTTPResponse: Sendable {
  package var status: Int
  package var headers: HTTPHeaders
  package var body: [UInt8]
  /// Gives the body piece by piece, in place of `body`; not asked to answer HEAD.
  package var stream: HTTPBodyStream?

  package init(_ status: Int, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The reason phrase of RFC 9110, section 15; empty for a status it does not name.
  package static func reason(_ status: Int) -> String {
    switch status {
    case 100: "Continue"
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 204: "No Content"
    case 206: "Partial Content"
    case 301: "Moved Permanently"
    case 302: "Found"
    case 303: "See Other"
    case 304: "Not Modified"
    case 307: "Temporary Redirect"
    case 308: "Permanent Redirect"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 411: "Length Required"
    case 412: "Precondition Failed"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 415: "Unsupported Media Type"
    case 417: "Expectation Failed"
    case 421: "Misdirected Request"
    case 422: "Unprocessable Content"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 499: "Client Closed Request"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    case 505: "HTTP Version Not Supported"
    default: ""
    }
  }
}

/// A body of unknown length.
///
/// The next piece is asked for once the client has taken the one before, so that no more than one is
/// held, however slowly the client reads.
package struct HTTPBodyStream: Sendable {
  /// The next piece; nil at the end.
  ///
  /// What it throws cuts the connection, by which the client knows that the body is not whole.
  package let next: @Sendable @LoopActor () async throws -> [UInt8]?
  /// Gets what closes the connection at once, when the body begins.
  package let began: @Sendable @LoopActor (_ cut: @escaping @LoopActor () -> Void) -> Void
  /// Called once, when no more pieces are asked for, whatever the reason; also when none ever was.
  package let ended: @Sendable @LoopActor () -> Void
  /// Whether it has no end of its own, as events have: it may pause for any time, and ends when its client
  /// sends no more.
  package let isEndless: Bool

  package init(_ next: @escaping @Sendable @LoopActor () async throws -> [UInt8]?) {
    self.next = next
    began = { _ in }
    ended = {}
    isEndless = false
  }

  /// A body without an end of its own.
  ///
  /// - Parameters:
  ///   - began: gets what closes the connection at once, for a client that does not keep up.
  ///   - ended: called once, when no more pieces are asked for.
  ///   - next: the next piece; nil at the end.
  package init(
    began: @escaping @Sendable @LoopActor (_ cut: @escaping @LoopActor () -> Void) -> Void,
    ended: @escaping @Sendable @LoopActor () -> Void,
    endless next: @escaping @Sendable @LoopActor () async throws -> [UInt8]?
  ) {
    self.next = next
    self.began = began
    self.ended = ended
    isEndless = true
  }
}
