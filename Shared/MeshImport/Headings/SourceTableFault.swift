/// What is wrong with a source's table.
package struct SourceTableFault: Error, Equatable, CustomStringConvertible {
  /// The table's file.
  package let file: String
  /// From 1; 0 for the table as a whole.
  package let line: Int
  package let rule: String

  package var description: String { "\(file):\(line): \(rule)" }
}
