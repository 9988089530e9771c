/// A place between two rows of a file, where reading may go on.
package struct RowPosition: Sendable, Hashable {
  /// Bytes of the file before it.
  package var offset: Int
  /// The line that begins there; the first is 1.
  package var line: Int
  /// The offset up to which no value goes over a line end, because a quote that was left open was found
  /// before it; usually 0.
  package var singleLinesUntil: Int

  package init(offset: Int, line: Int, singleLinesUntil: Int = 0) {
    self.offset = offset
    self.line = line
    self.singleLinesUntil = singleLinesUntil
  }
}
