import MeshProto

/// A system whose exports need no mapping.
package struct KnownSystem: Sendable {
  /// Part of the identity of its rows: "salesforce".
  let name: String
  /// Headings that together occur only in this system's files.
  private let marks: [HeadingKey]
  private let externalIDs: Set<HeadingKey>
  private let fields: [HeadingKey: String]

  /// - Parameters:
  ///   - name: 1 to 60 lower-case letters, digits and underscores.
  ///   - marks: headings that together occur only in this system's files.
  ///   - externalIDs: headings of the column that identifies a row.
  ///   - fields: headings by the field they fill; the first field that has a heading gets it. A
  ///     field's own name and label need no entry.
  package init(
    _ name: String,
    marks: [String] = [],
    externalIDs: [String] = [],
    fields: [[String: [String]]] = []
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
  }

  /// Whether the headings are this system's.
  fileprivate func wrote(_ headings: Set<HeadingKey>) -> Bool {
    !marks.isEmpty && headings.isSuperset(of: marks)
  }

  /// The mapping of a header row.
  fileprivate func mapping(of headings: [String], _ schema: RecordSchema) -> ImportMapping {
    var named: [HeadingKey: String] = [:]
    for field in schema.fields.reversed() where field.isFilledByFiles {
      named[HeadingKey(field.label)] = field.name
      named[HeadingKey(field.customKey ?? field.name)] = field.name
      named[HeadingKey(field.name)] = field.name
    }
    return ImportMapping(
      columns: headings.map { heading in
        let key = HeadingKey(heading)
        return ImportMapping.Column(heading: heading, field: fields[key] ?? named[key])
      },
      externalID: headings.first { externalIDs.contains(HeadingKey($0)) },
      sourceSystem: name
    )
  }
}

extension ImportMapping {
  /// The source system of a header row, and the fields of its columns.
  init(suggestedFor headings: [String], _ systems: [KnownSystem], _ schema: RecordSchema) {
    let present = Set(headings.map(HeadingKey.init))
    let system = systems.first { $0.wrote(present) } ?? systems.last ?? KnownSystem("csv")
    self = system.mapping(of: headings, schema)
  }
}

/// A heading in lower case without spaces and punctuation, in which people vary.
struct HeadingKey: Hashable, Sendable {
  private let text: String

  init(_ heading: String) {
    text = String(heading.lowercased().filter { $0.isLetter || $0.isNumber })
  }
}
