import MeshCore

/// Numbers that stand for moments: days as a spreadsheet counts them, seconds or milliseconds since 1970.
enum DateSerial {
  /// What a number can count; nil for what is no such number.
  static func kind(of value: String) -> DateForm.Serial? {
    guard value.utf8.count <= 24, let parts = parts(of: value) else { return nil }
    switch parts.whole {
    // The years 1954 to 2119.
    case 20_000..<80_000: return .spreadsheet
    // The years 2001 to 2128.
    case 1_000_000_000..<5_000_000_000: return parts.fraction == 0 ? .unixSeconds : nil
    case 1_000_000_000_000..<5_000_000_000_000:
      return parts.fraction == 0 ? .unixMilliseconds : nil
    default: return nil
    }
  }

  /// The moment; nil for a number of another kind.
  static func date(_ value: String, as kind: DateForm.Serial) -> DateValue? {
    guard self.kind(of: value) == kind, let parts = parts(of: value) else { return nil }
    switch kind {
    case .spreadsheet:
      let day = CalendarDate(daysSince1970: Int(parts.whole) - 25_569)
      if parts.fraction == 0 { return DateValue(day: day) }
      // To the second, which is as exact as the fraction is written.
      let seconds = Int64((parts.fraction * 86_400).rounded())
      return seconds < 86_400
        ? DateValue(day: day, timeOfDay: seconds * 1_000_000)
        : DateValue(day: day.advanced(by: 1), timeOfDay: 0)
    case .unixSeconds: return DateValue(Timestamp(microseconds: parts.whole * 1_000_000))
    case .unixMilliseconds: return DateValue(Timestamp(microseconds: parts.whole * 1_000))
    }
  }

  private static func parts(of value: String) -> (whole: Int64, fraction: Double)? {
    let pieces = value.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
    guard pieces.count <= 2,
      pieces.allSatisfy({ piece in
        !piece.isEmpty && piece.utf8.allSatisfy { (0x30...0x39).contains($0) }
      }), let whole = Int64(pieces[0])
    else { return nil }
    return (whole, pieces.count == 2 ? Double("0.\(pieces[1])") ?? 0 : 0)
  }
}
