extension HTTPResponse {
  /// Appends the response as an HTTP/1.1 server sends it.
  ///
  /// - Parameters:
  ///   - output: what the connection sends next.
  ///   - date: the value of `Date`.
  ///   - withBody: false for HEAD, which keeps the length.
  ///   - keepAlive: false adds `Connection: close`.
  func writeHTTP1(to output: inout [UInt8], date: String, withBody: Bool, keepAlive: Bool) {
    output.reserveCapacity(output.count + 256 + body.count)
    output.append(contentsOf: "HTTP/1.1 \(status) \(Self.reason(status))\r\n".utf8)
    output.append(contentsOf: "date: \(date)\r\n".utf8)
    headers.write(to: &output)
    let isBodiless = status == 204 || status == 304
    if !isBodiless {
      output.append(contentsOf: "content-length: \(body.count)\r\n".utf8)
    }
    if !keepAlive {
      output.append(contentsOf: "connection: close\r\n".utf8)
    }
    output.append(contentsOf: "\r\n".utf8)
    if withBody, !isBodiless {
      output.append(contentsOf: body)
    }
  }
}
