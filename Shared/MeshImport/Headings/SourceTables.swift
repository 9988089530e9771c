package import MeshProto

/// All that is known of headings.
package struct SourceTables: Sendable {
  /// Of systems.
  package let sources: [SourceTable]
  /// Of languages, English first.
  package let words: [SourceTable]
  /// Tables that could not be read; a test shows that there are none.
  package let faults: [SourceTableFault]
  /// What all tables say of a heading that do not contradict each other.
  private let agreed: [HeadingKey: SourceTable.Entry]
  /// The headings of all tables.
  private let keys: Set<HeadingKey>

  /// - Parameters:
  ///   - sources: the texts of systems' tables, by file.
  ///   - words: those of languages.
  init(sources: [(file: String, text: String)], words: [(file: String, text: String)]) {
    var faults: [SourceTableFault] = []
    func tables(_ files: [(file: String, text: String)]) -> [SourceTable] {
      files.compactMap { file in
        do throws(SourceTableFault) {
          return try SourceTableParser.parse(file.text, of: file.file)
        } catch {
          faults.append(error)
          return nil
        }
      }
    }
    self.sources = tables(sources)
    self.words = tables(words)
    self.faults = faults
    let all = self.sources + self.words
    keys = Set(all.flatMap(\.keys))
    agreed = Self.agreement(of: self.sources)
  }

  /// What systems say of headings, as far as none contradicts another; about being contacted, any says enough.
  private static func agreement(of tables: [SourceTable]) -> [HeadingKey: SourceTable.Entry] {
    var agreed: [HeadingKey: SourceTable.Entry] = [:]
    var disputed: Set<HeadingKey> = []
    for table in tables {
      for key in table.keys {
        guard let entry = table.unconditional(key) else {
          disputed.insert(key)
          continue
        }
        guard let other = agreed[key] else {
          agreed[key] = entry
          continue
        }
        if entry.meaning == other.meaning || other.meaning.wish != nil { continue }
        if entry.meaning.wish != nil { agreed[key] = entry } else { disputed.insert(key) }
      }
    }
    return agreed.filter { key, entry in
      entry.meaning.wish != nil || (!disputed.contains(key) && !ownOnly.contains(entry.meaning))
    }
  }

  /// What a heading of one system says nothing about in files of others.
  private static let ownOnly: Set<ColumnMeaning> = [
    .id, .unused, .createTime, .firstContactTime, .lastContactTime,
  ]

  /// The system whose table has that name.
  package subscript(_ name: String) -> SourceTable? { sources.first { $0.name == name } }

  /// The system that wrote a file: the one of which most headings tell; of several, the one that knows most.
  package func source(of headings: [String]) -> SourceTable? {
    source(among: Set(headings.map(HeadingKey.init)))
  }

  private func source(among present: Set<HeadingKey>) -> SourceTable? {
    var best: (table: SourceTable, evidence: Int, known: Int)?
    for table in sources {
      let evidence = table.evidence(in: present)
      if evidence == 0 { continue }
      let known = present.count(where: table.has)
      if (evidence, known) > (best?.evidence ?? 0, best?.known ?? 0) {
        best = (table, evidence, known)
      }
    }
    return best?.table
  }

  /// The headings that may stand over records of a kind.
  ///
  /// - Parameters:
  ///   - schema: of the records.
  ///   - relations: the fields whose columns refer to other records.
  /// - Returns: those of all tables and of the records.
  package func headings(
    for schema: RecordSchema,
    relations: Set<String> = []
  ) -> KnownHeadings {
    KnownHeadings(keys: keys.union(schema.fieldNames(filledByFiles: relations).keys))
  }

  /// Reads the headings of a file.
  ///
  /// - Parameters:
  ///   - headings: in the order of the file.
  ///   - schema: of the records that the rows become.
  ///   - relations: the fields whose columns refer to other records.
  ///   - name: of the system that wrote the file, if that is known; its headings show it else.
  /// - Returns: what each column means.
  package func read(
    _ headings: [String],
    for schema: RecordSchema,
    relations: Set<String> = [],
    from name: String? = nil
  ) -> HeadingMeanings {
    read(headings, headings.map(HeadingKey.init), for: schema, relations: relations, from: name)
  }

  /// The same with the keys of the headings, in their order.
  func read(
    _ headings: [String],
    _ keys: [HeadingKey],
    for schema: RecordSchema,
    relations: Set<String>,
    from name: String?
  ) -> HeadingMeanings {
    let present = Set(keys)
    // An export of ours has the names of fields alone.
    let isOwn = headings.contains("id") && headings.allSatisfy { schema[$0] != nil }
    let source = name.flatMap { self[$0] } ?? (isOwn ? nil : source(among: present))
    let file = HeadingLookup(
      source: source,
      words: words(for: present, schema.object),
      own: schema.fieldNames(filledByFiles: relations),
      agreed: agreed,
      schema: schema,
      present: present
    )
    var columns = headings.indices.map { file.read($0, headings[$0], keys[$0]) }
    Self.order(&columns)
    return HeadingMeanings(
      source: source,
      columns: columns,
      replacements: columns.flatMap { replacements(in: $0, from: source, for: schema, present) }
    )
  }

  /// What is to be read instead of some values of a column: by the table that it was found in, and by the languages.
  private func replacements(
    in column: ReadColumn,
    from source: SourceTable?,
    for schema: RecordSchema,
    _ present: Set<HeadingKey>
  ) -> [HeadingMeanings.Replacement] {
    let own = column.origin == .source ? source : nil
    var texts: [String: SourceTable.Replaced] = [:]
    for table in (own.map { [$0] } ?? []) + words {
      texts.merge(table.replacements(in: column, for: schema, among: present)) { first, _ in first }
    }
    return texts.sorted { $0.key < $1.key }
      .map { HeadingMeanings.Replacement(index: column.index, from: $1.from, to: $1.to) }
  }

  /// The languages, first the one of which the file has most headings.
  private func words(for present: Set<HeadingKey>, _ object: String) -> [SourceTable] {
    let counts = words.map { table in
      present.count { table.entry($0, object, among: present) != nil }
    }
    guard let most = counts.max(), most > 0, let place = counts.firstIndex(of: most) else {
      return words
    }
    return [words[place]] + words.indices.filter { $0 != place }.map { words[$0] }
  }

  /// Numbers the columns that stand for one another.
  private static func order(_ columns: inout [ReadColumn]) {
    var groups: [String: [Int]] = [:]
    for (index, column) in columns.enumerated() {
      if let target = column.target { groups[target, default: []].append(index) }
    }
    for group in groups.values {
      let sorted = group.sorted { a, b in
        let (first, second) = (columns[a], columns[b])
        let origins = (first.origin ?? .others, second.origin ?? .others)
        if origins.0 != origins.1 { return origins.0 < origins.1 }
        return (first.rank, first.index) < (second.rank, second.index)
      }
      for (place, index) in sorted.enumerated() { columns[index].preference = place }
    }
  }
}
