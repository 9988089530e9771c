import MeshCore
import MeshProto
import MeshRecords
package import MeshTables

/// Which columns of a file fill which fields of a record.
package struct ImportMapping: Sendable, Equatable {
  /// A column, and what it fills.
  package struct Column: Sendable, Equatable {
    /// Its place in the file, from 0; nil for the first column with the heading.
    package let index: Int?
    package let heading: String
    /// A field of the record, or a word for what takes more than a field (`ColumnMeaning`); nil when the column is
    /// left out.
    package let field: String?

    package init(index: Int? = nil, heading: String, field: String?) {
      self.index = index
      self.heading = heading
      self.field = field
    }
  }

  /// The source system of files that no known system wrote.
  static let noSystem = "csv"

  package var columns: [Column]
  /// The heading of the column that identifies a row; nil when all values together identify it.
  package var externalID: String?
  /// Part of every row's identity: "salesforce", "zoho", "csv" or the caller's own.
  package var sourceSystem: String
  /// Values that replace others; if there are two for one value, the first counts.
  package var values: [Value]
  /// The chosen order; nil for what each column shows.
  package var dateOrder: DateOrder?

  /// A value that replaces another one in a column.
  package struct Value: Sendable, Equatable {
    /// The column's place in the file, from 0; nil for the first column with the heading.
    package let index: Int?
    package let heading: String
    /// The replaced value, in any case.
    package let from: String
    /// The value that is read instead; empty for none.
    package let to: String

    package init(index: Int? = nil, heading: String, from: String, to: String) {
      self.index = index
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
      values: values + suggested.values.filter { keeps($0, of: suggested) && !values.contains($0) },
      dateOrder: dateOrder
    )
  }

  /// The mapping, with some of its parts from another one.
  ///
  /// - Parameters:
  ///   - other: has the new parts.
  ///   - fields: what the messages of imports call them; none for all.
  /// - Returns: the mapping.
  func changed(to other: ImportMapping, in fields: Set<String>) -> ImportMapping {
    if fields.isEmpty { return other }
    var mapping = self
    if fields.contains("mapping") { mapping.columns = other.columns }
    if fields.contains("external_id_column") { mapping.externalID = other.externalID }
    if fields.contains("source_system") { mapping.sourceSystem = other.sourceSystem }
    if fields.contains("values") { mapping.values = other.values }
    if fields.contains("date_order") { mapping.dateOrder = other.dateOrder }
    return mapping
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
    guard
      let column = columns.first(where: {
        $0.index == nil ? $0.heading == value.heading : $0.index == value.index
      })
    else { return false }
    return suggested.columns.contains {
      $0.index == value.index && $0.heading == value.heading && $0.field == column.field
    }
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
      if let name = column.field, !schema.isFilledByFiles(name, relations),
        ColumnMeaning(rawValue: name)?.isMapped(to: schema, relations) != true
      {
        check.refuse(
          "mapping[\(index)].field",
          "must be a field that a column can fill, not \(name.quoted)"
        )
      }
      // A column without a heading can only be left out, or be told by its place.
      if column.heading.isEmpty, column.index == nil, column.field != nil {
        check.refuse("mapping[\(index)].column", "must have a heading, or a place")
      }
      if let place = column.index, !(0..<Limit.importColumns.most).contains(place) {
        check.refuse(
          "mapping[\(index)].place",
          "must be 1 to \(Limit.importColumns.most)"
        )
      }
    }
    let most = Limit.importColumns
    if columns.count > most.most {
      check.refuse("mapping", "must have at most \(most.most) columns (\(most.name))")
    }
    if let heading = externalID, heading.utf8.count > ImportLimits.headingBytes {
      let rule = "must have at most \(ImportLimits.headingBytes) bytes"
      check.refuse("external_id_column", rule)
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
      if value.heading.isEmpty, value.index == nil {
        check.refuse("values[\(index)].column", "must have a heading, or a place")
      }
      if let place = value.index, !(0..<Limit.importColumns.most).contains(place) {
        check.refuse("values[\(index)].place", "must be 1 to \(Limit.importColumns.most)")
      }
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
