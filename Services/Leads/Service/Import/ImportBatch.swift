import MeshCore

/// A stretch of a file, read and cleaned outside of any transaction, ready to become leads.
struct ImportBatch: Sendable {
  /// A row of the file.
  enum Row: Sendable {
    case ready(RowReader.Draft, CleanProfile)
    case refused(RowReader.Draft, [FieldViolation])

    var draft: RowReader.Draft {
      switch self {
      case .ready(let draft, _), .refused(let draft, _): draft
      }
    }
  }

  var rows: [Row] = []
  /// Offset after the last row, and the line there.
  var endOffset: Int
  var endLine: Int
  /// Whether the file ends there.
  var isLast = false

  /// Reads the rows of a stretch of the file.
  ///
  /// - Parameters:
  ///   - bytes: from `offset` on, which begins a record.
  ///   - offset: place of the first byte in the file.
  ///   - line: line of the first byte.
  ///   - isRest: whether the bytes go to the end of the file, so that the last record may lack its
  ///     line end.
  ///   - limit: rows at most.
  ///   - delimiter: what separates values.
  ///   - reader: makes drafts of records.
  ///   - settings: the tenant's.
  /// - Returns: nil when the bytes hold not even one whole record and more are needed.
  /// - Throws: `CSVParser.Fault` when the bytes are no CSV.
  static func read(
    _ bytes: ArraySlice<UInt8>,
    at offset: Int,
    line: Int,
    isRest: Bool,
    limit: Int,
    delimiter: UInt8,
    reader: RowReader,
    settings: TenantSettings
  ) throws -> ImportBatch? {
    var batch = ImportBatch(endOffset: offset, endLine: line)
    var parser = CSVParser(delimiter: delimiter, offset: offset, line: line)
    let take = { (record: CSVParser.Record) in
      batch.endOffset = record.endOffset
      batch.endLine = record.endLine
      batch.rows.append(row(of: record, reader, settings))
    }
    let taken = try parser.feed(bytes, limit: limit, take)
    if isRest && taken == bytes.count {
      try parser.finish(take)
      batch.endOffset = offset + bytes.count
      batch.isLast = true
    }
    return batch.rows.isEmpty && !batch.isLast ? nil : batch
  }

  private static func row(
    of record: CSVParser.Record,
    _ reader: RowReader,
    _ settings: TenantSettings
  ) -> Row {
    let draft = reader.draft(of: record)
    do throws(LeadFault) {
      let clean = try CleanProfile(draft.profile, settings: settings)
      return draft.violations.isEmpty ? .ready(draft, clean) : .refused(draft, draft.violations)
    } catch {
      switch error {
      case .invalid(let violations): return .refused(draft, draft.violations + violations)
      case .stale: return .refused(draft, draft.violations)
      }
    }
  }
}
