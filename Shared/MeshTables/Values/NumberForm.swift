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

    /// Completes what was understood: "decimal comma, as the column's other values show".
    package var words: String {
      switch self {
      case .unneeded: "which no value needs"
      case .values: "as the column's other values show"
      case .region: "as is usual in the tenant's region"
      case .choice: "as was chosen"
      }
    }
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

  /// How the column is read, for the report; nil while it is not known.
  package var words: String? { mark.map { "decimal \($0.rawValue), \(basis.words)" } }

  /// As the person who imports says.
  package static func chosen(_ mark: DecimalMark) -> NumberForm {
    NumberForm(mark: mark, basis: .choice)
  }
}
