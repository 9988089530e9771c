import MeshProto

/// The headings of a system's exports, or those of a language; see README.md.
package struct SourceTable: Sendable {
  /// Part of the identity of the system's rows: "salesforce".
  package let name: String
  /// What people call it: "Salesforce".
  package let label: String
  /// Where its headings were read.
  package let pages: [String]
  /// Headings that were seen without a page of the vendor that says so; not used.
  package let unknown: [String]
  /// Sets of headings, each of which occurs only in this system's files.
  let marks: [Set<HeadingKey>]
  private let exact: [HeadingKey: [Entry]]
  /// Beginnings of headings, the longest first.
  private let beginnings: [Entry]
  private let values: [Values]

  /// What a heading means.
  struct Entry: Sendable, Equatable {
    let key: HeadingKey
    let meaning: ColumnMeaning
    /// Its place among the columns of that meaning, the best first from 0.
    ///
    /// Parts of an address of the same rank belong together.
    let rank: Int
    /// The kinds of record in whose files it means this; empty for all.
    let objects: Set<String>
    /// The heading beside which it means this.
    let beside: HeadingKey?

    /// Whether it holds in a file with those headings.
    fileprivate func holds(for object: String, among present: Set<HeadingKey>) -> Bool {
      (objects.isEmpty || objects.contains(object)) && (beside.map(present.contains) ?? true)
    }

    /// How much it says of where it holds.
    fileprivate var precision: Int { (beside == nil ? 0 : 2) + (objects.isEmpty ? 0 : 1) }

    /// Whether it holds everywhere.
    var isUnconditional: Bool { objects.isEmpty && beside == nil }
  }

  /// A value as a table writes it, and what is to be read instead.
  struct Replaced: Sendable, Equatable {
    let from: String
    let to: String
  }

  /// What is to be read instead of some values in columns of a meaning.
  struct Values: Sendable, Equatable {
    let meaning: ColumnMeaning
    /// The heading beside which they are replaced; nil for all files.
    let beside: HeadingKey?
    /// By the replaced value in lower case.
    var texts: [String: Replaced] = [:]

    /// Whether they are those of a column, which may also fill the meaning's field by its own name.
    fileprivate func areOf(_ column: ReadColumn, _ schema: RecordSchema) -> Bool {
      if let own = column.meaning { return own == meaning }
      return column.field != nil && column.field == meaning.field(in: schema)
    }
  }

  init(
    name: String,
    label: String,
    pages: [String],
    unknown: [String],
    marks: [Set<HeadingKey>],
    entries: [Entry],
    beginnings: [Entry],
    values: [Values]
  ) {
    self.name = name
    self.label = label
    self.pages = pages
    self.unknown = unknown
    self.marks = marks
    exact = Dictionary(grouping: entries, by: \.key)
    self.beginnings = beginnings.sorted { $0.key.text.utf8.count > $1.key.text.utf8.count }
    self.values = values
  }

  /// How many headings of a file show that the system wrote it; 0 when it did not.
  func evidence(in present: Set<HeadingKey>) -> Int {
    marks.filter(present.isSuperset).map(\.count).max() ?? 0
  }

  /// What a heading means in a file: of several conditions that hold, what the first in the table says.
  ///
  /// - Parameters:
  ///   - key: of the heading.
  ///   - object: the kind of record that the rows become.
  ///   - present: the headings of the file.
  /// - Returns: nil when the table does not have it.
  func entry(_ key: HeadingKey, _ object: String, among present: Set<HeadingKey>) -> Entry? {
    let found = exact[key]?.filter { $0.holds(for: object, among: present) } ?? []
    if let best = found.max(by: { $0.precision < $1.precision }) { return best }
    return beginnings.first {
      key.text.hasPrefix($0.key.text) && $0.holds(for: object, among: present)
    }
  }

  /// What is to be read instead of a column's values, by those in lower case.
  ///
  /// - Parameters:
  ///   - column: of the file.
  ///   - schema: of the records.
  ///   - present: the headings of the file.
  /// - Returns: for each replaced value what the first in the table says.
  func replacements(
    in column: ReadColumn,
    for schema: RecordSchema,
    among present: Set<HeadingKey>
  ) -> [String: Replaced] {
    values.filter { $0.areOf(column, schema) && ($0.beside.map(present.contains) ?? true) }
      .reduce(into: [:]) { $0.merge($1.texts) { first, _ in first } }
  }

  /// All headings that it has, apart from beginnings.
  var keys: Dictionary<HeadingKey, [Entry]>.Keys { exact.keys }

  func has(_ key: HeadingKey) -> Bool { exact[key] != nil }

  /// What a heading means wherever it stands.
  func unconditional(_ key: HeadingKey) -> Entry? { exact[key]?.first(where: \.isUnconditional) }
}
