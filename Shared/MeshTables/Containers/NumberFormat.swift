/// How a sheet shows a number, as far as it changes what the number means.
///
/// Read from a format's code (ECMA-376, part 1, 18.8.30 and 18.8.31): only its first section, which is that
/// of positive numbers.
enum NumberFormat: Equatable, Sendable {
  case general
  case date, time, dateAndTime
  /// A span of time, which may be more than a day.
  case duration
  case percent
  /// Digits at fixed places, as a postal code has them: `0` is a digit, all else stands for itself.
  case digits([UInt8])
  /// An amount of a currency, with its sign or code.
  case currency(String)

  /// The formats that have numbers instead of codes; what the others do changes no meaning.
  static func builtIn(_ number: Int) -> NumberFormat {
    switch number {
    case 9, 10: .percent
    case 14...17, 27...31, 36, 50...54, 57, 58: .date
    case 18...21, 32...35, 55, 56: .time
    case 22: .dateAndTime
    case 45...47: .duration
    default: .general
    }
  }

  /// - Parameter code: such as `yyyy\-mm\-dd` or `[$€-407] #,##0.00`.
  init(code: String) {
    var scanner = FormatScanner(code)
    scanner.scan()
    self = scanner.format
  }
}

/// Goes through the code of a number's format.
private struct FormatScanner {
  /// What may be shown of a number of digits at fixed places: a longer one has another purpose.
  private static let mostPlaces = 20
  private static let currencies: Set<String> = [
    "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "₪", "₫", "₱", "₴", "฿",
    "zł", "kr", "Kč", "Ft", "R$", "US$", "CHF", "EUR", "USD", "GBP", "JPY", "CNY", "INR", "SEK",
    "NOK", "DKK", "PLN", "CZK", "HUF",
    "CAD", "AUD", "NZD", "BRL", "MXN", "ZAR", "SGD", "HKD",
  ]

  private var rest: Substring.UnicodeScalarView
  private var days = false
  private var clock = false
  /// A month or a minute, depending on what else there is.
  private var months = false
  private var elapsed = false
  private var percent = false
  private var currency = ""
  /// The code as digits and what stands between them; nil when it is more than that.
  private var places: [UInt8]? = []

  init(_ code: String) { rest = code.prefix(1_000).unicodeScalars }

  var format: NumberFormat {
    if elapsed { return .duration }
    if days || clock || months {
      let isDate = days || !clock
      return isDate ? (clock ? .dateAndTime : .date) : .time
    }
    if percent { return .percent }
    if !currency.isEmpty { return .currency(currency) }
    guard let places, places.count <= Self.mostPlaces,
      places.count(where: { $0 == UInt8(ascii: "0") }) > 1
    else { return .general }
    return .digits(places)
  }

  mutating func scan() {
    if rest.starts(with: "General".unicodeScalars) { return }
    while let scalar = rest.popFirst() {
      switch scalar {
      case ";": return
      case "\"": literal(taken(until: "\""))
      case "\\": literal(rest.popFirst().map { String($0) } ?? "")
      case "_", "*":
        _ = rest.popFirst()
        places = nil
      case "[": bracket(taken(until: "]"))
      case "A" where rest.starts(with: "M/PM".unicodeScalars):
        rest.removeFirst(4)
        clock = true
      case "y", "Y", "d", "D": days = true
      case "m", "M": months = true
      case "h", "H", "s", "S": clock = true
      case "%": percent = true
      case "0": places?.append(UInt8(ascii: "0"))
      case "-", " ", "(", ")", "/": places?.append(UInt8(scalar.value))
      default:
        if Self.currencies.contains(String(scalar)) { currency = String(scalar) }
        places = nil
      }
    }
  }

  private mutating func taken(until end: Unicode.Scalar) -> String {
    var text = String.UnicodeScalarView()
    while let scalar = rest.popFirst(), scalar != end { text.append(scalar) }
    return String(text)
  }

  private mutating func literal(_ text: String) {
    let trimmed = String(text.filter { $0 != " " && $0 != "\u{A0}" })
    if Self.currencies.contains(trimmed) { currency = trimmed }
    // A digit that is no place for one would be taken for one.
    if text.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "0") }) {
      places?.append(contentsOf: text.utf8)
    } else {
      places = nil
    }
  }

  /// A colour, a condition, a currency with its language, or hours that may be more than a day has.
  private mutating func bracket(_ text: String) {
    if text.hasPrefix("$") {
      let sign = String(text.dropFirst().prefix { $0 != "-" })
      if Self.currencies.contains(sign) { currency = sign }
    } else if let first = text.lowercased().first, "hms".contains(first),
      text.lowercased().allSatisfy({ $0 == first })
    {
      elapsed = true
    } else if text.hasPrefix("<") || text.hasPrefix(">") || text.hasPrefix("=") {
      // The section is for some numbers only: for all others there is another one.
      places = nil
    }
  }
}
