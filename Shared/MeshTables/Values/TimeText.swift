/// A time of day as it stands behind a date: `09:30`, `9:30 PM`, `T09:30:00.250+02:00`.
struct TimeText: Equatable {
  let microseconds: Int64
  /// Seconds east of Greenwich.
  let offset: Int?

  private static let connectors: Set = ["t", "at", "um", "a", "alle", "om", "o", "las", "as", "de"]
  private static let hourWords: Set = ["h", "uhr", "u", "godz"]
  /// What stands between hours and minutes in place of a mark.
  private static let hourMarks: Set = ["h", "時", "时", "시"]
  /// Halves of the day that stand before the hour.
  private static let halves: [String: Character] = [
    "오전": "a", "上午": "a", "午前": "a", "오후": "p", "下午": "p", "午後": "p",
  ]

  /// Reads what `rest` begins with.
  init?(_ rest: inout DateTokens) {
    rest.skipMarks(",-")
    while rest.skip(Self.connectors) {}
    let half = rest.word { Self.halves[$0] != nil }.flatMap { Self.halves[$0] }
    guard let hour = rest.number(), hour.digits <= 2 else { return nil }
    var fields = [0, 0]
    var fraction: Int64 = 0
    if rest.mark(":.") != nil || rest.skip(Self.hourMarks) {
      guard let minute = rest.number(), minute.digits == 2 else { return nil }
      fields[0] = minute.value
      let hasWord = rest.skip(["分", "분"])
      if rest.mark(":.") != nil || hasWord && !rest.isAtEnd {
        guard let second = rest.number(), second.digits == 2 else { return nil }
        fields[1] = second.value
        _ = rest.skip(["秒", "초"])
        if rest.mark(".,:") != nil {
          guard let digits = rest.number() else { return nil }
          fraction = Self.microseconds(digits.value, digits.digits)
        }
      }
    } else if !Self.isHalf(rest), !rest.skip(Self.hourWords) {
      return nil
    }
    _ = rest.skip(Self.hourWords)
    guard let hours = Self.hours(hour.value, half, &rest), fields[0] < 60, fields[1] < 60 else {
      return nil
    }
    microseconds =
      (Int64(hours) * 3600 + Int64(fields[0]) * 60 + Int64(fields[1])) * 1_000_000 + fraction
    if rest.isAtEnd {
      offset = nil
    } else {
      guard let offset = Self.offset(&rest) else { return nil }
      self.offset = offset
    }
  }

  private static func microseconds(_ digits: Int, _ count: Int) -> Int64 {
    var (value, count) = (Int64(digits), count)
    while count < 6 { (value, count) = (value * 10, count + 1) }
    while count > 6 { (value, count) = (value / 10, count - 1) }
    return value
  }

  /// Whether AM or PM comes next.
  private static func isHalf(_ rest: DateTokens) -> Bool {
    guard case .word(let word) = rest.next else { return false }
    return ["am", "pm", "a", "p"].contains(word)
  }

  /// The hour of the day, by the half of it that came before or follows.
  private static func hours(_ hour: Int, _ before: Character?, _ rest: inout DateTokens) -> Int? {
    let half: Character
    if let before {
      half = before
    } else if let word = rest.word(where: { $0 == "am" || $0 == "pm" }) {
      half = word.first ?? "a"
    } else if let word = rest.word(where: { $0 == "a" || $0 == "p" }) {
      rest.skipMarks(".")
      guard rest.skip(["m"]) else { return nil }
      rest.skipMarks(".")
      half = word.first ?? "a"
    } else {
      return (0...23).contains(hour) ? hour : nil
    }
    guard (1...12).contains(hour) else { return nil }
    return hour % 12 + (half == "p" ? 12 : 0)
  }

  /// Zones that have one offset wherever they are used; minutes.
  private static let zones: [String: Int] = [
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "cet": 60, "cest": 120, "mez": 60,
    "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "est": -300, "edt": -240, "cdt": -300,
    "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "jst": 540, "aest": 600, "aedt": 660,
  ]

  private static func offset(_ rest: inout DateTokens) -> Int? {
    let isOpen = rest.mark("(") != nil
    var minutes: Int?
    if let word = rest.word() {
      guard let known = zones[word] else { return nil }
      minutes = known
      if known != 0, !rest.isAtEnd, !isOpen, rest.next != .mark("(") { return nil }
    }
    if let sign = rest.mark("+-\u{2212}") {
      guard minutes ?? 0 == 0, let number = rest.number() else { return nil }
      var (hour, minute) = (number.value, 0)
      switch number.digits {
      case 4: (hour, minute) = (number.value / 100, number.value % 100)
      case 1...2:
        if rest.mark(":") != nil {
          guard let more = rest.number(), more.digits == 2 else { return nil }
          minute = more.value
        }
      default: return nil
      }
      guard hour <= 18, minute < 60 else { return nil }
      minutes = (sign == "+" ? 1 : -1) * (hour * 60 + minute)
    }
    if isOpen, rest.mark(")") == nil { return nil }
    // `GMT+0100 (Central European Standard Time)`, as browsers write it.
    if minutes != nil, !isOpen, rest.mark("(") != nil {
      while rest.word() != nil {}
      guard rest.mark(")") != nil else { return nil }
    }
    return minutes.map { $0 * 60 }
  }
}
