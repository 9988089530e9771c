package import MeshCore

/// Some of a resource's fields, by their names in the proto.
package enum FieldNames: Hashable, Sendable {
  case none
  case only(Set<String>)
  case all

  /// Whether the field that `path` begins with is among them: `annual_revenue.currency` is as
  /// `annual_revenue` is.
  package func contains(_ path: String) -> Bool {
    switch self {
    case .none: false
    case .only(let names): names.contains(String(path.prefix { $0 != "." }))
    case .all: true
    }
  }
}

/// Which fields of a kind of resource a caller sees, and which they may change.
package struct FieldAccess: Hashable, Sendable {
  package let visible: FieldNames
  package let editable: FieldNames

  package init(visible: FieldNames, editable: FieldNames) {
    self.visible = visible
    self.editable = editable
  }

  /// Refuses an update of fields that the caller may not change.
  ///
  /// - Parameter paths: of the update mask, or the fields that a creation sets.
  /// - Throws: PERMISSION_DENIED that names them all; one that the caller does not even see is
  ///   INVALID_ARGUMENT with reason UNKNOWN_FIELD, as one that does not exist.
  package func checkEditable(_ paths: some Sequence<String>) throws(MeshError) {
    let refused = paths.filter { !editable.contains($0) }
    if refused.isEmpty { return }
    let unseen = refused.filter { !visible.contains($0) }
    guard unseen.isEmpty else {
      throw .invalid(
        unseen.map { FieldViolation(field: $0, description: "does not exist") },
        reason: .unknownField
      )
    }
    throw MeshError(
      code: .permissionDenied,
      reason: .permissionDenied,
      message: "you may not change " + refused.joined(separator: ", "),
      violations: refused.map { FieldViolation(field: $0, description: "may not be changed") }
    )
  }
}
