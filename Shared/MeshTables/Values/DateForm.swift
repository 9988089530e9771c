/// How the dates of a column are written.
package struct DateForm: Sendable, Hashable {
  /// What numbers that are no dates by their look count.
  package enum Serial: String, Sendable, Hashable, CaseIterable {
    /// Days since 1899-12-30, as in a spreadsheet.
    case spreadsheet
    case unixSeconds
    case unixMilliseconds
  }

  /// The order of numbers; nil while several are possible.
  package var order: DateOrder?
  package var basis: NumberForm.Basis
  /// Set when the whole column consists of such numbers.
  package var serial: Serial?

  package init(order: DateOrder?, basis: NumberForm.Basis, serial: Serial? = nil) {
    self.order = order
    self.basis = basis
    self.serial = serial
  }

  /// How the column is read, for the report; nil while it is not known.
  package var words: String? {
    switch serial {
    case .spreadsheet: return "days as a spreadsheet counts them"
    case .unixSeconds: return "seconds since 1970"
    case .unixMilliseconds: return "milliseconds since 1970"
    case nil: break
    }
    return order.map { "\($0.words), \(basis.words)" }
  }

  /// As the person who imports says.
  ///
  /// - Parameters:
  ///   - order: what comes first.
  ///   - serial: what the column's numbers count.
  /// - Returns: a form with that order.
  package static func chosen(_ order: DateOrder, serial: Serial? = nil) -> DateForm {
    DateForm(order: order, basis: .choice, serial: serial)
  }
}
