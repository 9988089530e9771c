import MeshRecords
import MeshTables

/// A section of a file, parsed outside of any transaction, ready to become records.
struct ImportBatch<Record: StoredRecord>: Sendable {
  var rows: [ImportRow<Record>] = []
  /// Rows that were passed over: blank ones, repeated headings and footers.
  var passedOver = 0
  /// The place after the last row.
  var end: RowPosition
  /// Whether the file ends there.
  var isLast = false

  /// Reads the rows of a section of the file.
  ///
  /// - Parameters:
  ///   - bytes: the content from `position` on, beginning with a row.
  ///   - position: where the section begins.
  ///   - isRest: whether the bytes reach the end of the file.
  ///   - limit: the most rows to read.
  ///   - file: how it is written and read.
  /// - Returns: nil when the bytes have no complete row and more are needed.
  static func read(
    _ bytes: [UInt8],
    at position: RowPosition,
    isRest: Bool,
    limit: Int,
    of file: ImportFile<Record>
  ) -> ImportBatch? {
    var batch = ImportBatch(end: position)
    var parser = RowParser(file.format, from: position)
    parser.append(bytes)
    if isRest { parser.end() }
    var phones = PhoneCells()
    while batch.rows.count < limit, let row = parser.next() {
      batch.passedOver += row.passedOver.count
      batch.end = row.end
      batch.rows.append(file.reader.row(row, &phones))
    }
    if batch.rows.count < limit {
      // A file may end in a section of exactly as many rows as are read; then the next one is empty.
      if isRest {
        batch.passedOver += parser.passedOver.count
        batch.end = RowPosition(
          offset: position.offset + bytes.count,
          line: parser.position.line
        )
        batch.isLast = true
      } else if batch.rows.isEmpty {
        return nil
      }
    }
    return batch
  }
}

extension PassedOver {
  fileprivate var count: Int { empty + headers + footers }
}

/// How a file is written and read.
struct ImportFile<Record: StoredRecord>: Sendable {
  let reader: RowReader<Record>
  let format: TableFormat
  let conventions: ImportConventions
  let content = ContentWindow()
  /// The batch that is read while another is written.
  let ahead = ImportLookahead<ReadBatch<Record>>()
}

/// A batch, and what makes its records.
struct ReadBatch<Record: StoredRecord>: Sendable {
  let batch: ImportBatch<Record>
  let makeIntake: MakeIntake<Record>
}
