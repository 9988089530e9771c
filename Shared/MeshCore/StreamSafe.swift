extension String {
  /// Combining marks that may follow each other.
  package static var mostCombiningMarks: Int { 30 }

  /// Whether the text is in the Stream-Safe Text Format (UAX #15, section 13): at most 30 combining marks
  /// in a row, far more than any language needs.
  ///
  /// Swift compares and hashes strings in their normal form, which takes time by the square of the marks
  /// in a row: a few kilobytes of them would keep a thread busy for seconds.
  package var isStreamSafe: Bool {
    // A mark has two bytes at least.
    if utf8.count <= 2 * Self.mostCombiningMarks { return true }
    var marks = 0
    for scalar in unicodeScalars {
      if scalar.value >= 0x300, scalar.properties.canonicalCombiningClass != .notReordered {
        marks += 1
        if marks > Self.mostCombiningMarks { return false }
      } else {
        marks = 0
      }
    }
    return true
  }
}
