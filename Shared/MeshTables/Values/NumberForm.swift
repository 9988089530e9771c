/// How the numbers of a column are written.
package struct NumberForm: Sendable, Hashable {
  /// What it was decided by.
  package enum Basis: String, Sendable, Hashable {
    /// No value of the column needs it.
    case unneeded
    /// The column's other values.
    case values
    /// How the tenant's region writes numbers.
    case region
    /// The person who imports.
    case choice
  }

  /// What separates decimals; nil while a point or comma before three digits can mean both.
  package var mark: DecimalMark?
  package var basis: Basis
  /// Whether the column has whole numbers with three decimals, as in `1500.000`, so that `1.500` can be one.
  package var hasThreeDecimals: Bool

  package init(mark: DecimalMark?, basis: Basis, hasThreeDecimals: Bool = false) {
    self.mark = mark
    self.basis = basis
    self.hasThreeDecimals = hasThreeDecimals
  }

  /// As the person who imports says.
  package static func chosen(_ mark: DecimalMark) -> NumberForm {
    NumberForm(mark: mark, basis: .choice)
  }
}
