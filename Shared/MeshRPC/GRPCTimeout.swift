/// `grpc-timeout`: at most eight digits and a unit (gRPC over HTTP/2, "Requests").
enum GRPCTimeout {
  private static let units: [(symbol: UInt8, nanoseconds: Int64)] = [
    (UInt8(ascii: "n"), 1), (UInt8(ascii: "u"), 1000), (UInt8(ascii: "m"), 1_000_000),
    (UInt8(ascii: "S"), 1_000_000_000), (UInt8(ascii: "M"), 60_000_000_000),
    (UInt8(ascii: "H"), 3_600_000_000_000),
  ]

  /// Nil when `text` is malformed.
  static func parse(_ text: UnsafeRawBufferPointer) -> Duration? {
    guard (2...9).contains(text.count), let symbol = text.last,
      let unit = units.first(where: { $0.symbol == symbol })
    else { return nil }
    var value: Int64 = 0
    for digit in text.dropLast() {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int64(digit - UInt8(ascii: "0"))
    }
    // Eight digits of hours overflow nanoseconds.
    let (nanoseconds, overflows) = value.multipliedReportingOverflow(by: unit.nanoseconds)
    return overflows
      ? .seconds(value * (unit.nanoseconds / 1_000_000_000)) : .nanoseconds(nanoseconds)
  }

  /// The finest unit that holds `duration` in eight digits, rounded down; zero when negative.
  static func format(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    guard duration > .zero else { return "0n" }
    guard seconds < 1_000_000_000 else { return "99999999H" }
    let nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    for (symbol, size) in units where nanoseconds / size < 100_000_000 {
      return "\(nanoseconds / size)\(Character(UnicodeScalar(symbol)))"
    }
    return "99999999H"
  }
}

/// `grpc-message`: UTF-8 with all but printable ASCII percent-encoded (gRPC over HTTP/2).
enum GRPCMessage {
  /// The text as far as `maxBytes` bytes of its encoding go, cut between two scalars.
  static func encode(_ text: String, maxBytes: Int = .max) -> String {
    var encoded = ""
    for scalar in text.unicodeScalars {
      let mark = encoded.endIndex
      append(scalar, to: &encoded)
      if encoded.utf8.count > maxBytes {
        encoded.removeSubrange(mark...)
        break
      }
    }
    // A blank at either end is no part of a field's value (RFC 9110, section 5.5).
    if encoded.first == " " { encoded = "%20" + encoded.dropFirst() }
    if encoded.last == " " { encoded = encoded.dropLast() + "%20" }
    return encoded
  }

  private static func append(_ scalar: Unicode.Scalar, to encoded: inout String) {
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
      if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "%") {
        encoded.unicodeScalars.append(UnicodeScalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
  }

  /// What is no valid escape stays as it is.
  static func decode(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        decoded.append(value)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }
}
