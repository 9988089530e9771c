import MeshProto

extension ImportMapping {
  /// As much of a reading as a mapping can say: columns whose text is the value of a field.
  ///
  /// Whole names, consent and further lines of a street take more than a mapping; their columns are left out here.
  ///
  /// - Parameters:
  ///   - reading: of the file's headings.
  ///   - schema: of the records.
  ///   - relations: the fields whose columns refer to other records.
  init(_ reading: SourceReading, _ schema: RecordSchema, _ relations: Set<String> = []) {
    self.init(
      columns: reading.columns.map { column in
        Column(heading: column.heading, field: column.plainField(in: schema, relations))
      },
      externalID: reading.externalID?.heading,
      sourceSystem: reading.source?.name ?? "csv",
      values: reading.replacements.map { replacement in
        Value(
          heading: reading.columns[replacement.index].heading,
          from: replacement.from,
          to: replacement.to
        )
      }
    )
  }
}

extension ReadColumn {
  /// The field that takes the column's text as it is.
  fileprivate func plainField(in schema: RecordSchema, _ relations: Set<String>) -> String? {
    guard let field, schema.isFilledByFiles(field, relations) else { return nil }
    guard let wish = meaning?.wish else { return field }
    return !wish.isConsent && schema[field]?.type == .bool ? field : nil
  }
}
