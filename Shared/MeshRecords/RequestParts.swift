import MeshCore

extension FieldCheck {
  /// Runs what a part of a request asks for; errors name the part and the field,
  /// as in `deal.amount`.
  package static func of<T>(_ part: String, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as MeshError where error.code == .invalidArgument {
      throw MeshError.invalid(
        error.violations.map {
          FieldViolation(field: "\(part).\($0.field)", description: $0.description)
        },
        reason: error.reason
      )
    }
  }

  /// Normalizes a text of a verb's request; line breaks stay.
  ///
  /// - Parameters:
  ///   - text: as it came.
  ///   - field: what errors call it.
  ///   - lengths: in Unicode characters.
  /// - Returns: the text; errors are added to the violations.
  package mutating func text(
    _ text: String,
    _ field: String,
    _ lengths: ClosedRange<Int>
  ) -> String {
    let rule =
      lengths.lowerBound == 0
      ? "must have at most \(lengths.upperBound) characters"
      : "must have \(lengths.lowerBound) to \(lengths.upperBound) characters"
    // The characters of a text of megabytes are not examined.
    guard text.utf8.count <= 8 * lengths.upperBound else {
      refuse(field, rule)
      return ""
    }
    let formed = TextForm.cleaned(text, keepsLines: true)
    if !lengths.contains(formed.unicodeScalars.count) { refuse(field, rule) }
    return formed
  }
}
