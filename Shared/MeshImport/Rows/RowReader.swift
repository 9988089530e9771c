import MeshCore
import MeshCrypto
import MeshProto
import MeshRecords

/// A row of a file, before the record's rules are applied.
struct ImportRow<Record: StoredRecord>: Sendable {
  let line: Int
  let key: RowKey
  var draft: Record
  /// Cells that could not be read as their field's type.
  let violations: [FieldViolation]
  let source: ImportSource
}

/// The parts of a row that fit no field as they are.
package struct ImportSource: Sendable {
  /// The row's id in the source system; empty when no column has one.
  package let externalID: String
  /// The texts by which columns refer to other records, by field.
  package internal(set) var names: [String: String] = [:]
  /// Values that were replaced by others.
  var replaced: [(field: String, value: ImportMapping.Value)] = []
}

/// Turns the rows of a file into drafts of records.
struct RowReader<Record: StoredRecord>: Sendable {
  /// Columns that the mapping fills a field from, by position.
  private let columns: [(index: Int, heading: String, field: RecordField)]
  private let externalID: Int?
  private let width: Int
  private let cells: CellReader
  /// The replacements for cells, by column and the value in lower case.
  private let values: [Int: [String: ImportMapping.Value]]
  private let relations: Set<String>
  private let gathering: String?
  /// Separates the keys of this kind of record from others'; empty without relations, where it is the only kind.
  private let space: String

