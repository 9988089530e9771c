/// How much of a row is kept.
package struct RowLimits: Sendable, Hashable {
  /// Bytes of a value; what goes beyond is cut off, at a character.
  package var valueBytes: Int
  /// Bytes of a row.
  package var rowBytes: Int
  /// Values of a row: one more than a file may have columns, so that its reader notices.
  package var values: Int

  package init(valueBytes: Int = 1 << 18, rowBytes: Int = 1 << 20, values: Int = 1_001) {
    self.valueBytes = max(valueBytes, 16)
    self.rowBytes = max(rowBytes, 64)
    self.values = max(values, 1)
  }
}
