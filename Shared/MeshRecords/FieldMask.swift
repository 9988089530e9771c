package import MeshCore
package import MeshProto

/// Which fields an update writes.
package struct FieldMask: Sendable {
  /// Generated fields and keys of the tenant's own fields.
  let fields: FieldSet
  /// The requested fields, without repetition, in the schema's order.
  let names: [RecordField]
  /// The parts that are named of an amount, where not all of it is, by the field's place.
  let moneyParts: [Int: Set<Money.Part>]

  private static var mostPaths: Int { 1_000 }

  /// Parses the paths of an update mask.
  ///
  /// - Parameters:
  ///   - paths: names of fields that people may set; `*` for all that can change. A message with parts means
  ///     all of them; a part of a message or amount leaves the others as they are.
  ///   - schema: of the record.
  /// - Throws: INVALID_ARGUMENT naming every path that cannot be set (UNKNOWN_FIELD), or for no path.
  package init(_ paths: [String], of schema: RecordSchema) throws(MeshError) {
    if paths.isEmpty { throw .invalid("update_mask", "must name the fields to change") }
    guard paths.count <= Self.mostPaths else {
      throw .invalid("update_mask", "must name at most \(Self.mostPaths) fields")
    }
    var set = FieldSet()
    var whole = FieldSet()
    var moneyParts: [Int: Set<Money.Part>] = [:]
    var unknown: [FieldViolation] = []
    for path in paths {
      let isName = path.utf8.count <= RecordSchema.mostNameBytes
      let named =
        path == "*"
        ? schema.fields.filter { !$0.traits.contains(.immutable) }
        : isName ? schema.fields(ofPath: path) : []
      let settable = named.filter(\.isInput)
      for field in settable { whole.insert(field) }
      for field in settable { set.insert(field) }
      if isName, named.isEmpty, let (field, part) = schema.moneyPart(ofPath: path), field.isInput {
        moneyParts[field.index, default: []].insert(part)
        set.insert(field)
        continue
      }
      if settable.isEmpty {
        let rule = "names \(path.quoted), which is not a field that can be set"
        unknown.append(FieldViolation(field: "update_mask", description: rule))
      }
    }
    guard unknown.isEmpty else { throw .invalid(unknown, reason: .unknownField) }
    fields = set
    names = schema.fields.filter { set.contains($0) }
    self.moneyParts = moneyParts.filter { !whole.contains(schema.fields[$0.key]) }
  }

  /// The equivalent paths, each once.
  var paths: [String] {
    names.flatMap { field in
      moneyParts[field.index]?.map { "\(field.name).\($0.rawValue)" }.sorted() ?? [field.name]
    }
  }

  /// Whether the mask names the field and not a part of its value.
  func isWhole(_ field: RecordField) -> Bool { moneyParts[field.index] == nil }
}

extension FieldSet {
  /// Refuses fields that the caller may not set.
  ///
  /// - Parameters:
  ///   - fields: of the update mask, or those that a creation sets.
  ///   - visible: what the caller sees.
  /// - Throws: PERMISSION_DENIED that names them all; one that the caller does not even see is
  ///   INVALID_ARGUMENT with reason UNKNOWN_FIELD, as one that does not exist.
  func checkSettable(_ fields: [RecordField], visible: FieldSet) throws(MeshError) {
    let refused = fields.filter { !contains($0) }
    if refused.isEmpty { return }
    let unseen = refused.filter { !visible.contains($0) }
    guard unseen.isEmpty else {
      throw .invalid(
        unseen.map { FieldViolation(field: $0.name, description: "does not exist") },
        reason: .unknownField
      )
    }
    throw MeshError(
      code: .permissionDenied,
      reason: .permissionDenied,
      message: "you may not change " + refused.map(\.name).joined(separator: ", "),
      violations: refused.map { FieldViolation(field: $0.name, description: "may not be changed") }
    )
  }
}

extension RecordMessage {
  /// - Throws: ABORTED when the caller read an older version; without an etag, any version is accepted.
  package func require(_ etag: Etag?) throws(MeshError) {
    try require(etag, telling: [], visible: .none)
  }

  /// As above; the error reports the present version, when and by whom it was made, and the present values of
  /// some fields, as far as the caller sees these.
  func require(
    _ etag: Etag?,
    telling fields: [String],
    visible: FieldSet
  ) throws(MeshError) {
    if etag == nil || etag == self.etag { return }
    let told = (["update_time", "updated_by"] + fields).compactMap { Self.schema[$0] }
      .filter { visible.contains($0) }.map { ($0.name, $0.text(of: value(of: $0))) }
    var present = Dictionary(told, uniquingKeysWith: { $1 })
    if !visible.isEmpty { present["etag"] = self.etag?.description }
    let rule = "must be that of the present version"
    throw .staleEtag(present, violations: [FieldViolation(field: "etag", description: rule)])
  }

  /// The record with the fields of a mask taken from a draft.
  package func taking(_ mask: FieldMask, from draft: Self) -> Self {
    var changed = self
    changed.take(mask.fields.bits, from: draft)
    for (place, parts) in mask.moneyParts {
      let (before, after) = (self[field: place].money, draft[field: place].money)
      changed[field: place] = FieldValue(Money.replacing(parts, of: before, by: after))
    }
    for field in mask.names where field.customKey != nil {
      changed.set(field, to: draft.value(of: field))
    }
    return changed
  }
}
