import MeshCore

/// The request line and fields of one request, checked.
struct HTTP1Head: Sendable {
  enum Framing: Sendable { case none, length(Int), chunked }

  let method: String
  let target: String
  let authority: String
  let headers: HTTPHeaders
  let framing: Framing
  let keepAlive: Bool
  let takesChunks: Bool
  let expectsContinue: Bool

  /// Reads a head from `lines`: the request line and the field lines in `buffer`, without their ends.
  init(_ buffer: [UInt8], lines: [Range<Int>], limits: HTTP1Limits) throws(HTTP1Error) {
    guard let first = lines.first else { throw HTTP1Error(400, "no request line") }
    let line = try HTTP1RequestLine(buffer[first], limits: limits)
    let fields = try Self.fields(buffer, lines.dropFirst())
    let host = try Self.host(fields, required: line.minorVersion >= 1)

    method = line.method
    target = line.target
    authority = (line.authority ?? host).asciiLowercased
    headers = fields
    framing = try Self.framing(fields, minorVersion: line.minorVersion)
    keepAlive = line.minorVersion >= 1 && !fields.list("connection", has: "close")

    takesChunks = line.minorVersion >= 1

    let expectation = fields["expect"]
    if let expectation, !expectation.equalsASCII("100-continue") {
      throw HTTP1Error(417, "the only expectation met is 100-continue")
    }
    expectsContinue = expectation != nil && line.minorVersion >= 1
  }

  /// Field lines, by RFC 9112, section 5.
  private static func fields(
    _ buffer: [UInt8],
    _ lines: ArraySlice<Range<Int>>
  ) throws(HTTP1Error) -> HTTPHeaders {
    guard let begin = lines.first?.lowerBound, let end = lines.last?.upperBound else {
      return HTTPHeaders()
    }
    var fields: [HTTPHeaders.Field] = []
    fields.reserveCapacity(lines.count)
    for line in lines {
      let (name, value) = try field(buffer, line)
      fields.append(
        HTTPHeaders.Field(
          name: name.lowerBound - begin..<name.upperBound - begin,
          value: value.lowerBound - begin..<value.upperBound - begin
        )
      )
    }
    return HTTPHeaders(bytes: Array(buffer[begin..<end]), fields: fields)
  }

  /// Where the name and the value of a field line lie.
  static func field(
    _ buffer: [UInt8],
    _ line: Range<Int>
  ) throws(HTTP1Error) -> (name: Range<Int>, value: Range<Int>) {
    var colon = line.lowerBound
    while colon < line.upperBound, HTTPSyntax.isToken(buffer[colon]) { colon += 1 }
    guard colon > line.lowerBound, colon < line.upperBound, buffer[colon] == UInt8(ascii: ":")
    else { throw HTTP1Error(400, "a header field without a valid name") }
    for index in colon + 1..<line.upperBound where !HTTPSyntax.isFieldValue(buffer[index]) {
      throw HTTP1Error(400, "a control character in a header field")
    }
    let value = HTTPSyntax.trimmed(buffer[colon + 1..<line.upperBound])
    return (line.lowerBound..<colon, value.startIndex..<value.endIndex)
  }

  private static func host(
    _ fields: HTTPHeaders,
    required: Bool
  ) throws(HTTP1Error) -> String {
    guard fields.count(of: "host") <= 1, let host = fields.only("host") else {
      if !required, fields.count(of: "host") == 0 { return "" }
      throw HTTP1Error(400, "a request needs exactly one Host")
    }
    guard !host.isEmpty, host.allSatisfy(HTTPSyntax.isAuthority) else {
      throw HTTP1Error(400, "Host must be a host name")
    }
    return String(decoding: host, as: UTF8.self)
  }

