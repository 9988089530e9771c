/// Percent-decoding (RFC 3986, section 2.1) and query strings, without leniency.
package enum HTTPTarget {
  /// A `name=value` pair of a query, decoded.
  package struct Parameter: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The text that percent-encoded text stands for.
  ///
  /// With `plusIsSpace`, `+` is a space, as HTML forms write it.
  ///
  /// - Returns: nil when a `%` is not followed by two hexadecimal digits, or when the result is no
  ///   UTF-8 or holds a NUL.
  package static func decode(_ text: Substring, plusIsSpace: Bool = false) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var source = text.utf8.makeIterator()
    while let byte = source.next() {
      if byte == UInt8(ascii: "%") {
        guard let high = source.next().flatMap(HTTPSyntax.hexDigit),
          let low = source.next().flatMap(HTTPSyntax.hexDigit), high << 4 | low != 0
        else { return nil }
        bytes.append(high << 4 | low)
      } else if byte == UInt8(ascii: "+"), plusIsSpace {
        bytes.append(HTTPSyntax.space)
      } else {
        bytes.append(byte)
      }
    }
    guard let utf8 = try? UTF8Span(validating: bytes.span) else { return nil }
    return String(copying: utf8)
  }

  /// The parameters of a query, in order; a name may repeat.
  ///
  /// - Returns: nil when a part is not decodable, a name is empty, or there are more than
  ///   `limit` parameters.
  package static func parameters(_ query: Substring, limit: Int = 256) -> [Parameter]? {
    guard !query.isEmpty else { return [] }
    var parameters: [Parameter] = []
    for part in query.split(separator: "&", omittingEmptySubsequences: true) {
      let name = part.prefix { $0 != "=" }
      let value = part.dropFirst(name.count + 1)
      guard parameters.count < limit, !name.isEmpty,
        let name = decode(name, plusIsSpace: true), let value = decode(value, plusIsSpace: true)
      else { return nil }
      parameters.append(Parameter(name, value))
    }
    return parameters
  }

  /// The segments of a path, still encoded, without the leading slash.
  ///
  /// - Returns: nil when the path does not begin with a slash.
  package static func segments(_ path: Substring) -> [Substring]? {
    guard path.utf8.first == UInt8(ascii: "/") else { return nil }
    return path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
  }
}
