import MeshCore
import MeshProto
import MeshRecords
import MeshTables

/// What is known of a file's headings, and the mapping that follows from it and from what a person chose.
///
/// A thousand headings take some time to be looked up: it is made off the loop.
struct Header: Sendable {
  let meanings: HeadingMeanings
  /// As the headings suggest.
  let suggested: ImportMapping
  /// The first column of each heading, as it is written and in its form.
  private let places: [String: Int]
  private let cleanedPlaces: [String: Int]

  /// - Parameters:
  ///   - headings: in the order of the file.
  ///   - schema: of the records.
  ///   - relations: the fields whose columns refer to other records.
  ///   - name: of the system that wrote the file; empty when the headings have to show it.
  init(
    _ headings: [String],
    _ schema: RecordSchema,
    _ relations: Set<String>,
    from name: String = ""
  ) {
    let keys = headings.map(HeadingKey.init)
    let meanings = SourceTables.known.read(
      headings,
      keys,
      for: schema,
      relations: relations,
      from: name.isEmpty ? nil : name
    )
    let own = schema.fieldNames(filledByFiles: relations)
    let columns = zip(meanings.columns, keys).map { column, key in
      // The records may have no place for what the system's column says, but a field that is called the same.
      let namesake = column.meaning?.wish == nil ? own[key] : nil
      return ImportMapping.Column(
        index: column.index,
        heading: column.heading,
        field: column.target(in: schema, relations) ?? namesake
      )
    }
    let filling = meanings.replacements.filter { columns[$0.index].field != nil }
    let values = filling.map { replacement in
      ImportMapping.Value(
        index: replacement.index,
        heading: headings[replacement.index],
        from: replacement.from,
        to: replacement.to
      )
    }
    let numbered = headings.enumerated().map { ($0.element, $0.offset) }
    places = Dictionary(numbered) { first, _ in first }
    cleanedPlaces = Dictionary(
      numbered.filter { !$0.0.isEmpty }.map { (TextForm.cleaned($0.0), $0.1) }
    ) { first, _ in first }
    self.meanings = meanings
    suggested = ImportMapping(
      columns: columns,
      externalID: meanings.externalID?.heading,
      sourceSystem: meanings.source?.name ?? ImportMapping.noSystem,
      values: values
    )
  }

  /// The columns of a mapping, as rows are read by it.
  ///
  /// - Parameters:
  ///   - mapping: of the whole file.
  ///   - schema: of the records.
  ///   - relations: the fields whose columns refer to other records.
  /// - Returns: a column for each of the file, in its order.
  /// - Throws: INVALID_ARGUMENT when the mapping names a column that the file does not have.
  func columns(
    of mapping: ImportMapping,
    _ schema: RecordSchema,
    _ relations: Set<String>
  ) throws(MeshError) -> [SettledColumn] {
    var targets: [Int: String] = [:]
    for column in mapping.columns {
      guard let index = place(of: column.heading, column.index) else {
        if column.field == nil { continue }
        throw .invalid(
          "mapping",
          "the file has no column “\(column.heading)”"
        )
      }
      if let field = column.field { targets[index] = field }
    }
    return meanings.columns.map { column in
      settled(column, targets[column.index], schema, relations)
    }
  }

  /// The place of a column that a mapping names; nil when the file does not have it.
  func place(of heading: String, _ index: Int?) -> Int? {
    if let index {
      guard meanings.columns.indices.contains(index) else { return nil }
      let own = meanings.columns[index].heading
      return heading.isEmpty || Self.isSame(heading, own) || own == TableFormat.placeholder(index)
        ? index : nil
    }
    return places[heading] ?? cleanedPlaces[TextForm.cleaned(heading)]
  }

  /// Whether a mapping means a heading, which is read without the blanks around it.
  private static func isSame(_ named: String, _ heading: String) -> Bool {
    named == heading || !heading.isEmpty && TextForm.cleaned(named) == TextForm.cleaned(heading)
  }

  private func settled(
    _ column: ReadColumn,
    _ target: String?,
    _ schema: RecordSchema,
    _ relations: Set<String>
  ) -> SettledColumn {
    let isAsRead = target != nil && target == column.target(in: schema, relations)
    let field = target.flatMap { name in
      schema.isFilledByFiles(name, relations) ? schema[name] : nil
    }
    let chosen = field == nil ? target.flatMap { ColumnMeaning(rawValue: $0) } : nil
    return SettledColumn(
      index: column.index,
      heading: column.heading,
      field: field ?? chosen?.filled(in: schema, relations),
      meaning: (isAsRead ? column.meaning : chosen) ?? field?.meaning,
      rank: isAsRead ? column.rank : 0,
      preference: isAsRead ? column.preference : 0
    )
  }
}
