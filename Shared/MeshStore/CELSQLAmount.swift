import CEL
import MeshCore

/// The decimal digits of amounts in SQL, where rows have one currency each.
struct AmountDigits {
  let digits: Int

  /// Where a number lies among amounts of these digits.
  func bounds(of value: CELValue) -> IntegerBounds {
    // What is no number stands in no order, and is refused before.
    IntegerBounds(ScaledInteger.place(of: value, digits: digits) ?? .afterAll)
  }

  /// Whether a column of minor units equals a number.
  func equality(_ column: SQL, _ value: CELValue) -> SQL {
    guard case .at(let units) = ScaledInteger.place(of: value, digits: digits) else {
      return "FALSE"
    }
    return "\(column) = \(units)"
  }
}

extension SQLOperand {
  /// A condition on an amount, by the digits that each row's currency has.
  func byDigits(_ condition: (AmountDigits) -> SQL) -> SQL {
    let usual = condition(AmountDigits(digits: CurrencyCode.usualDigits))
    guard let currency else { return usual }
    let cases = CurrencyCode.unusualDigits.map { group -> SQL in
      let codes = group.codes.sorted().map { "\($0)" as SQL }.joined(by: ", ")
      let holds = condition(AmountDigits(digits: group.digits))
      return "WHEN \(currency) IN (\(codes)) THEN \(holds)"
    }
    return "(CASE \(cases.joined(by: " ")) ELSE \(usual) END)"
  }
}

/// Where a number lies among a column's whole numbers, so that the column is compared as it is kept
/// and an index serves it: `company_size > 50.5` is `company_size >= 51`.
///
/// Exactly the whole numbers in `first..<end` read as equal to the number; there may be none.
struct IntegerBounds {
  /// The least whole number that does not read as less; nil when all do.
  let first: Int64?
  /// The least whole number that reads as greater; nil when none does.
  let end: Int64?

  init(of value: CELValue) {
    first = Self.least { !CELValue.int($0).precedes(value) }
    end = Self.least { value.precedes(.int($0)) }
  }

  init(_ place: ScaledInteger.Place) {
    func next(_ number: Int64) -> Int64? { number == .max ? nil : number + 1 }
    switch place {
    case .beforeAll: (first, end) = (.min, .min)
    case .at(let number): (first, end) = (number, next(number))
    case .after(let number): (first, end) = (next(number), next(number))
    case .afterAll: (first, end) = (nil, nil)
    }
  }

  /// The least number for which `holds`, which holds for all numbers above one for which it does.
  private static func least(where holds: (Int64) -> Bool) -> Int64? {
    guard holds(.max) else { return nil }
    var (low, high) = (Int64.min, Int64.max)
    while low < high {
      // The sum of the halves, rounded down, cannot overflow.
      let middle = (low >> 1) + (high >> 1) + (low & high & 1)
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return high
  }

  /// The order of a column to the number; NULL where the column is.
  func order(_ column: SQL, _ comparison: Comparison) -> SQL {
    switch comparison {
    case .less: Self.below(first, column)
    case .lessOrEqual: Self.below(end, column)
    case .greaterOrEqual: Self.fromOnwards(first, column)
    case .greater: Self.fromOnwards(end, column)
    }
  }

  private static func below(_ bound: Int64?, _ column: SQL) -> SQL {
    bound.map { "\(column) < \($0)" } ?? "\(column) <= \(Int64.max)"
  }

  private static func fromOnwards(_ bound: Int64?, _ column: SQL) -> SQL {
    bound.map { "\(column) >= \($0)" } ?? "\(column) > \(Int64.max)"
  }
}
