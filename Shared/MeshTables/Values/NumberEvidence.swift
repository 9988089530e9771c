import MeshCore

/// What the values of a column say about how its numbers are written.
///
/// A point or comma before exactly three digits means thousands or decimals. The column's other values
/// decide, then the tenant's region; no value decides for itself.
package struct NumberEvidence: Sendable {
  private static let mostExamples = 3

  /// Values that can be read with a point, or with a comma before decimals, and not with the other.
  private var decisive: [DecimalMark: Int] = [:]
  /// Values whose point, or comma, stands before exactly three digits, so that they can be read in two ways.
  private var ambiguous: [DecimalMark: Int] = [:]
  /// Decisive values with three decimals.
  private var threeDecimals = 0
  /// Whether any of those has a fraction, as in `0.125`.
  private var hasFineFractions = false
  /// Numbers of any kind.
  package private(set) var numbers = 0
  /// Values that are neither numbers nor placeholders.
  package private(set) var unreadable = 0
  /// Some values that can be read in two ways, as they stand in the file.
  package private(set) var examples: [String] = []
  /// Whether the column has values in percent.
  package private(set) var hasPercent = false

  package init() {}

  package mutating func add(_ text: String) {
    let value = CellText.value(text)
    if value.isEmpty || Placeholder.isOne(value: value) || NumberText.isDash(value) { return }
    guard let number = NumberText(value: value) else {
      unreadable += 1
      return
    }
    numbers += 1
    if number.isPercent { hasPercent = true }
    if let mark = number.mark {
      decisive[mark, default: 0] += 1
      if number.decimals == 3 {
        let isWhole = number.number(mark)?.isWhole == true
        threeDecimals += isWhole ? 1 : 0
        hasFineFractions = hasFineFractions || !isWhole
      }
    } else if number.isAmbiguous {
      ambiguous[value.contains(".") ? .point : .comma, default: 0] += 1
      let example = value.cut(maxBytes: 40)
      if examples.count < Self.mostExamples, !examples.contains(example) {
        examples.append(example)
      }
    }
  }

  /// How the column is written, as far as it can be known.
  ///
  /// - Parameters:
  ///   - region: of the tenant.
  ///   - whole: whether the field takes whole numbers only. Of them a mark before three digits separates
  ///     thousands, unless the column writes them with decimals.
  /// - Returns: a form without a mark when somebody must be asked.
  package func form(region: String, whole: Bool = false) -> NumberForm {
    let usual = RegionHabits.decimalMark(in: region)
    let (point, comma) = (decisive[.point] ?? 0, decisive[.comma] ?? 0)
    let most: DecimalMark = point >= comma ? .point : .comma
    let byValues = point + comma > 0
    func form(_ mark: DecimalMark?, _ basis: NumberForm.Basis) -> NumberForm {
      NumberForm(mark: mark, basis: basis, hasThreeDecimals: threeDecimals > 0)
    }
    // A few decimals do not make decimals of many thousands: 3.5 beside 1.250, 12.500 and 2.000.
    func isOutweighed(_ mark: DecimalMark) -> Bool {
      (ambiguous[mark] ?? 0) > (decisive[mark] ?? 0) && threeDecimals == 0 && !hasFineFractions
    }
    if ambiguous.isEmpty || whole {
      return byValues ? form(most, .values) : form(usual ?? .point, .unneeded)
    }
    if byValues {
      let (more, less) = (max(point, comma), min(point, comma))
      if more >= 3 * less { return form(isOutweighed(most) ? nil : most, .values) }
      guard let usual, decisive[usual] == more, !isOutweighed(usual) else {
        return form(nil, .values)
      }
      return form(usual, .region)
    }
    // Where the region's own decimal mark stands before three digits everywhere, its habit says nothing.
    guard let usual, ambiguous[usual] == nil else { return form(nil, .region) }
    return form(usual, .region)
  }
}
