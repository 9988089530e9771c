package import MeshCore

/// A change would close a circle of records that follow one another.
package struct CircleFault: ClientError {
  private let field: String
  private let ids: [String]

  /// - Parameters:
  ///   - field: the field that would close the circle.
  ///   - ids: the records along the circle; the last is the first again.
  package init(_ field: String, _ ids: [String]) { (self.field, self.ids) = (field, ids) }

  package var meshError: MeshError {
    let rule = "must not close a circle: \(ids.joined(separator: " -> "))"
    return MeshError(
      code: .invalidArgument,
      reason: .invalidField,
      message: "\(field) \(rule)",
      violations: [FieldViolation(field: field, description: rule)],
      metadata: ["path": ids.joined(separator: ",")]
    )
  }
}
