package import MeshCore

/// A message that is a record: what the generator makes of `(leadmesh.options.v1.resource)`.
package protocol RecordMessage: Message {
  static var schema: RecordSchema { get }

  /// A field's value by its place; setting one of another type changes nothing.
  subscript(field index: Int) -> FieldValue { get set }

  /// The generated fields whose values differ.
  func changes(from other: Self) -> FieldBits

  /// Takes over the values of some fields.
  mutating func take(_ fields: FieldBits, from other: Self)

  /// The record's id without its prefix; nil before it has one.
  var recordID: IDWords? { get set }
  var etag: Etag? { get set }
  var createTime: Timestamp? { get set }
  var updateTime: Timestamp? { get set }
  /// `member_...` or `system:<service>`.
  var createdBy: String { get set }
  var updatedBy: String { get set }
}

extension RecordMessage {
  /// A field's value, a tenant's own fields included.
  package func value(of field: RecordField) -> FieldValue {
    guard let key = field.customKey else { return self[field: field.index] }
    guard case .fields(let values) = self[field: field.index] else { return .none }
    return values[key] ?? .none
  }

  /// Sets a field's value, a tenant's own fields included.
  package mutating func set(_ field: RecordField, to value: FieldValue) {
    guard let key = field.customKey else {
      self[field: field.index] = value
      return
    }
    var values: [String: FieldValue] = [:]
    if case .fields(let present) = self[field: field.index] { values = present }
    values[key] = value.isNone ? nil : value
    self[field: field.index] = values.isEmpty ? .none : .fields(values)
  }

  /// The fields that have a value: what a creation sets.
  package var filledFields: FieldBits { changes(from: Self()) }

  /// The id as clients see it; empty before the record has one.
  package var idText: String {
    recordID.map { Self.schema.idPrefix + "_" + $0.typeIDSuffix } ?? ""
  }

  /// The record with the fields of a set; the others are as if they had never been set.
  ///
  /// The id and the etag always stay: a caller who sees the record knows of them.
  package func showing(_ visible: FieldSet) -> Self {
    if visible == .all { return self }
    var shown = Self()
    shown.take(visible.bits, from: self)
    shown.recordID = recordID
    shown.etag = etag
    for field in Self.schema.generated where field.type == .custom {
      guard case .fields(let values) = self[field: field.index] else { continue }
      guard case .only(let keys) = visible.custom else { continue }
      let kept = values.filter { keys.contains($0.key) }
      shown[field: field.index] = kept.isEmpty ? .none : .fields(kept)
    }
    return shown
  }
}