  /// How the body is delimited, by RFC 9112, section 6.
  private static func framing(
    _ fields: HTTPHeaders,
    minorVersion: Int
  ) throws(HTTP1Error) -> Framing {
    let lengths = fields.count(of: "content-length")
    let codings = fields.count(of: "transfer-encoding")
    if codings > 0 {
      guard lengths == 0 else {
        throw HTTP1Error(400, "both Content-Length and Transfer-Encoding")
      }
      guard minorVersion >= 1 else {
        throw HTTP1Error(400, "Transfer-Encoding in an HTTP/1.0 request")
      }
      guard codings == 1, let coding = fields["transfer-encoding"] else {
        throw HTTP1Error(400, "more than one Transfer-Encoding")
      }
      guard coding.equalsASCII("chunked") else {
        throw HTTP1Error(501, "the only transfer coding known is chunked")
      }
      return .chunked
    }
    guard lengths > 0 else { return .none }
    guard lengths == 1, let text = fields.only("content-length"), (1...18).contains(text.count)
    else { throw HTTP1Error(400, "more than one Content-Length, or none that is a number") }
    var length = 0
    for byte in text {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else {
        throw HTTP1Error(400, "Content-Length is no number")
      }
      length = length * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return .length(length)
  }
}

/// `method SP request-target SP HTTP-version`, RFC 9112, section 3.
struct HTTP1RequestLine: Sendable {
  let method: String
  let target: String
  /// The authority of an absolute-form target, which overrides `Host`.
  let authority: String?
  let minorVersion: Int

  init(_ line: ArraySlice<UInt8>, limits: HTTP1Limits) throws(HTTP1Error) {
    let malformed = HTTP1Error(400, "a malformed request line")
    guard let first = line.firstIndex(of: HTTPSyntax.space),
      let second = line[(first + 1)...].firstIndex(of: HTTPSyntax.space)
    else { throw malformed }
    let verb = line[..<first]
    let place = line[(first + 1)..<second]
    guard (1...24).contains(verb.count), verb.allSatisfy(HTTPSyntax.isToken),
      !place.isEmpty, place.allSatisfy(HTTPSyntax.isTarget)
    else { throw malformed }
    guard place.count <= limits.maxTargetBytes else {
      throw HTTP1Error(414, "the request target is longer than \(limits.maxTargetBytes) bytes")
    }
    minorVersion = try Self.minorVersion(line[(second + 1)...])
    method = String(decoding: verb, as: UTF8.self)
    let text = String(decoding: place, as: UTF8.self)
    if text.utf8.first == UInt8(ascii: "/") || (text == "*" && method == "OPTIONS") {
      target = text
      authority = nil
    } else {
      (authority, target) = try Self.absolute(text)
    }
  }

  private static func minorVersion(_ text: ArraySlice<UInt8>) throws(HTTP1Error) -> Int {
    let digits = text.suffix(3)
    guard text.count == 8, text.starts(with: "HTTP/".utf8), let major = digits.first,
      let minor = digits.last, digits[digits.startIndex + 1] == UInt8(ascii: "."),
      (0x30...0x39).contains(major), (0x30...0x39).contains(minor)
    else { throw HTTP1Error(400, "a malformed request line") }
    guard major == UInt8(ascii: "1") else {
      throw HTTP1Error(505, "this server speaks HTTP/1.1")
    }
    return Int(minor - UInt8(ascii: "0"))
  }

  /// Splits an absolute-form target, which clients send to proxies and servers must accept.
  private static func absolute(
    _ text: String
  ) throws(HTTP1Error) -> (authority: String, target: String) {
    for scheme in ["http://", "https://"]
    where text.utf8.count > scheme.utf8.count
      && text.prefix(scheme.utf8.count).equalsASCII(scheme)
    {
      let rest = text.dropFirst(scheme.utf8.count)
      let authority = rest.prefix { $0 != "/" && $0 != "?" }
      guard !authority.isEmpty, authority.utf8.allSatisfy(HTTPSyntax.isAuthority) else { break }
      let path = rest.dropFirst(authority.count)
      return (String(authority), path.first == "/" ? String(path) : "/\(path)")
    }
    throw HTTP1Error(400, "the request target is neither a path nor an http URL")
  }
}
