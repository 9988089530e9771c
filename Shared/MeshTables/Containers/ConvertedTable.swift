/// What was read of a container.
package struct ConvertedTable: Equatable, Sendable {
  /// What the table was in: for a file in an archive, that file.
  package let kind: FileKind
  /// The sheet that was read, or the file of an archive; nil where there are no parts.
  package let part: String?
  /// What a user should know, as clauses.
  package var remarks: [String] = []
}
