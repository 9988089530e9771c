/// Where a value is in the bytes of its row, and what must be done to read it.
struct RowCell: Sendable {
  /// How a value was written.
  enum Form: UInt8, Sendable {
    /// Without quotes.
    case plain
    /// In quotes, which the bytes do not include.
    case quoted
    /// Not in quotes that could be understood: they are among the bytes.
    case literal
  }

  var start: Int
  var end: Int
  var form: Form
  /// Whether doubled quotes are among the bytes.
  var hasDoubles = false
  /// Whether quotes or backslashes after a backslash are among the bytes.
  var hasBackslashes = false
  var hasNull = false
  /// Whether a quote among the bytes is not written as it should be.
  var isStray = false
  /// Whether its quotes are never closed.
  var isOpen = false
  /// Where it would begin if nothing of its row had been left out.
  let origin: Int

  init(start: Int, origin: Int, form: Form) {
    self.start = start
    self.origin = origin
    self.form = form
    end = start
  }
}
