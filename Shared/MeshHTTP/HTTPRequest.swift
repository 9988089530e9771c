/// A request as its handler sees it: whole, and already held to the limits.
package struct HTTPRequest: Sendable {
  /// As sent; methods are case-sensitive.
  package var method: String
  /// The path and query as sent, beginning with `/`; `*` for `OPTIONS *`.
  package var target: String
  /// The host and port the client meant, in lower case; empty when an HTTP/1.0 client named none.
  package var authority: String
  package var headers: HTTPHeaders
  package var body: [UInt8]
  /// The peer's address without port; empty for a Unix socket.
  package var remoteAddress: String
  /// Whether the client's connection is encrypted.
  package var isSecure: Bool
  /// Whether the client reads the chunked transfer coding, as HTTP/1.0 did not.
  package var takesChunks = true

  package init(
    method: String,
    target: String,
    authority: String = "",
    headers: HTTPHeaders = HTTPHeaders(),
    body: [UInt8] = [],
    remoteAddress: String = "",
    isSecure: Bool = false
  ) {
    self.method = method
    self.target = target
    self.authority = authority
    self.headers = headers
    self.body = body
    self.remoteAddress = remoteAddress
    self.isSecure = isSecure
  }

  /// The target before its `?`, still percent-encoded.
  package var path: Substring {
    target.prefix { $0 != "?" }
  }

  /// The target after its first `?`, still encoded; empty when there is none.
  package var query: Substring {
    guard let mark = target.firstIndex(of: "?") else { return "" }
    return target[target.index(after: mark)...]
  }

  /// The authority without its port.
  package var host: Substring {
    if authority.hasPrefix("[") {
      guard let close = authority.firstIndex(of: "]") else { return authority[...] }
      return authority[...close]
    }
    return authority.prefix { $0 != ":" }
  }
}
