import MeshCore
import MeshProto
import MeshStore

/// Counts and sums that a request asks for: grouped by which fields, and summed over which.
struct AggregateQuery {
  /// A field that records are grouped by.
  struct Key {
    let field: RecordField
    let expression: SQL
    /// Whether records are grouped by the month of the field's value.
    let isMonth: Bool
  }

  static let mostKeys = 3
  static let mostSums = 8

  let keys: [Key]
  let sums: [RecordField]

  /// Reads the texts of a request.
  ///
  /// - Parameters:
  ///   - schema: of the records.
  ///   - groupBy: fields, separated by commas; a time's or date's with `.month`.
  ///   - sum: fields, separated by commas.
  ///   - visible: fields that the caller sees; the others do not exist.
  /// - Throws: INVALID_ARGUMENT naming `group_by` or `sum`.
  init(
    _ schema: RecordSchema,
    groupBy: String,
    sum: String,
    visible: FieldSet
  ) throws(MeshError) {
    keys = try schema.terms(of: groupBy, "group_by", most: Self.mostKeys, visible: visible) {
      (name, field) throws(FieldFault) in
      let month = ".month"
      let isMonth = name.hasSuffix(month)
      let field = try field(isMonth ? String(name.dropLast(month.count)) : name)
      guard let expression = field.groupExpression(schema, isMonth: isMonth) else {
        throw .unfit(
          "must name fields of a choice, picklist, id or boolean, or a month such as "
            + "create_time.month, not \(name)"
        )
      }
      return Key(field: field, expression: expression, isMonth: isMonth)
    }
    sums = try schema.terms(of: sum, "sum", most: Self.mostSums, visible: visible) {
      (name, field) throws(FieldFault) in
      let field = try field(name)
      switch field.type {
      case .integer, .decimal, .money: return field
      default: throw .unfit("must name numbers or amounts, not \(name)")
      }
    }
  }

  /// The keys as the first columns of a query, each followed by a comma.
  var keyColumns: SQL { keys.map { "\($0.expression), " as SQL }.joined(by: "") }

  /// `GROUP BY` of the keys and `more` columns after them, by their places; nothing for none.
  func grouping(and more: Int = 0) -> SQL {
    let places = (0..<keys.count + more).map { Self.places[$0] }
    return places.isEmpty ? "" : "GROUP BY \(places.joined(by: ", "))"
  }

  /// The keys as the last terms of `ORDER BY`, so that groups of equal size have the same order on either engine.
  var order: SQL {
    keys.indices.map { ", \(Self.places[$0]) NULLS FIRST" as SQL }.joined(by: "")
  }

  private static let places: [SQL] = ["1", "2", "3", "4"]

  /// A group's key as text.
  func text(of values: [SQLValue]) -> [String] {
    zip(keys, values).map { key, value in key.isMonth ? value.plainText : key.field.text(of: value)
    }
  }
}

extension RecordField {
  /// What records are grouped by; nil for a field with too many different values.
  fileprivate func groupExpression(_ schema: RecordSchema, isMonth: Bool) -> SQL? {
    let column = column(schema)
    switch type {
    case .timestamp: return isMonth ? .month(of: column) : nil
    case .date: return isMonth ? "substr(\(column), 1, 7)" : nil
    case .text where !rule.choices.isEmpty || !rule.picklist.isEmpty: return isMonth ? nil : column
    case .bool, .id, .ref, .choice: return isMonth ? nil : column
    default: return nil
    }
  }

  /// The text of what a column of the field holds.
  func text(of value: SQLValue) -> String {
    switch (type, value) {
    case (_, .null): ""
    case (.id(let prefix), .blob(let bytes)):
      ID<TenantKind>(bytes: bytes).map { "\(prefix)_\($0.words.typeIDSuffix)" } ?? ""
    case (.bool, .integer(let number)): number == 0 ? "false" : "true"
    case (.choice, .integer(let number)): text(of: FieldValue.integer(number))
    default: value.plainText
    }
  }
}

extension SQLValue {
  /// A text, or nothing.
  var plainText: String {
    if case .text(let text) = self { text } else { "" }
  }
}
