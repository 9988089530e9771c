import MeshCore

/// A number as it was written, with each way in which it can be read.
struct NumberText {
  /// The number when a point separates decimals; nil when that cannot be.
  let withPoint: ExactDecimal?
  /// The number when a comma separates decimals; nil when that cannot be.
  let withComma: ExactDecimal?
  /// How many decimals it has where it can be read in one way only; else 0.
  let decimals: Int
  let currency: CurrencyMark?
  let isPercent: Bool
  /// Whether a spreadsheet kept only its first six digits: `1.23457E+11`.
  let isShortened: Bool

  private static let mostScalars = 64

  /// Refuses what is no number.
  ///
  /// - Parameter value: as `CellText.value` gives it.
  init?(value: String) {
    guard value.utf8.count <= 4 * Self.mostScalars else { return nil }
    let scalars = value.unicodeScalars.map(Self.plain)
    guard scalars.count <= Self.mostScalars,
      let outer = Outer(scalars), let body = Body(scalars[outer.body])
    else { return nil }
    var withPoint = body.number(isNegative: outer.isNegative, mark: ".")
    var withComma = body.number(isNegative: outer.isNegative, mark: ",")
    if outer.hasNoCents {
      // Of `1.200,-` and `1.200.-` what stands between digits groups them.
      if body.lastMark == "." { withPoint = withComma }
      if body.lastMark == "," { withComma = withPoint }
    }
    guard withPoint != nil || withComma != nil else { return nil }
    self.withPoint = withPoint
    self.withComma = withComma
    let mark: Unicode.Scalar? = withComma == nil ? "." : withPoint == nil ? "," : nil
    decimals = body.lastMark == mark ? body.lastGroup : 0
    currency = outer.currency
    isPercent = outer.isPercent
    isShortened = body.exponentDigits >= 2 && body.lastGroup == 5 && body.exponent > 5
  }

  /// Whether it means two numbers, by what separates decimals.
  var isAmbiguous: Bool { withPoint != nil && withComma != nil && withPoint != withComma }

  /// What separates its decimals or, where it has none, does not; nil when that cannot be told.
  var mark: DecimalMark? {
    switch (withPoint, withComma) {
    case (.some, nil): .point
    case (nil, .some): .comma
    default: nil
    }
  }

  func number(_ mark: DecimalMark) -> ExactDecimal? { mark == .point ? withPoint : withComma }

  /// Whether a value is the dash that a spreadsheet shows for no amount: `€ -`, `-   $`.
  ///
  /// - Parameter value: as `CellText.value` gives it.
  /// - Returns: false for a dash alone, which is a placeholder.
  static func isDash(_ value: String) -> Bool {
    guard value.utf8.count <= 40 else { return false }
    var (mark, hasDash) = (String.UnicodeScalarView(), false)
    for scalar in value.unicodeScalars.map(plain) where scalar != " " {
      if scalar == "-" { hasDash = true } else { mark.append(scalar) }
    }
    return hasDash && CurrencyMark(String(mark)) != nil
  }

  /// A scalar with the same meaning in ASCII, if there is one.
  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "\u{2010}"..."\u{2015}", "\u{2212}", "\u{FE63}", "\u{FF0D}": return "-"
    case "\u{2018}", "\u{2019}", "\u{02BC}", "\u{00B4}", "`": return "'"
    case "\u{FF0C}": return ","
    case "\u{FF0E}": return "."
    case "\u{FF05}", "\u{066A}": return "%"
    case "\u{FF08}": return "("
    case "\u{FF09}": return ")"
    default: break
    }
    guard !scalar.isASCII, scalar.properties.numericType == .decimal,
      let digit = scalar.properties.numericValue, (0...9).contains(digit)
    else { return scalar }
    return Unicode.Scalar(UInt8(ascii: "0") + UInt8(digit))
  }

  fileprivate static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}

/// What stands around a number's digits.
private struct Outer {
  private(set) var isNegative = false
  private(set) var isPercent = false
  /// Whether a dash stands in place of cents: `1.200,-`.
  private(set) var hasNoCents = false
  private(set) var currency: CurrencyMark?
  /// From the first to the last digit, or from a mark before the first.
  let body: Range<Int>

  init?(_ scalars: [Unicode.Scalar]) {
    guard var first = scalars.firstIndex(where: NumberText.isDigit),
      let last = scalars.lastIndex(where: NumberText.isDigit)
    else { return nil }
    // Of `.5`, but not of `Rs.500`.
    if first > 0, scalars[first - 1] == "." || scalars[first - 1] == ",",
      first == 1 || !scalars[first - 2].properties.isAlphabetic
    {
      first -= 1
    }
    body = first..<(last + 1)
    guard takeFront(scalars[..<first]), takeBack(scalars[(last + 1)...]) else { return nil }
  }

