import MeshCore
import MeshProto

/// Converts between the wire and JSON forms of Google's well-known messages that are texts in
/// proto3 JSON.
enum WellKnownJSON {
  /// Duration.proto's limit: 10,000 years.
  private static let maxSeconds: Int64 = 315_576_000_000

  // MARK: From the wire

  static func timestamp(_ scanner: inout WireScanner) throws(WireError) -> Timestamp {
    let (seconds, nanos) = try secondsAndNanos(&scanner)
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    guard !overflow, (0..<1_000_000_000).contains(nanos) else { throw .malformed }
    return Timestamp(microseconds: whole + Int64(nanos / 1000))
  }

  /// Seconds with up to nine fractional digits and an `s`: `-1.500s`.
  static func duration(_ scanner: inout WireScanner) throws(WireError) -> String {
    let (seconds, nanos) = try secondsAndNanos(&scanner)
    guard abs(seconds) <= maxSeconds, abs(nanos) < 1_000_000_000 else { throw .malformed }
    let sign = seconds < 0 || nanos < 0 ? "-" : ""
    guard nanos != 0 else { return "\(sign)\(abs(seconds))s" }
    let digits = String(abs(nanos))
    var fraction = String(repeating: "0", count: 9 - digits.count) + digits
    while fraction.hasSuffix("000") { fraction.removeLast(3) }
    return "\(sign)\(abs(seconds)).\(fraction)s"
  }

  static func fieldMask(_ scanner: inout WireScanner) throws(WireError) -> String {
    var paths: [String] = []
    while let (number, type) = try scanner.tag() {
      if number == 1, type == .delimited {
        paths.append(try scanner.text())
      } else {
        try scanner.skip(type)
      }
    }
    return paths.joined(separator: ",")
  }

  private static func secondsAndNanos(
    _ scanner: inout WireScanner
  ) throws(WireError) -> (seconds: Int64, nanos: Int32) {
    var seconds: Int64 = 0
    var nanos: Int32 = 0
    while let (number, type) = try scanner.tag() {
      switch (number, type) {
      case (1, .varint): seconds = Int64(bitPattern: try scanner.varint())
      case (2, .varint): nanos = Int32(truncatingIfNeeded: try scanner.varint())
      default: try scanner.skip(type)
      }
    }
    return (seconds, nanos)
  }

  // MARK: To the wire

  static func writeTimestamp(
    _ text: String,
    to output: inout WireOutput
  ) throws(JSONError) {
    guard let time = Timestamp(rfc3339: text) else {
      throw JSONError(.value, "must be a time by RFC 3339, such as 2026-01-31T09:30:00Z")
    }
    var (seconds, rest) = time.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    if rest < 0 { (seconds, rest) = (seconds - 1, rest + 1_000_000) }
    write(seconds, Int32(rest) * 1000, to: &output)
  }

  static func writeDuration(_ text: String, to output: inout WireOutput) throws(JSONError) {
    guard let (seconds, nanos) = parseDuration(text) else {
      throw JSONError(.value, "must be a duration in seconds, such as 1.5s")
    }
    write(seconds, nanos, to: &output)
  }

  private static func parseDuration(_ text: String) -> (seconds: Int64, nanos: Int32)? {
    guard text.hasSuffix("s") else { return nil }
    let isNegative = text.hasPrefix("-")
    let number = text.dropLast().dropFirst(isNegative ? 1 : 0)
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    let isDigits = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    guard isDigits, parts.count <= 2, let seconds = parts.first.flatMap({ Int64($0) }),
      seconds <= maxSeconds
    else { return nil }
    var nanos: Int32 = 0
    if parts.count == 2 {
      guard parts[1].count <= 9,
        let value = Int32(parts[1] + String(repeating: "0", count: 9 - parts[1].count))
      else { return nil }
      nanos = value
    }
    return isNegative ? (-seconds, -nanos) : (seconds, nanos)
  }

  /// Paths separated by commas, with or without blanks, in the proto's names.
  static func writeFieldMask(_ text: String, to output: inout WireOutput) throws(JSONError) {
    for part in text.utf8.split(separator: UInt8(ascii: ",")) {
      var path = part.drop { $0 == UInt8(ascii: " ") }
      while path.last == UInt8(ascii: " ") { path.removeLast() }
      if path.isEmpty { continue }
      let isPath = path.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
          UInt8(ascii: "*"):
          true
        default: false
        }
      }
      guard isPath else {
        throw JSONError(.value, "must be names of fields, separated by commas")
      }
      output.tag(1, .delimited)
      output.delimited(path)
    }
  }

  private static func write(_ seconds: Int64, _ nanos: Int32, to output: inout WireOutput) {
    if seconds != 0 {
      output.tag(1, .varint)
      output.varint(UInt64(bitPattern: seconds))
    }
    if nanos != 0 {
      output.tag(2, .varint)
      output.varint(UInt64(bitPattern: Int64(nanos)))
    }
  }
}
