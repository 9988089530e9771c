import LeadsAPI
import MeshCore
import MeshPhone
import MeshProto
import MeshRecords

/// A stretch of a file, read outside of any transaction, ready to become leads.
struct ImportBatch: Sendable {
  var rows: [RowReader.Draft] = []
  /// What the rows' phone numbers say, by their text.
  var phones: [String: PhoneParse?] = [:]
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
      var draft = reader.draft(of: record)
      var check = FieldCheck()
      draft.lead.conform(to: Lead.schema, &check)
      let phone = draft.lead.phone
      if batch.phones[phone] == nil {
        batch.phones[phone] = .some(PhoneNumber.parse(phone, region: settings.defaultRegion))
      }
      batch.rows.append(draft)
    }
    let taken = try parser.feed(bytes, limit: limit, take)
    if isRest && taken == bytes.count {
      try parser.finish(take)
      batch.endOffset = offset + bytes.count
      batch.isLast = true
    }
    return batch.rows.isEmpty && !batch.isLast ? nil : batch
  }
}
