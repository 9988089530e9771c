/// What a container gives, piece by piece.
package enum TablePiece: Sendable {
  /// A row of its table, the headings among the first; none for a blank row.
  case row([String])
  /// Bytes of the text that it holds, in its own encoding: they are a table's text as they are.
  case bytes([UInt8])
}
