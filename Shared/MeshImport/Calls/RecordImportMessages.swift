package import MeshCore
package import MeshRPC
import MeshRecords
package import MeshTables
package import RecordsAPI
import TypeAPI

// Imports as messages, for services that import several kinds of records.

extension RecordImport {
  /// With its remarks.
  package init(_ report: ImportReport) {
    self.init(report.job)
    remarks = report.remarks.map { remark, rows in
      ImportNote(
        field: remark.field,
        value: remark.value,
        text: remark.text,
        rows: Int64(rows),
        unmatched: remark.isUnmatched,
        readAs: remark.readAs
      )
    }
    rowRemarks = report.rowRemarks.map { ImportRowRemark($0) }
  }

  /// Without its remarks.
  package init(_ job: ImportJob) {
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
    processedBytes = Int64(job.processedBytes)
    rows = Int64(job.progress.rows)
    created = Int64(job.progress.created)
    duplicates = Int64(job.progress.duplicates)
    unchanged = Int64(job.progress.unchanged)
    refused = Int64(job.progress.refused)
    blank = Int64(job.progress.passedOver)
    incomplete = Int64(job.progress.incomplete)
    updated = Int64(job.progress.updated)
    restored = Int64(job.progress.restored)
    remarked = Int64(job.progress.remarked)
    choices = job.choices
    reading = job.reading
    questions = job.questions
    undo = job.undoMessage
    failure = job.failure
    creator = job.creator
    createTime = job.createTime
    startTime = job.startTime
    endTime = job.endTime
  }
}

extension AnyImportEngine {
  /// Checks what a request asks of an import.
  ///
  /// - Throws: INVALID_ARGUMENT with every violation.
  package func draft(of asked: RecordImport, _ call: Call) throws(MeshError) -> ImportDraft {
    try draft(
      asked.fileName,
      ImportMapping(asked, try DateOrder(chosen: asked.dateOrder)),
      asked.choices ?? ImportChoices(),
      validateOnly: asked.validateOnly,
      call
    )
  }
}

extension ImportMapping {
  /// The requested mapping; parts that the message leaves open are empty.
  fileprivate init(_ message: RecordImport, _ order: DateOrder?) {
    self.init(
      columns: message.mapping.map {
        Column(place: $0.place, heading: $0.column, field: $0.field)
      },
      externalID: message.externalIdColumn.isEmpty ? nil : message.externalIdColumn,
      sourceSystem: message.sourceSystem,
      values: message.values.map { Value($0) },
      dateOrder: order
    )
  }
}

extension SuggestImportMappingResponse {
  package init(_ mapping: ImportMapping) {
    self.init(
      sourceSystem: mapping.sourceSystem,
      mapping: mapping.columns.map { ImportedColumn($0) },
      externalIdColumn: mapping.externalID ?? "",
      values: mapping.values.map { ImportedValue($0) }
    )
  }
}

extension ImportFault {
  package init(_ fault: ImportRowFault) {
    self.init(
      line: Int64(fault.line),
      column: fault.heading,
      field: fault.field,
      reason: fault.reason,
      created: fault.isTaken,
      reasonCode: fault.cause?.code ?? .unspecified,
      value: fault.cause?.value ?? "",
      object: fault.cause?.object ?? "",
      suggestion: fault.cause?.suggestion ?? ""
    )
  }
}

extension ImportedColumn {
  fileprivate init(_ column: ImportMapping.Column) {
    self.init(
      column: column.heading,
      field: column.field ?? "",
      place: Int32(column.place)
    )
  }
}

extension ImportMapping.Column {
  /// A column of a message, whose places count from 1.
  fileprivate init(place: Int32, heading: String, field: String) {
    // One that is far too large is refused by its place.
    self.init(
      index: place == 0 ? nil : Int(place) - 1,
      heading: heading,
      field: field.isEmpty ? nil : field
    )
  }

  /// Its place in the file, from 1; 0 when only its heading is known.
  package var place: Int { (index ?? -1) + 1 }
}

extension ImportMapping.Value {
  /// Its column's place in the file, from 1; 0 when only its heading is known.
  package var place: Int { (index ?? -1) + 1 }

  package init(_ message: ImportedValue) {
    self.init(
      index: message.place == 0 ? nil : Int(message.place) - 1,
      heading: message.column,
      from: message.from,
      to: message.to
    )
  }
}

extension ImportedValue {
  package init(_ value: ImportMapping.Value) {
    self.init(
      column: value.heading,
      from: value.from,
      to: value.to,
      place: Int32(value.place)
    )
  }
}

extension ImportRowRemark {
  package init(_ remark: RowRemark) {
    self.init(
      line: Int64(remark.line),
      column: remark.heading,
      value: remark.value,
      text: remark.text
    )
  }
}

extension ImportJob {
  /// How far the undo has come; nil before an undo begins.
  package var undoMessage: ImportUndo? {
    guard state == .undoing || state == .undone else { return nil }
    return ImportUndo(
      deleted: Int64(undo.deleted),
      putBack: Int64(undo.putBack),
      left: Int64(undo.left)
    )
  }
}

extension DateOrder {
  /// The order that a request chose; nil for none.
  ///
  /// - Throws: INVALID_ARGUMENT for another word.
  package init?(chosen text: String) throws(MeshError) {
    if text.isEmpty { return nil }
    guard let order = DateOrder(rawValue: text), order != .yearFirst else {
      throw .invalid("date_order", "must be mdy or dmy")
    }
    self = order
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
      case .surveying: .surveying
      case .ready: .ready
      case .undoing: .undoing
      case .undone: .undone
      case .paused: .paused
      }
  }
}