  /// A reader of the file with that header row.
  ///
  /// - Parameters:
  ///   - headings: the header row.
  ///   - mapping: which columns fill which fields.
  ///   - schema: of the records.
  ///   - conventions: of the tenant.
  ///   - relations: the fields whose columns refer to other records.
  ///   - gathering: the text field that takes several columns.
  /// - Throws: `.invalid` when the mapping names a column that the file lacks, or fills no field.
  init(
    headings: [String],
    _ mapping: ImportMapping,
    _ schema: RecordSchema,
    _ conventions: ImportConventions,
    relations: Set<String> = [],
    gathering: String? = nil
  ) throws(MeshError) {
    let positions = Dictionary(
      headings.enumerated().map { ($1, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    var check = FieldCheck()
    var columns: [(index: Int, heading: String, field: RecordField)] = []
    for column in mapping.columns {
      guard let index = positions[column.heading] else {
        check.refuse("mapping", "names a column that the file does not have: “\(column.heading)”")
        continue
      }
      if let field = column.field.flatMap({ schema[$0] }),
        schema.isFilledByFiles(field.name, relations)
      {
        columns.append((index, column.heading, field))
      }
    }
    if let name = mapping.externalID, positions[name] == nil {
      check.refuse(
        "external_id_column",
        "names a column that the file does not have: “\(name)”"
      )
    }
    var values: [Int: [String: ImportMapping.Value]] = [:]
    for value in mapping.values {
      guard let index = positions[value.heading] else {
        check.refuse("values", "names a column that the file does not have: “\(value.heading)”")
        continue
      }
      let key = UnicodeText.folded(TextForm.cleaned(value.from))
      if values[index]?[key] == nil { values[index, default: [:]][key] = value }
    }
    if columns.isEmpty && check.violations.isEmpty {
      check.refuse("mapping", "must fill at least one field from a column of the file")
    }
    try check.finish()
    self.columns = columns
    externalID = mapping.externalID.flatMap { positions[$0] }
    width = headings.count
    cells = CellReader(conventions: conventions)
    self.values = values
    self.relations = relations
    self.gathering = gathering
    space = relations.isEmpty ? "" : RowKey.space(of: Record.schema.object)
  }

  /// The heading of the column that filled a field in this file.
  func heading(of field: String) -> String {
    columns.first { $0.field.name == field }?.heading ?? ""
  }

  func row(_ record: CSVParser.Record) -> ImportRow<Record> {
    var draft = Record()
    var check = FieldCheck()
    if record.count > width {
      let count = record.count
      check.refuse("", "has \(count) values but the header has \(width) columns")
    }
    var filled = FieldSet()
    var source = ImportSource(externalID: externalID(of: record))
    var gathered: [(heading: String, text: String)] = []
    for column in columns where column.index < record.values.count {
      let cell = cell(of: record, column, &source)
      if cell.isEmpty { continue }
      guard cell.isStreamSafe else {
        let rule = "must have at most \(String.mostCombiningMarks) combining marks in a row"
        check.refuse(column.field.name, rule)
        continue
      }
      if relations.contains(column.field.name) {
        let name = TextForm.cleaned(cell)
        if name.isEmpty { continue }
        if name.unicodeScalars.count > ImportLimits.nameLength {
          check.refuse(column.field.name, "must have at most \(ImportLimits.nameLength) characters")
        }
        source.names[column.field.name] = source.names[column.field.name] ?? name
        continue
      }
      if column.field.name == gathering {
        gathered.append((column.heading, cell))
        continue
      }
      do throws(CellReader.Fault) {
        let value = try cells.value(of: cell, as: column.field)
        // If two columns fill one field, the first value counts; for flags, the last.
        if filled.contains(column.field), column.field.type != .bool { continue }
        draft.set(column.field, to: value)
        filled.insert(column.field)
      } catch {
        check.refuse(column.field.name, error.rule)
      }
    }
    if let field = columns.first(where: { $0.field.name == gathering })?.field, !gathered.isEmpty {
      draft.set(field, to: .text(Self.gathered(gathered, of: field)))
    }
    return ImportRow(
      line: record.line,
      key: key(of: record),
      draft: draft,
      violations: check.violations,
      source: source
    )
  }

  /// A cell, or its replacement.
  private func cell(
    of record: CSVParser.Record,
    _ column: (index: Int, heading: String, field: RecordField),
    _ source: inout ImportSource
  ) -> String {
    let cell = CSVMark.unmarked(record.values[column.index])
    guard let known = values[column.index], !cell.isEmpty, cell.isStreamSafe,
      let value = known[UnicodeText.folded(TextForm.cleaned(cell))]
    else { return cell }
    source.replaced.append((column.field.name, value))
    return value.to
  }

  /// The text of the field that takes several columns; a column named like the field has no heading.
  private static func gathered(
    _ parts: [(heading: String, text: String)],
    of field: RecordField
  ) -> String {
    let own = [HeadingKey(field.name), HeadingKey(field.label)]
    return parts.map { part in
      own.contains(HeadingKey(part.heading)) ? part.text : "\(part.heading): \(part.text)"
    }
    .joined(separator: "\n")
  }

  private func externalID(of record: CSVParser.Record) -> String {
    guard let externalID, externalID < record.values.count else { return "" }
    return record.values[externalID]
  }

  private func key(of record: CSVParser.Record) -> RowKey {
    let id = externalID(of: record)
    return id.isEmpty
      ? RowKey(values: record.values, in: space) : RowKey(externalID: id, in: space)
  }
}

/// The permanent identity of a row within its tenant and source system.
struct RowKey: Hashable, Sendable {
  /// 32 bytes.
  let digest: [UInt8]

  init(digest: [UInt8]) { self.digest = digest }

  /// The prefix of the row identities of a kind, where several kinds are in one database.
  static func space(of object: String) -> String { "\(object)\u{0}" }

  /// - Parameters:
  ///   - externalID: of the row in its source system.
  ///   - space: separates the kinds of records in one database; empty if there is only one.
  init(externalID: String, in space: String = "") {
    digest = SHA256.hash(Array("\(space)id\u{0}\(externalID)".utf8))
  }

  init(values: [String], in space: String = "") {
    var bytes = Array("\(space)row".utf8)
    for value in values {
      bytes.append(0)
      bytes.append(contentsOf: value.utf8)
    }
    digest = SHA256.hash(bytes)
  }
}
