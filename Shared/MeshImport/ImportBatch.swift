import MeshRecords

/// A section of a file, parsed outside of any transaction, ready to become records.
struct ImportBatch<Record: StoredRecord>: Sendable {
  var rows: [ImportRow<Record>] = []
  /// Rows that were skipped because they contain only blanks and separators.
  var blank = 0
  /// Offset and line after the last row.
  var endOffset: Int
  var endLine: Int
  /// Whether the file ends there.
  var isLast = false

  /// Reads the rows of a section of the file.
  ///
  /// - Parameters:
  ///   - bytes: the content from `progress` on, beginning with a record.
  ///   - progress: the import's progress.
  ///   - isRest: whether the bytes reach the end of the file, so that the last record may lack its
  ///     line end.
  ///   - limit: the most rows to read.
  ///   - file: what the header row says.
  /// - Returns: nil when the bytes have no complete record and more are needed.
  /// - Throws: `CSVParser.Fault` when the bytes are not valid CSV.
  static func read(
    _ bytes: ArraySlice<UInt8>,
    at progress: ImportProgress,
    isRest: Bool,
    limit: Int,
    of file: ImportFile<Record>
  ) throws -> ImportBatch? {
    var batch = ImportBatch(endOffset: progress.bytes, endLine: progress.line)
    var parser = CSVParser(
      delimiter: file.delimiter,
      offset: progress.bytes,
      line: progress.line
    )
    let take = { (record: CSVParser.Record) in
      batch.endOffset = record.endOffset
      batch.endLine = record.endLine
      if record.values.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) {
        batch.blank += 1
      } else {
        batch.rows.append(file.reader.row(record))
      }
    }
    let taken = try parser.feed(bytes, limit: limit, take)
    if isRest && taken == bytes.count {
      try parser.finish(take)
      batch.endOffset = progress.bytes + bytes.count
      batch.isLast = true
    }
    return batch.rows.isEmpty && batch.blank == 0 && !batch.isLast ? nil : batch
  }
}

/// What the header row says about a file.
struct ImportFile<Record: StoredRecord>: Sendable {
  let reader: RowReader<Record>
  let conventions: ImportConventions
  let delimiter: UInt8
  /// The batch that is read while another is written.
  let ahead = ImportLookahead<ReadBatch<Record>>()
}

/// A batch, and what makes its records.
struct ReadBatch<Record: StoredRecord>: Sendable {
  let batch: ImportBatch<Record>
  let makeIntake: MakeIntake<Record>
}
