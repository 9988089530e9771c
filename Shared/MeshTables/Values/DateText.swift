import MeshCore

/// A date as it was written, with each way in which it can be read.
struct DateText {
  /// Its parts.
  private enum Parts {
    case day(year: Int, month: Int, day: Int, isShort: Bool)
    case numbers(
      first: Int,
      second: Int,
      third: Int,
      yearFirst: Bool,
      yearLast: Bool,
      isDotted: Bool
    )
    /// `0000-00-00` and its like, with which programs write that there is no date.
    case none
  }

  private let parts: Parts
  let time: TimeText?
  /// Whether it is of eight digits.
  private(set) var isCompact = false
  /// Whether its year has two digits.
  private(set) var hasShortYear = false

  /// Refuses what is no date, or no day of the calendar in any order.
  ///
  /// - Parameter value: as `CellText.value` gives it.
  init?(value: String) {
    guard let tokens = DateToken.tokens(of: value) else { return nil }
    var rest = DateTokens(tokens)
    Self.skipWeekday(&rest, tokens)
    guard let parts = Self.numeric(&rest) ?? Self.named(&rest) ?? Self.compact(&rest) else {
      return nil
    }
    switch parts {
    case .numbers(_, _, _, false, false, _), .day(_, _, _, isShort: true): hasShortYear = true
    default: break
    }
    isCompact = Self.isEightDigits(tokens.first)
    self.parts = parts
    if rest.isAtEnd {
      time = nil
    } else {
      guard let time = TimeText(&rest), rest.isAtEnd else { return nil }
      self.time = time
    }
    if !isNone, DateOrder.allCases.allSatisfy({ day($0) == nil }) { return nil }
  }

  /// Whether it says that there is no date.
  var isNone: Bool { if case .none = parts { true } else { false } }

  /// Whether it is a day only if its year comes first, without a year that looks like one: `29/02/23`.
  var isUnlikely: Bool {
    guard case .numbers(let first, _, _, false, _, _) = parts, first <= 31 else { return false }
    return day(.dayFirst) == nil && day(.monthFirst) == nil
  }

  /// The day, if its parts are in that order; nil when they cannot be.
  func day(_ order: DateOrder) -> CalendarDate? {
    switch parts {
    case .none: return nil
    case .day(let year, let month, let day, _):
      return Self.date(year, month, day)
    case .numbers(let first, let second, let third, let yearFirst, let yearLast, let isDotted):
      if yearFirst { return Self.date(first, second, third) }
      switch order {
      case .dayFirst:
        return Self.date(Self.year(third, yearLast), second, first)
      case .monthFirst:
        // Nobody writes points between them, unless there is no other way to read it.
        let asDay = Self.date(Self.year(third, yearLast), second, first)
        if isDotted, asDay != nil { return nil }
        return Self.date(Self.year(third, yearLast), first, second)
      case .yearFirst:
        if yearLast || isDotted { return nil }
        return Self.date(Self.year(first, false), second, third)
      }
    }
  }

  /// A day of a year that is not mistyped, such as 0202.
  private static func date(_ year: Int, _ month: Int, _ day: Int) -> CalendarDate? {
    year < 1000 ? nil : CalendarDate(year: year, month: month, day: day)
  }

  /// The years of two digits are those of 1950 to 2049.
  private static func year(_ number: Int, _ isWhole: Bool) -> Int {
    isWhole ? number : number < 50 ? 2000 + number : 1900 + number
  }

  /// The first and third of its numbers; nil if it names the month.
  var outerParts: (first: Int, third: Int)? {
    guard case .numbers(let first, _, let third, _, _, _) = parts else { return nil }
    return (first, third)
  }

  /// Skips the name of a day of the week; `mar` and `di` are one only before something else that is a date.
  private static func skipWeekday(_ rest: inout DateTokens, _ tokens: [DateToken]) {
    guard case .word(let word) = tokens.first, MonthNames.isWeekday(word) else { return }
    let namesMonth = tokens.dropFirst().contains { token in
      if case .word(let other) = token { MonthNames.month(other) != nil } else { false }
    }
    if MonthNames.month(word) != nil, !namesMonth { return }
    _ = rest.word()
    // `segunda-feira, 2 de março`.
    if rest.second == .word("feira") {
      _ = rest.mark("-")
      _ = rest.word()
    }
    rest.skipMarks(".,")
  }

