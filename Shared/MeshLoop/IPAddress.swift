import Glibc

/// An IPv4 or IPv6 address; an IPv4 address in IPv6 form (RFC 4291, section 2.5.5.2) is an IPv4 address.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
  /// 4 or 16 bytes.
  package let bytes: [UInt8]

  private static let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
  /// Bytes of an IPv6 address that are given to one customer at least: a /64.
  private static let networkBytes = 8

  /// Reads a numeric address, without port, brackets or zone; nil for anything else.
  package init?(_ text: some StringProtocol) {
    // No address is longer, and the C functions stop at NUL.
    guard (2...45).contains(text.utf8.count), !text.utf8.contains(0) else { return nil }
    let text = String(text)
    var four = in_addr()
    if inet_pton(AF_INET, text, &four) == 1 {
      bytes = withUnsafeBytes(of: &four) { Array($0) }
      return
    }
    var six = in6_addr()
    guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
    let all = withUnsafeBytes(of: &six) { Array($0) }
    bytes = all.starts(with: Self.mappedPrefix) ? Array(all.suffix(4)) : all
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// What limits count by: the address itself, or an IPv6 address's /64, of which one client can use
  /// any address.
  package var network: IPAddress {
    guard bytes.count == 16 else { return self }
    let rest = [UInt8](repeating: 0, count: 16 - Self.networkBytes)
    return IPAddress(bytes: Array(bytes.prefix(Self.networkBytes)) + rest)
  }

  package var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// Addresses with a common prefix, as in `10.0.0.0/8`.
package struct IPRange: Hashable, Sendable {
  private let base: IPAddress
  private let length: Int

  /// Reads an address, or an address, `/` and the bits that count; nil for anything else.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let base = IPAddress(first) else { return nil }
    let bits = base.bytes.count * 8
    guard parts.count == 2 else {
      (self.base, length) = (base, bits)
      return
    }
    guard (1...3).contains(parts[1].utf8.count), let length = Int(parts[1]),
      (0...bits).contains(length)
    else { return nil }
    (self.base, self.length) = (base, length)
  }

  package func contains(_ address: IPAddress) -> Bool {
    guard address.bytes.count == base.bytes.count else { return false }
    let whole = length / 8
    guard address.bytes.prefix(whole) == base.bytes.prefix(whole) else { return false }
    let rest = length % 8
    return rest == 0 || (address.bytes[whole] ^ base.bytes[whole]) >> (8 - rest) == 0
  }
}
