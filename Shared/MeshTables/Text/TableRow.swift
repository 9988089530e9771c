/// A row of a file.
package struct TableRow: Sendable, Hashable {
  /// The line on which it begins; the first of the file is 1.
  package let line: Int
  /// A value for each heading; empty where the row has none.
  package let values: [String]
  /// The number of values that the row has in the file.
  package let count: Int
  package let faults: [RowFault]
  /// The place after it.
  package let end: RowPosition
  /// What was passed over since the row before it.
  package let passedOver: PassedOver
}
