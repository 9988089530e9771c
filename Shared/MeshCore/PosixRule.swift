/// The rule for times after a zone's last listed transition: a POSIX TZ string such as
/// `CET-1CEST,M3.5.0,M10.5.0/3` (RFC 9636, section 3.3).
struct PosixRule: Sendable, Hashable {
  private let standard: Int
  private let daylight: Daylight?

  private struct Daylight: Sendable, Hashable {
    let offset: Int
    let begin: Change
    let end: Change
  }

  /// When clocks change, on which day of the year and how many seconds after its midnight.
  private struct Change: Sendable, Hashable {
    enum Day: Sendable, Hashable {
      /// Month, week (5 for the last) and day of the week (0 for Sunday).
      case weekday(month: Int, week: Int, day: Int)
      /// 1...365; 29 February never counts.
      case julian(Int)
      /// 0...365; 29 February counts.
      case ordinal(Int)
    }
    let day: Day
    let seconds: Int
  }

  /// - Returns: nil when the text is no such rule.
  init?(_ text: String) {
    var scanner = Scanner(text)
    guard scanner.abbreviation(), let west = scanner.time() else { return nil }
    standard = -west
    guard !scanner.isAtEnd else {
      daylight = nil
      return
    }
    guard scanner.abbreviation() else { return nil }
    let offset = scanner.peek == UInt8(ascii: ",") ? standard + 3600 : scanner.time().map { -$0 }
    guard let offset, let begin = scanner.change(), let end = scanner.change(), scanner.isAtEnd
    else { return nil }
    daylight = Daylight(offset: offset, begin: begin, end: end)
  }

  /// Seconds east of UTC at a time in seconds since 1970.
  func offset(at seconds: Int64) -> Int {
    guard let daylight else { return standard }
    let year = CalendarDate(daysSince1970: floorDays(seconds + Int64(standard))).year
    let begin = instant(of: daylight.begin, year: year, offset: standard)
    let end = instant(of: daylight.end, year: year, offset: daylight.offset)
    let isDaylight =
      begin < end ? (begin..<end).contains(seconds) : !(end..<begin).contains(seconds)
    return isDaylight ? daylight.offset : standard
  }

  private func floorDays(_ seconds: Int64) -> Int {
    Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
  }

  private func instant(of change: Change, year: Int, offset: Int) -> Int64 {
    let newYear = CalendarDate.daysSince1970(year: year, month: 1, day: 1)
    let day: Int
    switch change.day {
    case .julian(let number):
      let afterFebruary = number >= 60 && CalendarDate.isLeap(year) ? 1 : 0
      day = newYear + number - 1 + afterFebruary
    case .ordinal(let number): day = newYear + number
    case .weekday(let month, let week, let weekday):
      let first = CalendarDate.daysSince1970(year: year, month: month, day: 1)
      // 1970-01-01 was a Thursday, day 4.
      let firstWeekday = ((first + 4) % 7 + 7) % 7
      var candidate = first + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      let length = CalendarDate.daysIn(month: month, year: year)
      while candidate >= first + length { candidate -= 7 }
      day = candidate
    }
    return Int64(day) * 86_400 + Int64(change.seconds - offset)
  }

  private struct Scanner {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = Substring(text).utf8 }

    var isAtEnd: Bool { rest.isEmpty }
    var peek: UInt8? { rest.first }

    mutating func take(_ byte: UInt8) -> Bool {
      guard rest.first == byte else { return false }
      rest.removeFirst()
      return true
    }

    /// Letters, or anything between angle brackets.
    mutating func abbreviation() -> Bool {
      if take(UInt8(ascii: "<")) {
        guard let close = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
        rest = rest[rest.index(after: close)...]
        return true
      }
      let letters = rest.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
      rest = rest.dropFirst(letters.count)
      return letters.count >= 3
    }

    mutating func number() -> Int? {
      let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
      rest = rest.dropFirst(digits.count)
      return Int(Substring(digits))
    }

    /// `[+-]h[:m[:s]]` in seconds.
    mutating func time() -> Int? {
      let isNegative = take(UInt8(ascii: "-"))
      if !isNegative { _ = take(UInt8(ascii: "+")) }
      guard var seconds = number().map({ $0 * 3600 }) else { return nil }
      for unit in [60, 1] where take(UInt8(ascii: ":")) {
        guard let part = number() else { return nil }
        seconds += part * unit
      }
      return isNegative ? -seconds : seconds
    }

    mutating func change() -> Change? {
      guard take(UInt8(ascii: ",")) else { return nil }
      let day: Change.Day
      if take(UInt8(ascii: "M")) {
        guard let month = number(), (1...12).contains(month), take(UInt8(ascii: ".")),
          let week = number(), (1...5).contains(week), take(UInt8(ascii: ".")),
          let weekday = number(), (0...6).contains(weekday)
        else { return nil }
        day = .weekday(month: month, week: week, day: weekday)
      } else if take(UInt8(ascii: "J")) {
        guard let number = number(), (1...365).contains(number) else { return nil }
        day = .julian(number)
      } else {
        guard let number = number(), (0...365).contains(number) else { return nil }
        day = .ordinal(number)
      }
      guard take(UInt8(ascii: "/")) else { return Change(day: day, seconds: 7200) }
      return time().map { Change(day: day, seconds: $0) }
    }
  }
}
