import MeshProto

/// A system whose exports need no mapping.
package struct KnownSystem: Sendable {
  /// Part of the identity of its rows: "salesforce".
  let name: String
  /// Headings that together occur only in this system's files.
  private let marks: [HeadingKey]
  private let externalIDs: Set<HeadingKey>
  private let fields: [HeadingKey: String]
  private let values: [String: [String: String]]

  /// - Parameters:
  ///   - name: 1 to 60 lower-case letters, digits and underscores.
  ///   - marks: headings that together occur only in this system's files.
  ///   - externalIDs: headings of the column that identifies a row.
  ///   - fields: headings by the field that they fill; the first field with a heading gets it. A
  ///     field's own name and label need no entry.
  ///   - values: replacements for this system's values, by field.
  package init(
    _ name: String,
    marks: [String] = [],
    externalIDs: [String] = [],
    fields: [[String: [String]]] = [],
    values: [String: [String: String]] = [:]
  ) {
    self.name = name
    self.marks = marks.map(HeadingKey.init)
    self.externalIDs = Set(externalIDs.map(HeadingKey.init))
    var table: [HeadingKey: String] = [:]
    for part in fields.reversed() {
      for (field, headings) in part {
        for heading in headings { table[HeadingKey(heading)] = field }
      }
    }
    self.fields = table
    self.values = values
  }

  /// Whether the headings are this system's.
  fileprivate func wrote(_ headings: Set<HeadingKey>) -> Bool {
    !marks.isEmpty && headings.isSuperset(of: marks)
  }

  /// The field that a heading is known to fill, if the records have it.
  private func known(_ heading: HeadingKey, _ schema: RecordSchema) -> String? {
    fields[heading].flatMap { schema[$0] == nil ? nil : $0 }
  }

  /// The mapping of a header row.
  fileprivate func mapping(
    of headings: [String],
    _ keys: [HeadingKey],
    _ schema: RecordSchema,
    _ relations: Set<String>
  ) -> ImportMapping {
    let named = schema.fieldNames(filledByFiles: relations)
    let columns = zip(headings, keys).map { heading, key in
      ImportMapping.Column(heading: heading, field: known(key, schema) ?? named[key])
    }
    return ImportMapping(
      columns: columns,
      externalID: zip(headings, keys).first { externalIDs.contains($1) }?.0,
      sourceSystem: name,
      values: columns.flatMap { column in
        let known = column.field.flatMap { values[$0] } ?? [:]
        return known.sorted { $0.key < $1.key }
          .map { ImportMapping.Value(heading: column.heading, from: $0.key, to: $0.value) }
      }
    )
  }
}

extension ImportMapping {
  /// The source system of a header row, and the fields of its columns.
  ///
  /// - Parameters:
  ///   - headings: in the order of the file.
  ///   - keys: of the headings, in their order.
  ///   - systems: of the plan; the last counts where none is found.
  ///   - schema: of the records.
  ///   - relations: the fields whose columns refer to other records.
  init(
    suggestedFor headings: [String],
    _ keys: [HeadingKey],
    _ systems: [KnownSystem],
    _ schema: RecordSchema,
    _ relations: Set<String> = []
  ) {
    let present = Set(keys)
    let system = systems.first { $0.wrote(present) } ?? systems.last ?? KnownSystem("csv")
    self = system.mapping(of: headings, keys, schema, relations)
  }
}