  /// Signs and a currency before the digits.
  private mutating func takeFront(_ front: ArraySlice<Unicode.Scalar>) -> Bool {
    var mark = String.UnicodeScalarView()
    for scalar in front {
      switch scalar {
      case "-", "(":
        if isNegative { return false }
        isNegative = true
        isOpen = scalar == "("
      case "+", " ": break
      default: mark.append(scalar)
      }
    }
    return take(String(mark))
  }

  /// Whether a parenthesis waits for its end.
  private var isOpen = false

  /// A currency, percent and the end of a parenthesis behind the digits.
  private mutating func takeBack(_ back: ArraySlice<Unicode.Scalar>) -> Bool {
    var back = back[...]
    // `1.200,-` has no cents.
    if let first = back.first, first == "," || first == "." {
      back.removeFirst()
      hasNoCents = back.first == "-"
      back = back.drop { $0 == "-" }
    }
    var mark = String.UnicodeScalarView()
    for scalar in back {
      switch scalar {
      case ")":
        guard isOpen else { return false }
        isOpen = false
      case "-":
        if isNegative { return false }
        isNegative = true
      case "%":
        if isPercent { return false }
        isPercent = true
      case " ": break
      default: mark.append(scalar)
      }
    }
    return take(String(mark)) && !isOpen
  }

  private mutating func take(_ text: String) -> Bool {
    if text.isEmpty { return true }
    guard let mark = CurrencyMark(text) else { return false }
    guard let known = currency else {
      currency = mark
      return true
    }
    guard let joined = known.joined(with: mark) else { return false }
    currency = joined
    return true
  }
}

/// A number's digits in groups, and what separates them.
private struct Body {
  /// The first is empty for `.5`.
  private var groups: [[UInt8]] = [[]]
  private var marks: [Unicode.Scalar] = []
  private(set) var exponent = 0
  private(set) var exponentDigits = 0

  var lastMark: Unicode.Scalar? { marks.last }
  var lastGroup: Int { marks.isEmpty ? 0 : groups[groups.count - 1].count }

  init?(_ scalars: ArraySlice<Unicode.Scalar>) {
    var rest = scalars
    while let scalar = rest.popFirst() {
      switch scalar {
      case "0"..."9": groups[groups.count - 1].append(UInt8(ascii: scalar))
      case ".", ",", "'", " ":
        marks.append(scalar)
        groups.append([])
      case "e", "E":
        guard takeExponent(rest) else { return nil }
        rest = []
      default: return nil
      }
    }
    guard groups.dropFirst().allSatisfy({ !$0.isEmpty }) else { return nil }
  }

  private mutating func takeExponent(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    var rest = scalars
    let isNegative = rest.first == "-"
    if isNegative || rest.first == "+" { rest.removeFirst() }
    guard (1...3).contains(rest.count), rest.allSatisfy(NumberText.isDigit) else { return false }
    exponentDigits = rest.count
    for digit in rest { exponent = exponent * 10 + Int(digit.value - 0x30) }
    if isNegative { exponent = -exponent }
    return true
  }

  /// The number where `mark` separates decimals; nil when it is not written so.
  func number(isNegative: Bool, mark: Unicode.Scalar) -> ExactDecimal? {
    var whole = groups[...]
    var fraction: [UInt8] = []
    if marks.last == mark, let last = whole.popLast() { fraction = last }
    guard isGrouped(whole, by: marks.prefix(whole.count - 1), decimals: mark) else { return nil }
    if exponentDigits > 0, whole.count > 1 { return nil }
    if whole.first?.isEmpty == true, whole.count > 1 || fraction.isEmpty { return nil }
    return ExactDecimal(
      isNegative: isNegative,
      digits: whole.flatMap(\.self) + fraction,
      decimals: fraction.count,
      exponent: exponent
    )
  }

  /// Whether digits are grouped by threes, or as in India (12,34,567), by one mark.
  private func isGrouped(
    _ groups: ArraySlice<[UInt8]>,
    by marks: ArraySlice<Unicode.Scalar>,
    decimals: Unicode.Scalar
  ) -> Bool {
    guard let mark = marks.first else { return true }
    guard mark != decimals, marks.allSatisfy({ $0 == mark }), let first = groups.first,
      let last = groups.last, last.count == 3, (1...3).contains(first.count),
      first.first != UInt8(ascii: "0")
    else { return false }
    let inner = groups.dropFirst().dropLast()
    return inner.allSatisfy { $0.count == 3 }
      || mark == "," && first.count <= 2 && inner.allSatisfy { $0.count == 2 }
  }
}
