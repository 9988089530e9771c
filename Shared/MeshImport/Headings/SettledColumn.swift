import MeshProto

/// A column of a file, as its rows are read.
struct SettledColumn: Sendable, Equatable {
  /// From 0.
  let index: Int
  let heading: String
  /// The field that it fills alone or with others; nil when it has none of its own.
  let field: RecordField?
  let meaning: ColumnMeaning?
  /// Parts of an address of the same rank belong together.
  let rank: Int
  /// Its place among the columns that stand for one another, from 0.
  let preference: Int

  var isLeftOut: Bool { field == nil && (meaning == nil || meaning == .unused) }
}

extension ReadColumn {
  /// What a mapping says of the column: a field, or a word for what takes more than one.
  func target(in schema: RecordSchema, _ relations: Set<String>) -> String? {
    if let wish = meaning?.wish {
      let isPlain = !wish.isConsent && wish.channels.count == 1
      let isThere = meaning?.filled(in: schema, relations) != nil || wish.channels.count > 1
      guard isThere else { return nil }
      return isPlain ? field ?? meaning?.rawValue : meaning?.rawValue
    }
    if let field, schema.isFilledByFiles(field, relations) { return field }
    guard let meaning, meaning.isRead(into: schema) else { return nil }
    return meaning.rawValue
  }
}

extension ColumnMeaning {
  /// The field that it fills in files.
  func filled(in schema: RecordSchema, _ relations: Set<String>) -> RecordField? {
    field(in: schema).flatMap { schema.isFilledByFiles($0, relations) ? schema[$0] : nil }
  }

  /// Whether a mapping may say it of a column of records of a kind.
  func isMapped(to schema: RecordSchema, _ relations: Set<String>) -> Bool {
    if let wish { return wish.channels.contains { $0.field(in: schema) != nil } }
    return isRead(into: schema) || filled(in: schema, relations) != nil
  }

  /// Whether rows of records of a kind are read by it, although it fills no field by a copy.
  func isRead(into schema: RecordSchema) -> Bool {
    switch self {
    case .name, .middleName, .namePrefix, .nameSuffix:
      schema["first_name"] != nil && schema["last_name"] != nil
    case .dialCode: schema.fields.contains { $0.rule.format == .phone && $0.isInput }
    case .currency: schema.fields.contains { $0.type == .money && $0.isInput }
    case .houseNumber, .streetMore: Self.street.field(in: schema) != nil
    case .createTime, .firstContactTime, .lastContactTime: schema["description"] != nil
    default: false
    }
  }
}
