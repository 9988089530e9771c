/// What a container gives, piece by piece.
package enum TablePiece: Sendable {
  /// A row of its table, the headings among the first; none for a blank row.
  case row([String])
  /// Bytes of the text that it holds, in its own encoding: they are a table's text as they are.
  case bytes([UInt8])
}

/// What was read of a container.
package struct TableReading: Equatable, Sendable {
  /// What the table was in: for a file in an archive, that file.
  package let kind: FileKind
  /// The sheet that was read, or the file of an archive; nil where there are no parts.
  package let part: String?
  /// What a user should know, as clauses.
  package var remarks: [String] = []
}
