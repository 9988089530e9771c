import MeshCore
package import MeshLoop

/// The proxies whose word on a request's client and scheme counts.
///
/// A proxy adds to what it received, so that only the part of a header that trusted proxies wrote says
/// anything: the client is the right-most address that is not a trusted proxy's.
package struct TrustedProxies: Sendable {
  /// The header that the proxies write; the other may be the client's own, and is not read.
  package enum Header: Sendable {
    /// `X-Forwarded-For` and `X-Forwarded-Proto`.
    case xForwarded
    /// `Forwarded` (RFC 7239).
    case forwarded
  }

  private let ranges: [IPRange]
  private let header: Header

  /// The most hops looked at, from the right.
  private static let mostHops = 32

  package init(_ ranges: [IPRange] = [], header: Header = .xForwarded) {
    self.ranges = ranges
    self.header = header
  }

  package func contains(_ address: IPAddress) -> Bool {
    ranges.contains { $0.contains(address) }
  }

  /// The client of a request that a trusted proxy sent.
  ///
  /// - Returns: the client's address, which is the proxy's own where the header says nothing useful;
  ///   and whether the client's connection is encrypted, nil when the header does not say.
  func client(behind proxy: IPAddress, _ headers: HTTPHeaders) -> (IPAddress, isSecure: Bool?) {
    var client = proxy
    var proto: Substring?
    let hops = hops(headers)
    for hop in hops.suffix(Self.mostHops).reversed() {
      proto = hop.proto ?? proto
      guard let address = hop.address else { break }
      client = address
      if !contains(address) { break }
    }
    if header == .xForwarded {
      proto = headers.all("x-forwarded-proto").last?.split(separator: ",").last
    }
    return (client, proto.map { HTTPSyntax.trimmed($0).equalsASCII("https") })
  }

  private struct Hop {
    var address: IPAddress?
    var proto: Substring?
  }

  private func hops(_ headers: HTTPHeaders) -> [Hop] {
    switch header {
    case .xForwarded:
      return headers.all("x-forwarded-for").flatMap { line in
        line.utf8Split(",").map { Hop(address: Self.address($0)) }
      }
    case .forwarded:
      return headers.all("forwarded").flatMap { line in
        line.utf8Split(",").map(Self.element)
      }
    }
  }

  /// An element of `Forwarded`: `for=192.0.2.60;proto=http;by=203.0.113.43`.
  private static func element(_ text: Substring) -> Hop {
    var hop = Hop()
    for pair in text.utf8Split(";") {
      let name = HTTPSyntax.trimmed(pair.prefix { $0 != "=" })
      guard pair.utf8.contains(UInt8(ascii: "=")) else { continue }
      var value = HTTPSyntax.trimmed(pair.drop { $0 != "=" }.dropFirst())
      if value.utf8.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") {
        value = value.dropFirst().dropLast()
      }
      if name.equalsASCII("for") { hop.address = address(value) }
      if name.equalsASCII("proto") { hop.proto = value }
    }
    return hop
  }

  /// An address that may have a port, and brackets when it is IPv6.
  private static func address(_ text: Substring) -> IPAddress? {
    let text = HTTPSyntax.trimmed(text)
    if let address = IPAddress(text) { return address }
    if text.hasPrefix("[") { return IPAddress(text.dropFirst().prefix { $0 != "]" }) }
    return IPAddress(text.prefix { $0 != ":" })
  }
}

extension StringProtocol {
  /// The parts between ASCII separators, whatever follows them.
  fileprivate func utf8Split(_ separator: Unicode.Scalar) -> [Substring] {
    Substring(self).unicodeScalars.split(separator: separator).map { Substring($0) }
  }
}
