/// Reads the fixed-width numbers of dates and times from the front of a text.
package struct DigitScanner {
  private var rest: Substring.UTF8View

  package init(_ text: String) { rest = Substring(text).utf8 }

  package var isAtEnd: Bool { rest.isEmpty }

  package mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  package mutating func number(digits: Int, in range: ClosedRange<Int>) -> Int? {
    var value = 0
    for _ in 0..<digits {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return range.contains(value) ? value : nil
  }

  mutating func calendarDate() -> CalendarDate? {
    guard let year = number(digits: 4, in: 1...9999), skip("-"),
      let month = number(digits: 2, in: 1...12), skip("-"),
      let day = number(digits: 2, in: 1...31)
    else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  /// The digits after a point in microseconds, cut off after six; 0 when there is no point.
  mutating func microsecondFraction() -> Int? {
    guard skip(".") else { return 0 }
    guard let first = digit() else { return nil }
    var value = first
    var count = 1
    while let next = digit() {
      if count < 6 {
        value = value * 10 + next
        count += 1
      }
    }
    for _ in count..<6 { value *= 10 }
    return value
  }

  /// `Z`, or minutes east of UTC.
  mutating func offsetMinutes() -> Int? {
    if skip("Z") || skip("z") { return 0 }
    let sign: Int
    if skip("+") {
      sign = 1
    } else if skip("-") {
      sign = -1
    } else {
      return nil
    }
    guard let hours = number(digits: 2, in: 0...23), skip(":"),
      let minutes = number(digits: 2, in: 0...59)
    else { return nil }
    return sign * (hours * 60 + minutes)
  }

  private mutating func digit() -> Int? {
    guard let byte = rest.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
    rest.removeFirst()
    return Int(byte - UInt8(ascii: "0"))
  }
}

/// `number`, which is not negative, with zeros in front up to `width` digits.
func padded(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
}
