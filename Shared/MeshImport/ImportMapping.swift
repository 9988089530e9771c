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
  /// Heading of the column that identifies a row; nil when all values together identify it.
  package var externalID: String?
  /// Part of every row's identity: "salesforce", "zoho", "csv" or the caller's own.
  package var sourceSystem: String

  package init(columns: [Column], externalID: String?, sourceSystem: String) {
    self.columns = columns
    self.externalID = externalID
    self.sourceSystem = sourceSystem
  }

  /// The mapping, with empty parts filled in from what is known about the header row.
  func completed(by suggested: ImportMapping) -> ImportMapping {
    ImportMapping(
      columns: columns.isEmpty ? suggested.columns : columns,
      externalID: externalID ?? (columns.isEmpty ? suggested.externalID : nil),
      sourceSystem: sourceSystem.isEmpty ? suggested.sourceSystem : sourceSystem
    )
  }

  /// Checks a caller's mapping.
  func check(_ schema: RecordSchema, _ check: inout FieldCheck) {
    for (index, column) in columns.prefix(Limit.importColumns.most).enumerated() {
      if column.heading.utf8.count > ImportLimits.headingBytes {
        let rule = "must have at most \(ImportLimits.headingBytes) bytes"
        check.refuse("mapping[\(index)].column", rule)
      }
      if let name = column.field, schema[name]?.isFilledByFiles != true {
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
