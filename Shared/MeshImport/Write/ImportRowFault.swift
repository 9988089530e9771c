/// What is wrong with one column of a row that was refused, or was taken without the record that the column names.
package struct ImportRowFault: Sendable, Equatable {
  package let line: Int
  /// Heading of the column at fault; empty when the row as a whole is refused.
  package let heading: String
  package let field: String
  package let reason: String
  /// Whether the row was taken all the same.
  package let isTaken: Bool
  /// The same by a code; nil where it has none.
  var cause: ImportValueFault?
}

extension ImportRowFault {
  /// What is wrong, after the column or field at fault.
  var words: String {
    let place = heading.isEmpty ? field : heading
    return place.isEmpty ? reason : "\(place): \(reason)"
  }
}
