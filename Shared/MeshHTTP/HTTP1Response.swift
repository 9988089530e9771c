extension HTTPResponse {
  /// Appends the response as an HTTP/1.1 server sends it.
  ///
  /// - Parameters:
  ///   - output: what the connection sends next.
  ///   - date: the value of `Date`.
  ///   - withBody: false for HEAD, which keeps the length.
  ///   - keepAlive: false adds `Connection: close`.
  ///   - chunked: whether a body that is made while it is sent is in chunks; else it ends with the
  ///     connection.
  func writeHTTP1(
    to output: inout [UInt8],
    date: String,
    withBody: Bool,
    keepAlive: Bool,
    chunked: Bool = true
  ) {
    output.reserveCapacity(output.count + 256 + body.count)
    output.append(contentsOf: "HTTP/1.1 \(status) \(Self.reason(status))\r\n".utf8)
    output.append(contentsOf: "date: \(date)\r\n".utf8)
    headers.write(to: &output)
    let isBodiless = status == 204 || status == 304
    if !isBodiless, stream == nil {
      output.append(contentsOf: "content-length: \(body.count)\r\n".utf8)
    } else if stream != nil, chunked {
      output.append(contentsOf: "transfer-encoding: chunked\r\n".utf8)
    }
    if !keepAlive {
      output.append(contentsOf: "connection: close\r\n".utf8)
    }
    output.append(contentsOf: "\r\n".utf8)
    if withBody, !isBodiless, stream == nil {
      output.append(contentsOf: body)
    }
  }
}
