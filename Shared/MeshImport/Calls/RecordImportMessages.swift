import MeshCore
import MeshRecords
import RecordsAPI
import TypeAPI

// Imports as messages, for services that import several kinds of records.

extension RecordImport {
  /// Without its remarks.
  init(_ job: ImportJob) {
    self.init()
    id = job.id.description
    etag = job.etag.description
    fileName = job.fileName
    object = job.object
    validateOnly = job.validateOnly
    sourceSystem = job.mapping.sourceSystem
    mapping = job.mapping.columns.map { ImportedColumn($0) }
    externalIdColumn = job.mapping.externalID ?? ""
    values = job.mapping.values.map { ImportedValue($0) }
    dateOrder = job.mapping.dateOrder?.rawValue ?? ""
    state = RecordImportState(job.state)
    receivedBytes = Int64(job.receivedBytes)
    processedBytes = Int64(job.progress.bytes)
    rows = Int64(job.progress.rows)
    created = Int64(job.progress.created)
    duplicates = Int64(job.progress.duplicates)
    unchanged = Int64(job.progress.unchanged)
    refused = Int64(job.progress.refused)
    blank = Int64(job.progress.blank)
    incomplete = Int64(job.progress.incomplete)
    failure = job.failure
    creator = job.creator
    createTime = job.createTime
    startTime = job.startTime
    endTime = job.endTime
  }
}

extension ImportMapping {
  /// The requested mapping; parts that the message leaves open are empty.
  init(_ message: RecordImport, _ order: DateOrder?) {
    self.init(
      columns: message.mapping.map {
        Column(heading: $0.column, field: $0.field.isEmpty ? nil : $0.field)
      },
      externalID: message.externalIdColumn.isEmpty ? nil : message.externalIdColumn,
      sourceSystem: message.sourceSystem,
      values: message.values.map { Value(heading: $0.column, from: $0.from, to: $0.to) },
      dateOrder: order
    )
  }
}

extension ImportedColumn {
  init(_ column: ImportMapping.Column) {
    self.init(column: column.heading, field: column.field ?? "")
  }
}

extension ImportedValue {
  init(_ value: ImportMapping.Value) {
    self.init(column: value.heading, from: value.from, to: value.to)
  }
}

extension RecordImportState {
  fileprivate init(_ state: ImportJob.State) {
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
