import LeadsAPI
import MeshCore
import MeshProto
import MeshRecords

// Imports as messages. Nothing else in the service knows generated types of an import.

extension LeadsAPI.Import {
  init(_ job: ImportJob, remarks: [(remark: ImportRemark, rows: Int)] = []) {
    self.init()
    id = job.id.description
    etag = job.etag
    fileName = job.fileName
    sourceSystem = job.mapping.sourceSystem
    mapping = job.mapping.columns.map { ColumnMapping($0) }
    externalIdColumn = job.mapping.externalID ?? ""
    state = ImportState(job.state)
    receivedBytes = Int64(job.receivedBytes)
    processedBytes = Int64(job.progress.bytes)
    rows = Int64(job.progress.rows)
    created = Int64(job.progress.created)
    duplicates = Int64(job.progress.duplicates)
    unchanged = Int64(job.progress.unchanged)
    refused = Int64(job.progress.refused)
    self.remarks = remarks.map { remark, rows in
      LeadsAPI.ImportRemark(
        field: remark.field,
        value: remark.value,
        text: remark.text,
        rows: Int64(rows)
      )
    }
    failure = job.failure
    creator = job.creator
    createTime = job.createTime
    startTime = job.startTime
    endTime = job.endTime
  }

  /// The mapping that the message asks for; what it leaves open stays empty.
  ///
  /// - Throws: `.invalid` naming what is wrong.
  func requestedMapping() throws(MeshError) -> ImportMapping {
    var violations: [FieldViolation] = []
    var columns: [ImportMapping.Column] = []
    for (index, column) in mapping.enumerated() {
      let isFillable = Lead.schema[column.field]?.isFilledByFiles ?? false
      if !isFillable && !column.field.isEmpty {
        violations.append(
          FieldViolation(
            field: "mapping[\(index)].field",
            description: "must be a field that a column can fill, not \(column.field.quoted)"
          )
        )
      }
      if column.column.isEmpty {
        violations.append(
          FieldViolation(field: "mapping[\(index)].column", description: "must have a heading")
        )
      }
      columns.append(
        ImportMapping.Column(heading: column.column, field: isFillable ? column.field : nil)
      )
    }
    if !sourceSystem.isEmpty && !TenantKey.isValid(sourceSystem) {
      violations.append(
        FieldViolation(
          field: "source_system",
          description: "must have 1 to 60 lower-case letters, digits and underscores"
        )
      )
    }
    if fileName.unicodeScalars.count > 255 {
      violations.append(
        FieldViolation(field: "file_name", description: "must have at most 255 characters")
      )
    }
    if columns.count > 1_000 {
      violations.append(
        FieldViolation(field: "mapping", description: "must have at most 1,000 columns")
      )
    }
    guard violations.isEmpty else { throw .invalid(violations) }
    return ImportMapping(
      columns: columns,
      externalID: externalIdColumn.isEmpty ? nil : externalIdColumn,
      sourceSystem: sourceSystem
    )
  }
}

extension RecordField {
  /// Whether a column of a file can fill it: people set it, and its values are texts, numbers, amounts or
  /// flags.
  var isFilledByFiles: Bool {
    switch type {
    case .text, .integer, .money, .bool: isInput
    default: false
    }
  }
}

extension LeadsAPI.ColumnMapping {
  init(_ column: ImportMapping.Column) {
    self.init(column: column.heading, field: column.field ?? "")
  }
}

extension LeadsAPI.ImportState {
  init(_ state: ImportJob.State) {
    self =
      switch state {
      case .receiving: .receiving
      case .running: .running
      case .succeeded: .succeeded
      case .failed: .failed
      case .cancelled: .cancelled
      }
  }
}

extension LeadsAPI.RefusedRow {
  init(_ row: RefusedRow) {
    self.init(line: Int64(row.line), column: row.heading, field: row.field, reason: row.reason)
  }
}

extension ImportJob {
  /// The import as the change log keeps it.
  var wireBytes: [UInt8] { LeadsAPI.Import(self).wireBytes() }
}
