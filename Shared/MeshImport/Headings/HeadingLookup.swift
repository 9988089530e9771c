import MeshProto

/// Finds what the headings of one file mean.
struct HeadingLookup {
  let source: SourceTable?
  /// Languages in the order in which they are asked.
  let words: [SourceTable]
  /// The records' own fields by their names and labels.
  let own: [HeadingKey: String]
  let agreed: [HeadingKey: SourceTable.Entry]
  let schema: RecordSchema
  /// The headings of the file.
  let present: Set<HeadingKey>

  private typealias Found = (entry: SourceTable.Entry, origin: ReadColumn.Origin)

  /// What a heading means.
  ///
  /// - Parameters:
  ///   - index: the place of its column.
  ///   - heading: as it is written.
  ///   - key: its key, which takes its time.
  /// - Returns: the column.
  func read(_ index: Int, _ heading: String, _ key: HeadingKey) -> ReadColumn {
    if let column = column(index, heading, key) { return column }
    for other in otherForms(of: heading) {
      if let column = column(index, heading, HeadingKey(other)) { return column }
    }
    if let plain = key.withoutDigraphs, let column = column(index, heading, plain) { return column }
    return ReadColumn(
      index: index,
      heading: heading,
      meaning: nil,
      field: nil,
      origin: nil,
      rank: 0,
      looksLikeWish: key.looksLikeWish
    )
  }

  /// What a heading is without what does not belong to its name: a note at its end, the kind of record before it.
  private func otherForms(of heading: String) -> [String] {
    if heading.utf8.count > 500 { return [] }
    let plain = Self.withoutNote(heading)
    let all = [heading] + (plain.map { [$0] } ?? [])
    return (plain.map { [$0] } ?? []) + all.compactMap(withoutKind)
  }

  /// A heading without the kind of its record, as reports have it: `Lead: Created Date`, `contact.email`.
  private func withoutKind(_ heading: String) -> String? {
    guard let kinds = Self.kinds[schema.object],
      let end = heading.firstIndex(where: { ":.-/_>".contains($0) }),
      kinds.contains(HeadingKey(String(heading[..<end])).text)
    else { return nil }
    let rest = String(heading[end...])
    return HeadingKey(rest).isEmpty ? nil : rest
  }

  /// What systems call the kinds of record, as keys.
  private static let kinds: [String: Set<String>] = [
    "lead": ["lead", "prospect", "contact", "person"], "contact": ["contact", "person"],
    "account": ["account", "company", "organization", "organisation"],
    "deal": ["deal", "opportunity"], "task": ["task", "activity"],
  ]

  private func column(_ index: Int, _ heading: String, _ key: HeadingKey) -> ReadColumn? {
    if key.isEmpty { return nil }
    let written = source?.entry(key, schema.object, among: present).map { ($0, .source) as Found }
    if written == nil, let field = own[key] {
      return ReadColumn(
        index: index,
        heading: heading,
        meaning: nil,
        field: field,
        origin: .record,
        rank: 0,
        looksLikeWish: false
      )
    }
    guard let found = written ?? said(key) ?? agreed[key].map({ ($0, .others) }) else { return nil }
    return ReadColumn(
      index: index,
      heading: heading,
      meaning: found.entry.meaning,
      field: found.entry.meaning.field(in: schema),
      origin: found.origin,
      rank: found.entry.rank,
      looksLikeWish: false
    )
  }

  private func said(_ key: HeadingKey) -> Found? {
    for table in words {
      if let entry = table.entry(key, schema.object, among: present) { return (entry, .words) }
    }
    return nil
  }

  /// A heading without the note in parentheses at its end, `Amount (EUR)`; nil when it has none, or several.
  private static func withoutNote(_ heading: String) -> String? {
    guard heading.utf8.count <= 500, let open = heading.firstIndex(of: "("),
      open > heading.startIndex,
      heading.last == ")", heading[open...].dropFirst().firstIndex(of: "(") == nil
    else { return nil }
    return String(heading[..<open])
  }
}

extension RecordSchema {
  /// The fields that files can fill, by the keys of their names and labels.
  ///
  /// - Parameter relations: the fields whose columns refer to other records.
  /// - Returns: the first field of each name or label.
  func fieldNames(filledByFiles relations: Set<String>) -> [HeadingKey: String] {
    var names: [HeadingKey: String] = [:]
    for field in fields.reversed() where isFilledByFiles(field.name, relations) {
      names[HeadingKey(field.label)] = field.name
      names[HeadingKey(field.customKey ?? field.name)] = field.name
      names[HeadingKey(field.name)] = field.name
    }
    return names
  }
}
