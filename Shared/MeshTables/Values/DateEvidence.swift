import MeshCore

/// What the values of a column say about how its dates are written.
package struct DateEvidence: Sendable {
  private static let mostExamples = 3

  /// Dates of which the day or the month must come first, or of two digits the year.
  private var decisive: [DateOrder: Int] = [:]
  /// Dates whose day and month can change places.
  private var ambiguous = 0
  private var serials: [DateForm.Serial: Int] = [:]
  private var shortYears = ShortYears()
  /// Dates, serial numbers not counted.
  package private(set) var dates = 0
  /// Values that are neither dates nor placeholders.
  package private(set) var unreadable = 0
  /// Some dates that can be read in several ways, as they stand in the file.
  package private(set) var examples: [String] = []

  package init() {}

  package mutating func add(_ text: String) {
    let value = CellText.value(text)
    if value.isEmpty || value == "0" || Placeholder.isOne(value: value) { return }
    if let serial = DateSerial.kind(of: value) {
      serials[serial, default: 0] += 1
      return
    }
    guard let date = DateText(value: value) else {
      unreadable += 1
      return
    }
    if date.isNone { return }
    // 29/02/23 is a day that was never there, and no proof of years that come first.
    if date.isUnlikely {
      unreadable += 1
      return
    }
    dates += 1
    if date.hasShortYear { shortYears.add(date) }
    switch (date.day(.dayFirst), date.day(.monthFirst)) {
    case (nil, nil): decisive[.yearFirst, default: 0] += 1
    case (.some, nil): decisive[.dayFirst, default: 0] += 1
    case (nil, .some): decisive[.monthFirst, default: 0] += 1
    case (.some(let one), .some(let other)) where one == other: break
    default:
      ambiguous += 1
      let example = value.cut(maxBytes: 40)
      if examples.count < Self.mostExamples, !examples.contains(example) {
        examples.append(example)
      }
    }
  }

  /// How the column is written, as far as it can be known.
  ///
  /// Numbers count as days only where the column consists of them, one text in ten left aside.
  ///
  /// - Parameter region: of the tenant.
  /// - Returns: a form without an order when somebody must be asked.
  package func form(region: String) -> DateForm {
    if dates == 0, let one = serials.first, serials.count == 1, 10 * unreadable <= one.value {
      return DateForm(order: nil, basis: .values, serial: one.key)
    }
    let usual = RegionHabits.dateOrder(in: region)
    if shortYears.isAny {
      if decisive[.yearFirst] != nil {
        return DateForm(order: shortYears.canBeFirst ? .yearFirst : nil, basis: .values)
      }
      if usual == .yearFirst, shortYears.canBeFirst {
        return DateForm(order: .yearFirst, basis: .region)
      }
      if shortYears.areLikelyFirst { return DateForm(order: nil, basis: .values) }
    }
    let (day, month) = (decisive[.dayFirst] ?? 0, decisive[.monthFirst] ?? 0)
    let most: DateOrder = day >= month ? .dayFirst : .monthFirst
    if ambiguous == 0 {
      return day + month > 0
        ? DateForm(order: most, basis: .values)
        : DateForm(order: usual ?? .dayFirst, basis: .unneeded)
    }
    if day + month > 0 {
      let isClear = max(day, month) >= 3 * min(day, month)
      return DateForm(order: isClear ? most : nil, basis: .values)
    }
    return DateForm(order: usual == .yearFirst ? nil : usual, basis: .region)
  }
}

/// Where the years of two digits of a column may stand.
private struct ShortYears {
  /// Whether there are any in dates of numbers.
  private(set) var isAny = false
  /// Whether all of them can come first.
  private(set) var canBeFirst = true
  /// The first and third parts that occur, a bit each.
  private var firsts: UInt128 = 0
  private var thirds: UInt128 = 0

  mutating func add(_ date: DateText) {
    guard let outer = date.outerParts else { return }
    isAny = true
    if date.day(.yearFirst) == nil { canBeFirst = false }
    firsts |= 1 << UInt128(outer.first & 127)
    thirds |= 1 << UInt128(outer.third & 127)
  }

  /// Whether the last parts are many and the first ones few, as days and years are.
  var areLikelyFirst: Bool {
    canBeFirst && thirds.nonzeroBitCount >= 5
      && thirds.nonzeroBitCount >= 2 * firsts.nonzeroBitCount
  }
}
