/// What was noticed in a row that was taken all the same.
package struct RowRemark: Sendable, Equatable {
  package let line: Int
  /// Heading of the column; empty when it is about the whole row.
  package let heading: String
  /// As in the file, cut to 200 characters.
  package let value: String
  /// A sentence that goes on after the value: "was left out: it must be a date".
  package let text: String

  /// A remark with a value as it is in the file, which may be of any length.
  init(line: Int, heading: String, value: String, text: String) {
    self.line = line
    self.heading = heading
    self.value = value.quotedInRemarks
    self.text = text
  }
}

extension String {
  /// Its first 200 characters, as remarks quote a value.
  var quotedInRemarks: String {
    String(UnicodeScalarView(unicodeScalars.prefix(ImportLimits.quotedCharacters)))
  }
}
