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
}

/// Turns the rows of a file into drafts of records.
struct RowReader<Record: StoredRecord>: Sendable {
  /// Columns that the mapping fills a field from, by position.
  private let columns: [(index: Int, heading: String, field: RecordField)]
  private let externalID: Int?
  private let width: Int
  private let cells: CellReader

  /// A reader of the file with that header row.
  ///
  /// - Throws: `.invalid` when the mapping names a column that the file lacks, or fills no field.
  init(
    headings: [String],
    _ mapping: ImportMapping,
    _ schema: RecordSchema,
    _ conventions: ImportConventions
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
      if let field = column.field.flatMap({ schema[$0] }), field.isFilledByFiles {
        columns.append((index, column.heading, field))
      }
    }
    if let name = mapping.externalID, positions[name] == nil {
      check.refuse(
        "external_id_column",
        "names a column that the file does not have: “\(name)”"
      )
    }
    if columns.isEmpty && check.violations.isEmpty {
      check.refuse("mapping", "must fill at least one field from a column of the file")
    }
    try check.finish()
    self.columns = columns
    externalID = mapping.externalID.flatMap { positions[$0] }
    width = headings.count
    cells = CellReader(conventions: conventions)
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
    for column in columns where column.index < record.values.count {
      let cell = CSVMark.unmarked(record.values[column.index])
      if cell.isEmpty { continue }
      guard cell.isStreamSafe else {
        let rule = "must have at most \(String.mostCombiningMarks) combining marks in a row"
        check.refuse(column.field.name, rule)
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
    return ImportRow(
      line: record.line,
      key: key(of: record),
      draft: draft,
      violations: check.violations
    )
  }

  private func key(of record: CSVParser.Record) -> RowKey {
    if let externalID, externalID < record.values.count, !record.values[externalID].isEmpty {
      return RowKey(externalID: record.values[externalID])
    }
    return RowKey(values: record.values)
  }
}

/// The permanent identity of a row within its tenant and source system.
struct RowKey: Hashable, Sendable {
  /// 32 bytes.
  let digest: [UInt8]

  init(digest: [UInt8]) { self.digest = digest }

  init(externalID: String) { digest = SHA256.hash(Array("id\u{0}\(externalID)".utf8)) }

  init(values: [String]) {
    var bytes = Array("row".utf8)
    for value in values {
      bytes.append(0)
      bytes.append(contentsOf: value.utf8)
    }
    digest = SHA256.hash(bytes)
  }
}
