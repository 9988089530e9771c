import MeshCore
package import MeshProto

extension RecordMessage {
  /// Refuses a record without values that it must have where it is, such as in a stage: one that comes there,
  /// and one that had them.
  ///
  /// - Parameters:
  ///   - names: of the fields.
  ///   - before: as it was; nil for a new one.
  ///   - entered: whether it comes there by this change.
  ///   - place: where it is, for errors: `the stage "Proposal"`.
  ///   - check: takes what is wrong.
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
