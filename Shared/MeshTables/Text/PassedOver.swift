/// Rows that are nobody's: how many were passed over.
package struct PassedOver: Sendable, Hashable {
  /// Rows whose values are all empty, and that are not just blank lines.
  package var empty: Int
  /// Lines that repeat the header.
  package var headers: Int
  /// Totals, notices and notes.
  package var footers: Int

  package init(empty: Int = 0, headers: Int = 0, footers: Int = 0) {
    self.empty = empty
    self.headers = headers
    self.footers = footers
  }

  package static func + (left: PassedOver, right: PassedOver) -> PassedOver {
    PassedOver(
      empty: left.empty + right.empty,
      headers: left.headers + right.headers,
      footers: left.footers + right.footers
    )
  }
}
