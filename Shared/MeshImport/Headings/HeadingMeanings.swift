/// What the headings of a file mean.
package struct HeadingMeanings: Sendable {
  /// The system that wrote the file; nil when no headings show it.
  package let source: SourceTable?
  /// In the order of the file.
  package let columns: [ReadColumn]
  /// What is to be read instead of some values, in the order of the columns.
  package let replacements: [Replacement]

  /// A value that is to be read instead of another one in a column.
  package struct Replacement: Sendable, Equatable {
    package let index: Int
    /// In any case.
    package let from: String
    package let to: String
  }

  /// The columns of a meaning, the best first.
  package func columns(of meaning: ColumnMeaning) -> [ReadColumn] {
    columns.filter { $0.meaning == meaning }.sorted { $0.preference < $1.preference }
  }

  /// The column that identifies a row, if its values can.
  package var externalID: ReadColumn? { columns(of: .id).first }
}
