import MeshCore
import MeshProto
import MeshRecords

/// Which columns of a file fill which fields of a record.
package struct ImportMapping: Sendable, Equatable {
  /// A column and its field; nil when the column is left out.
  package struct Column: Sendable, Equatable {
    package let heading: String
    package let field: String?

    package init(heading: String, field: String?) {
      self.heading = heading
      self.field = field
    }
  }

  package var columns: [Column]
  /// The heading of the column that identifies a row; nil when all values together identify it.
  package var externalID: String?
  /// Part of every row's identity: "salesforce", "zoho", "csv" or the caller's own.
  package var sourceSystem: String
  /// Values that replace others; if there are two for one value, the first counts.
  package var values: [Value]
  /// nil for that of the tenant's region.
  package var dateOrder: DateOrder?

  /// A value that replaces another one in a column.
  package struct Value: Sendable, Equatable {
    package let heading: String
    /// The replaced value, in any case.
    package let from: String
    /// The value that is read instead; empty for none.
    package let to: String

    package init(heading: String, from: String, to: String) {
      self.heading = heading
      self.from = from
      self.to = to
    }
  }

  package init(
    columns: [Column],
    externalID: String?,
    sourceSystem: String,
    values: [Value] = [],
    dateOrder: DateOrder? = nil
  ) {
    self.columns = columns
    self.externalID = externalID
    self.sourceSystem = sourceSystem
    self.values = values
    self.dateOrder = dateOrder
  }

  /// The mapping, with empty parts filled in from what is known about the header row.
  func completed(by suggested: ImportMapping) -> ImportMapping {
    ImportMapping(
      columns: columns.isEmpty ? suggested.columns : columns,
      externalID: externalID ?? identity(of: suggested),
      sourceSystem: sourceSystem.isEmpty ? suggested.sourceSystem : sourceSystem,
      values: values + suggested.values.filter { keeps($0, of: suggested) },
      dateOrder: dateOrder
    )
  }

  /// The suggested column that identifies rows; nil if the mapping does not name it, or fills another
  /// field from it.
  private func identity(of suggested: ImportMapping) -> String? {
    guard let heading = suggested.externalID, !columns.isEmpty else { return suggested.externalID }
    guard let column = columns.first(where: { $0.heading == heading }) else { return nil }
    return column.field == nil || suggested.columns.contains(column) ? heading : nil
  }

  /// Whether the column of a suggested value still fills the suggested field.
  private func keeps(_ value: Value, of suggested: ImportMapping) -> Bool {
    if columns.isEmpty { return true }
    guard let column = columns.first(where: { $0.heading == value.heading }) else { return false }
    return suggested.columns.contains(column)
  }

  /// Checks a caller's mapping.
  ///
  /// - Parameters:
  ///   - schema: of the records.
  ///   - relations: the fields whose columns refer to other records.
  ///   - check: collects the errors.
  func check(_ schema: RecordSchema, _ relations: Set<String>, _ check: inout FieldCheck) {
    checkValues(&check)
    for (index, column) in columns.prefix(Limit.importColumns.most).enumerated() {
      if column.heading.utf8.count > ImportLimits.headingBytes {
        let rule = "must have at most \(ImportLimits.headingBytes) bytes"
        check.refuse("mapping[\(index)].column", rule)
      }
      if let name = column.field, !schema.isFilledByFiles(name, relations) {
        check.refuse(
          "mapping[\(index)].field",
          "must be a field that a column can fill, not \(name.quoted)"
        )
      }
      if column.heading.isEmpty {
        check.refuse("mapping[\(index)].column", "must have a heading")
      }
    }
    let most = Limit.importColumns
    if columns.count > most.most {
      check.refuse("mapping", "must have at most \(most.most) columns (\(most.name))")
    }
    if !sourceSystem.isEmpty && !TenantKey.isValid(sourceSystem) {
      check.refuse(
        "source_system",
        "must have 1 to 60 lower-case letters, digits and underscores"
      )
    }
  }
}

extension ImportMapping {
  private func checkValues(_ check: inout FieldCheck) {
    let most = ImportLimits.values
    if values.count > most { check.refuse("values", "must have at most \(most) entries") }
    for (index, value) in values.prefix(most).enumerated() {
      for (name, text) in [("column", value.heading), ("from", value.from), ("to", value.to)]
      where text.utf8.count > ImportLimits.headingBytes {
        let rule = "must have at most \(ImportLimits.headingBytes) bytes"
        check.refuse("values[\(index)].\(name)", rule)
      }
      if value.heading.isEmpty { check.refuse("values[\(index)].column", "must have a heading") }
      if value.from.isEmpty { check.refuse("values[\(index)].from", "must have a value") }
    }
  }
}

extension RecordSchema {
  /// Whether a column can fill a field, or refer to the record of a field.
  func isFilledByFiles(_ name: String, _ relations: Set<String>) -> Bool {
    relations.contains(name) || self[name]?.isFilledByFiles == true
  }
}

extension RecordField {
  /// Whether a column of a file can fill it: clients may set it, and a cell's text can be read as
  /// its type.
  var isFilledByFiles: Bool {
    switch type {
    case .text, .integer, .decimal, .bool: isInput
    // A tenant's own fields are texts, numbers and flags.
    case .money, .date, .timestamp: isInput && customKey == nil
    default: false
    }
  }
}
