import MeshCore
import MeshProto
import MeshRecords
import RecordsAPI

/// What becomes of a record when a row says other values than it has.
struct RecordChange<Record: StoredRecord> {
  private(set) var record: Record
  /// The fields that differ and stay as they are, with both values.
  private(set) var kept: [(field: RecordField, new: String, old: String)] = []

  /// - Parameters:
  ///   - before: the record as it is.
  ///   - draft: what the row says, normalized as the schema says.
  ///   - names: of the fields that the row fills; an empty cell never erases.
  ///   - schema: of the record.
  ///   - choice: what the person wants.
  ///   - descriptionField: the field for free text.
  ///   - access: the fields that the person sees and may change.
  init(
    _ before: Record,
    _ draft: Record,
    _ names: Set<String>,
    _ schema: RecordSchema,
    _ choice: ImportChoices.Known,
    descriptionField: String?,
    _ access: ImportFields = ImportFields()
  ) {
    record = before
    for field in schema.fields where names.contains(field.name) {
      let (old, new) = (before.value(of: field), draft.value(of: field))
      if new.isNone { continue }
      // What the person does not see is kept whether it is the same or not: the difference would tell it.
      guard access.visible.contains(field) else {
        kept.append((field, new.words, ""))
        continue
      }
      if Self.says(old, the: new, field, isFreeText: field.name == descriptionField) { continue }
      let isFirm =
        field.traits.contains(.immutable) && !old.isNone || !access.editable.contains(field)
      let isSkipped = choice == .skip && !Self.isRefusal(new, field)
      if isSkipped || isFirm || !Self.mayReplace(old, new, field, choice) {
        kept.append((field, new.words, old.words))
      } else {
        record.set(field, to: new)
      }
    }
  }

  /// Whether a link to another record takes the place of what a field has.
  ///
  /// - Parameters:
  ///   - old: what it has.
  ///   - field: of the record.
  ///   - choice: what the person wants.
  ///   - access: the fields that the person sees and may change.
  /// - Returns: false where a differing link is remarked on.
  static func mayLink(
    _ old: FieldValue,
    _ field: RecordField,
    _ choice: ImportChoices.Known,
    _ access: ImportFields
  ) -> Bool {
    let isFirm = field.traits.contains(.immutable) && !old.isNone || !access.mayFill(field)
    return !isFirm && choice != .skip && (old.isNone || choice == .update)
  }

  /// Whether a value already says what a row says.
  private static func says(
    _ old: FieldValue,
    the new: FieldValue,
    _ field: RecordField,
    isFreeText: Bool
  ) -> Bool {
    if old == new { return true }
    guard let was = old.text, let text = new.text else { return false }
    if field.isAddress { return EmailAddress.folded(was) == EmailAddress.folded(text) }
    return isFreeText && was.contains(text)
  }

  /// Whether it is a wish not to be contacted, which holds for records that are skipped, too.
  static func isRefusal(_ value: FieldValue, _ field: RecordField) -> Bool {
    field.isWish && (value == .bool(true) || value == .text("denied"))
  }

  /// Whether a row's value takes the place of a record's.
  private static func mayReplace(
    _ old: FieldValue,
    _ new: FieldValue,
    _ field: RecordField,
    _ choice: ImportChoices.Known
  ) -> Bool {
    if field.isWish {
      // Who refused is asked again by a person, not by a file.
      return isRefusal(new, field) || old.isNone
    }
    return old.isNone || old == .bool(false) || choice == .update
  }
}

extension FieldValue {
  /// The value as remarks quote it.
  var words: String {
    switch self {
    case .none: ""
    case .text(let text): text
    case .bool(let flag): flag ? "yes" : "no"
    case .integer(let number): "\(number)"
    case .decimal(let number): "\(number)"
    case .id(let id): "\(id)"
    case .timestamp(let time): "\(time)"
    case .date(let date): "\(date)"
    case .money(let money): money.text
    case .etag, .list, .message, .fields: "another value"
    }
  }
}

extension RecordMessage {
  /// What the record is called; empty when it has no name.
  func title(_ schema: RecordSchema) -> String {
    schema.title.lazy.compactMap { schema[$0] }.compactMap { self.value(of: $0).text }.first ?? ""
  }
}
