import MeshCore
package import MeshProto

extension RecordMessage {
  /// Refuses a record without a value that its place, such as its stage, requires: when it enters the place,
  /// and when it had the value before.
  ///
  /// - Parameters:
  ///   - names: of the fields.
  ///   - before: as it was; nil for a new one.
  ///   - entered: whether it enters the place by this change.
  ///   - place: what errors call the place: `the stage "Proposal"`.
  ///   - check: collects the errors.
  package func require(
    _ names: [String],
    before: Self?,
    entered: Bool,
    in place: String,
    _ check: inout FieldCheck
  ) {
    for name in names {
      guard let field = Self.schema[name], value(of: field).isNone, check.isFine(name) else {
        continue
      }
      let hadOne = before.map { !$0.value(of: field).isNone } ?? false
      if entered || hadOne { check.refuse(name, "must have a value in \(place)") }
    }
  }
}
