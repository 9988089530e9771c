import MeshRecords

/// A stretch of a file, read outside of any transaction, ready to become records.
struct ImportBatch<Record: StoredRecord>: Sendable {
  var rows: [ImportRow<Record>] = []
  /// Offset after the last row, and the line there.
  var endOffset: Int
  var endLine: Int
  /// Whether the file ends there.
  var isLast = false

  /// Reads the rows of a stretch of the file.
  ///
  /// - Parameters:
  ///   - bytes: from the progress on, which begins a record.
  ///   - progress: how far the import is.
  ///   - isRest: whether the bytes go to the end of the file, so that the last record may lack its
  ///     line end.
  ///   - limit: rows at most.
  ///   - file: what its header row says.
  /// - Returns: nil when the bytes hold not even one whole record and more are needed.
  /// - Throws: `CSVParser.Fault` when the bytes are no CSV.
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
      batch.rows.append(file.reader.row(record))
    }
    let taken = try parser.feed(bytes, limit: limit, take)
    if isRest && taken == bytes.count {
      try parser.finish(take)
      batch.endOffset = progress.bytes + bytes.count
      batch.isLast = true
    }
    return batch.rows.isEmpty && !batch.isLast ? nil : batch
  }
}

/// What is known of a file from its header row.
struct ImportFile<Record: StoredRecord>: Sendable {
  let reader: RowReader<Record>
  let conventions: ImportConventions
  let delimiter: UInt8
}
