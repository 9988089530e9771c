import Glibc
import MeshCore

/// The text of a number in a sheet, as the sheet's reader would write it into a CSV file.
///
/// Dates and times become ISO texts. Other numbers have a decimal point and no grouping; one with exactly
/// three decimals gets a zero more, so that nobody takes its point for one that groups thousands.
struct SheetNumber {
  /// Digits that a spreadsheet keeps of a number.
  private static let mostDigits = 15
  private static let secondsOfDay = 86_400

  /// Whether days are counted from 1904, as old workbooks of Macs do.
  let countsFrom1904: Bool

  /// - Parameters:
  ///   - bytes: the number as the file has it; what is no number stays as it is.
  ///   - format: how the sheet shows it.
  /// - Returns: the text, without the format's grouping and rounding.
  func text(_ bytes: [UInt8], _ format: NumberFormat) -> String {
    switch format {
    case .general: plain(bytes)
    case .date, .time, .dateAndTime, .duration:
      number(bytes).flatMap { moment($0, format) } ?? plain(bytes)
    case .percent: number(bytes).map { decimal($0 * 100) + "%" } ?? plain(bytes)
    case .digits(let places): placed(bytes, places) ?? plain(bytes)
    case .currency(let sign): number(bytes) == nil ? plain(bytes) : amount(plain(bytes), sign)
    }
  }

  private func amount(_ number: String, _ sign: String) -> String {
    sign.unicodeScalars.count > 1 ? "\(number) \(sign)" : sign + number
  }

  /// The number without any format.
  private func plain(_ bytes: [UInt8]) -> String {
    var (digits, decimals, isPlain) = (0, -1, true)
    for (place, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        if decimals >= 0 { decimals += 1 }
      case UInt8(ascii: ".") where decimals < 0: decimals = 0
      case UInt8(ascii: "-") where place == 0: break
      default: isPlain = false
      }
    }
    // Whole numbers are written by some programs with more digits than Excel keeps: those are right.
    let isExact = isPlain && (decimals < 0 || digits <= Self.mostDigits)
    if isExact && decimals != 3 { return String(decoding: bytes, as: UTF8.self) }
    guard let value = number(bytes) else { return String(decoding: bytes, as: UTF8.self) }
    return isExact ? String(decoding: bytes, as: UTF8.self) + "0" : decimal(value)
  }

  private func number(_ bytes: [UInt8]) -> Double? {
    guard !bytes.isEmpty, bytes.count <= 40,
      bytes.allSatisfy({ "0123456789+-.eE".utf8.contains($0) })
    else { return nil }
    return Double(String(decoding: bytes, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
  }

  /// A number with the digits that a spreadsheet keeps.
  ///
  /// In scientific notation where there are zeros that only its size needs, as Excel shows it: such a
  /// number may have lost digits.
  private func decimal(_ value: Double) -> String {
    let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
      guard let base = buffer.baseAddress else { return "" }
      _ = withVaList([Int32(Self.mostDigits), value]) { vsnprintf(base, 64, "%.*G", $0) }
      return String(cString: base)
    }
    let decimals = text.utf8.drop { $0 != UInt8(ascii: ".") }.dropFirst()
    let isShort = !text.utf8.contains(UInt8(ascii: "E")) && decimals.count == 3
    return isShort ? text + "0" : text
  }

  /// A whole number in the places of its format, from the right; nil if there are too few of them.
  private func placed(_ bytes: [UInt8], _ places: [UInt8]) -> String? {
    let isWhole = !bytes.isEmpty && bytes.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    let wanted = places.count { $0 == UInt8(ascii: "0") }
    guard isWhole, bytes.count <= wanted else { return nil }
    var digits = bytes
    let shown = places.reversed().map { place in
      place == UInt8(ascii: "0") ? digits.popLast() ?? UInt8(ascii: "0") : place
    }
    return String(decoding: shown.reversed(), as: UTF8.self)
  }

  /// The day, the time or both that a number of days is; nil if the calendar does not have it.
  private func moment(_ value: Double, _ format: NumberFormat) -> String? {
    guard value >= 0, value < 2_958_466 else { return nil }
    let seconds = Int((value * Double(Self.secondsOfDay)).rounded())
    if format == .duration { return clock(seconds) }
    let (days, time) = seconds.quotientAndRemainder(dividingBy: Self.secondsOfDay)
    if format == .time || (days == 0 && value < 1 && format == .dateAndTime) { return clock(time) }
    guard let date = date(days) else { return nil }
    return format == .date || time == 0 ? date : "\(date)T\(clock(time))"
  }

  private func date(_ days: Int) -> String? {
    let epoch: Int
    if countsFrom1904 {
      epoch = CalendarDate.daysSince1970(year: 1904, month: 1, day: 1)
    } else {
      // Excel counts a 29th of February in 1900, which was no leap year: its day 60.
      guard days > 0, days != 60 else { return nil }
      epoch = CalendarDate.daysSince1970(year: 1899, month: 12, day: days < 60 ? 31 : 30)
    }
    return CalendarDate(daysSince1970: epoch + days).description
  }

  private func clock(_ seconds: Int) -> String {
    let (hours, rest) = seconds.quotientAndRemainder(dividingBy: 3_600)
    let parts = [hours, rest / 60, rest % 60]
    return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }

  /// An ISO text in a cell of its own type (`t="d"`), without the midnight that a mere day has.
  static func isoText(_ text: String) -> String {
    let ends = ["T00:00:00.000Z", "T00:00:00Z", "T00:00:00.000", "T00:00:00"]
    guard let end = ends.first(where: { text.hasSuffix($0) }) else { return text }
    return String(text.dropLast(end.count))
  }
}
