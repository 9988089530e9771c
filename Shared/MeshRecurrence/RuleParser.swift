import MeshCore

/// Reads the text of a rule, and checks which parts may go together (RFC 5545, section 3.3.10).
struct RuleParser {
  private var frequency: RecurrenceRule.Frequency?
  private var interval = 1
  private var end = RecurrenceRule.End.never
  private var lists: [RulePart: [Int]] = [:]
  private var weekdays: [RecurrenceRule.OrdinalWeekday] = []
  private var weekStart = RecurrenceRule.Weekday.monday
  private var seen: Set<RulePart> = []

  static func rule(_ text: String) throws(RecurrenceError) -> RecurrenceRule {
    guard text.utf8.count <= RecurrenceRule.maxBytes else { throw .tooLong }
    var rest = text[...]
    if rest.prefix(6).equalsASCII("RRULE:") { rest = rest.dropFirst(6) }
    // Google's calendar writes a semicolon after the last part.
    if rest.hasSuffix(";") { rest = rest.dropLast() }
    var parser = RuleParser()
    for piece in rest.split(separator: ";", omittingEmptySubsequences: false) {
      try parser.read(piece)
    }
    return try parser.rule()
  }

  private mutating func read(_ piece: Substring) throws(RecurrenceError) {
    guard let equals = piece.firstIndex(of: "="),
      let part = RulePart.allCases.first(where: { piece[..<equals].equalsASCII($0.rawValue) })
    else { throw .unknown(piece.cut(maxBytes: 100)) }
    guard seen.insert(part).inserted else { throw .repeated(part) }
    let value = piece[piece.index(after: equals)...]
    switch part {
    case .frequency:
      frequency = RecurrenceRule.Frequency.allCases.first { value.equalsASCII($0.rawValue) }
      if frequency == nil { throw .invalid(part, "must be SECONDLY, ..., MONTHLY or YEARLY") }
    case .interval: interval = try Self.number(value, in: 1...RecurrenceRule.maxInterval, of: part)
    case .count:
      end = .count(try Self.number(value, in: 1...RecurrenceRule.maxCount, of: part))
    case .until: end = try Self.until(value)
    case .weekStart:
      guard let day = RecurrenceRule.Weekday(code: value) else {
        throw .invalid(part, "must be a day of the week, such as MO")
      }
      weekStart = day
    case .weekdays: weekdays = try Self.weekdays(value)
    case .seconds:
      // POSIX time has no leap seconds; section 3.3.12 then wants the second before.
      let seconds = try Self.list(value, 0...60, signed: false, of: part).map { min($0, 59) }
      lists[part] = Set(seconds).sorted()
    case .minutes: lists[part] = try Self.list(value, 0...59, signed: false, of: part)
    case .hours: lists[part] = try Self.list(value, 0...23, signed: false, of: part)
    case .months: lists[part] = try Self.list(value, 1...12, signed: false, of: part)
    case .monthDays: lists[part] = try Self.list(value, 1...31, signed: true, of: part)
    case .yearDays, .positions: lists[part] = try Self.list(value, 1...366, signed: true, of: part)
    case .weekNumbers: lists[part] = try Self.list(value, 1...53, signed: true, of: part)
    }
  }

  private func rule() throws(RecurrenceError) -> RecurrenceRule {
    guard let frequency else { throw .missing(.frequency) }
    if seen.contains(.count), seen.contains(.until) {
      throw .invalid(.count, "must not be given with UNTIL")
    }
    let unfit: [(RulePart, Bool)] = [
      (.weekNumbers, frequency != .yearly),
      (.yearDays, frequency == .daily || frequency == .weekly || frequency == .monthly),
      (.monthDays, frequency == .weekly),
    ]
    for (part, isUnfit) in unfit where isUnfit && seen.contains(part) {
      throw .invalid(part, "must not be given with FREQ=\(frequency.rawValue)")
    }
    if weekdays.contains(where: { $0.ordinal != nil }) {
      guard frequency >= .monthly else {
        throw .invalid(.weekdays, "must have no numbers with FREQ=\(frequency.rawValue)")
      }
      if seen.contains(.weekNumbers) {
        throw .invalid(.weekdays, "must have no numbers with BYWEEKNO")
      }
    }
    let selected = lists.keys.contains { $0 != .positions } || !weekdays.isEmpty
    if seen.contains(.positions), !selected {
      throw .invalid(.positions, "must be given with another BY part")
    }
    return RecurrenceRule(
      frequency: frequency,
      interval: interval,
      end: end,
      lists: lists,
      weekdays: weekdays,
      weekStart: weekStart
    )
  }

  /// An unsigned number of any length, within a range.
  private static func number(
    _ text: Substring,
    in range: ClosedRange<Int>,
    of part: RulePart
  ) throws(RecurrenceError) -> Int {
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let number = Int(text), range.contains(number)
    else { throw .invalid(part, "must be \(range.lowerBound) to \(range.upperBound)") }
    return number
  }

  /// Numbers between commas, in order and each once.
  private static func list(
    _ text: Substring,
    _ range: ClosedRange<Int>,
    signed: Bool,
    of part: RulePart
  ) throws(RecurrenceError) -> [Int] {
    var numbers: Set<Int> = []
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let number = signedNumber(piece), range.contains(signed ? abs(number) : number) else {
        let (low, high) = (range.lowerBound, range.upperBound)
        let negative = signed ? " or -\(high) to -\(low)" : ""
        throw .invalid(part, "must list \(low) to \(high)\(negative)")
      }
      numbers.insert(number)
    }
    return numbers.sorted()
  }

  /// One to three digits after an optional sign; nil for anything else.
  private static func signedNumber(_ text: Substring) -> Int? {
    let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text
    guard (1...3).contains(digits.utf8.count) else { return nil }
    return digits.utf8.first.flatMap { $0 >= UInt8(ascii: "0") ? Int(text) : nil }
  }

  private static func weekdays(
    _ text: Substring
  ) throws(RecurrenceError) -> [RecurrenceRule.OrdinalWeekday] {
    var days: Set<RecurrenceRule.OrdinalWeekday> = []
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      let number = piece.dropLast(2)
      let ordinal = number.isEmpty ? nil : signedNumber(number)
      guard let weekday = RecurrenceRule.Weekday(code: piece.suffix(2)),
        number.isEmpty || ordinal.map({ (1...53).contains(abs($0)) }) == true
      else {
        throw .invalid(.weekdays, "must list days such as MO, 1MO or -1MO, counted up to 53")
      }
      days.insert(.init(ordinal: ordinal, weekday: weekday))
    }
    return days.sorted {
      ($0.ordinal ?? 0, $0.weekday.rawValue) < ($1.ordinal ?? 0, $1.weekday.rawValue)
    }
  }

  private static func until(_ text: Substring) throws(RecurrenceError) -> RecurrenceRule.End {
    var scanner = DigitScanner(String(text))
    if let time = CivilTime(&scanner) {
      if scanner.isAtEnd { return .until(time) }
      if !time.isWholeDay, scanner.skip("Z") || scanner.skip("z"), scanner.isAtEnd {
        return .untilMoment(Timestamp(microseconds: Int64(time.wall) * 1_000_000))
      }
    }
    throw .invalid(.until, "must be a day or a time, such as 20261231 or 20261231T225959Z")
  }
}
