package import MeshCore

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

  /// Refuses a period that ends before it begins.
  ///
  /// - Parameters:
  ///   - start: the request's `start_time`; nil for no bound.
  ///   - end: its `end_time`; nil for no bound.
  /// - Throws: INVALID_ARGUMENT for `end_time`.
  package static func requirePeriod(
    from start: Timestamp?,
    until end: Timestamp?
  ) throws(MeshError) {
    guard let start, let end, end < start else { return }
    throw .invalid("end_time", "must not be before start_time")
  }

  /// The choices that a text of a request names, separated by commas.
  ///
  /// - Parameters:
  ///   - text: as it came.
  ///   - field: what errors call it.
  ///   - known: what may be chosen.
  ///   - most: how many may be named.
  /// - Returns: the named ones, each once; none for an empty text.
  /// - Throws: INVALID_ARGUMENT for an unknown one, and for too many.
  package static func choices(
    _ text: String,
    _ field: String,
    of known: [String],
    most: Int
  ) throws(MeshError) -> Set<String> {
    let longest = known.map(\.utf8.count).max() ?? 0
    // A text of megabytes is not split.
    let isShort = text.utf8.count <= most * (longest + 1)
    let chosen = isShort ? text.split(separator: ",").map { String($0) } : []
    guard isShort, chosen.count <= most, chosen.allSatisfy({ known.contains($0) }) else {
      throw .invalid(field, "must be at most \(most) of \(known.joined(separator: ", "))")
    }
    return Set(chosen)
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