  private static func isEightDigits(_ token: DateToken?) -> Bool {
    if case .number(_, digits: 8) = token { true } else { false }
  }

  /// `2026-01-31`, `31.01.2026`, `1/31/26`, `2026年1月31日`.
  private static func numeric(_ rest: inout DateTokens) -> Parts? {
    var tokens = rest
    guard let first = tokens.number(), let mark = separator(&tokens), let second = tokens.number(),
      let other = separator(&tokens), isPair(mark, other), let third = tokens.number()
    else { return nil }
    if mark == "年" { guard tokens.skip(["日", "일"]) else { return nil } }
    tokens.skipMarks(mark == "." ? "." : "")
    let parts: Parts
    switch (first.digits, second.digits, third.digits) {
    case (4, 1...2, 1...2):
      if isZero(first.value, second.value, third.value) {
        parts = .none
      } else {
        parts = .numbers(
          first: first.value,
          second: second.value,
          third: third.value,
          yearFirst: true,
          yearLast: false,
          isDotted: mark == "."
        )
      }
    case (1...2, 1...2, 4), (1...2, 1...2, 2):
      let isNone =
        third.digits == 4
        ? isZero(third.value, second.value, first.value)
        // `1/0/00`, but not `1/1/01`.
        : third.value == 0 && (first.value == 0 || second.value == 0)
      if isNone {
        parts = .none
      } else {
        parts = .numbers(
          first: first.value,
          second: second.value,
          third: third.value,
          yearFirst: false,
          yearLast: third.digits == 4,
          isDotted: mark == "."
        )
      }
    default: return nil
    }
    rest = tokens
    return parts
  }

  private static func separator(_ rest: inout DateTokens) -> Character? {
    if let mark = rest.mark("./-") { return mark }
    if rest.skip(["年", "년"]) { return "年" }
    return rest.skip(["月", "월"]) ? "月" : nil
  }

  private static func isPair(_ mark: Character, _ other: Character) -> Bool {
    mark == "年" ? other == "月" : mark == other && mark != "月"
  }

  /// The first and last days of calendars of programs, and days and months of zero.
  private static func isZero(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    switch year {
    case 0: month <= 1 && day <= 1
    case 1: month == 1 && day == 1
    case 1899: max(month, day) >= 30 && min(month, day) == 12
    case 1900: month == 0 || day == 0
    case 9999: true
    default: false
    }
  }

  private static let fillers: Set = ["of", "de", "del", "do", "di"]
  private static let ordinals: Set = ["st", "nd", "rd", "th", "er", "e", "o", "a", "º", "ª"]

  /// `31 Jan 2026`, `January 31st, 2026`, `31 de enero de 2026`, `2026-Jan-31`.
  private static func named(_ rest: inout DateTokens) -> Parts? {
    var tokens = rest
    func skip() {
      tokens.skipMarks(".,-/")
      if tokens.skip(fillers) { tokens.skipMarks(".,") }
    }
    var numbers: [(value: Int, digits: Int)] = []
    var month: Int?
    for _ in 0..<3 {
      if let number = tokens.number() {
        numbers.append(number)
        if tokens.skip(ordinals) || tokens.mark("º°ª") != nil {}
      } else if month == nil, let named = tokens.month() {
        month = named
      } else {
        return nil
      }
      if numbers.count < 2 || month == nil { skip() }
    }
    guard let month, numbers.count == 2 else { return nil }
    let (first, second) = (numbers[0], numbers[1])
    rest = tokens
    if first.digits == 4, second.digits <= 2 {
      return .day(year: first.value, month: month, day: second.value, isShort: false)
    }
    guard first.digits <= 2, second.digits == 4 || second.digits == 2 else { return nil }
    let isShort = second.digits == 2
    return .day(
      year: year(second.value, !isShort),
      month: month,
      day: first.value,
      isShort: isShort
    )
  }

  /// `20260131`.
  private static func compact(_ rest: inout DateTokens) -> Parts? {
    guard case .number(let number, digits: 8) = rest.next else { return nil }
    if number == 0 || number == 99_991_231 {
      _ = rest.number()
      return Parts.none
    }
    guard (1900...2199).contains(number / 10_000) else { return nil }
    _ = rest.number()
    return .day(
      year: number / 10_000,
      month: number / 100 % 100,
      day: number % 100,
      isShort: false
    )
  }
}
