import LeadsAPI
import MeshAccess
import MeshCore
import MeshImport
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTables
import RecordsAPI

// Imports of leads: what MeshImport does, in the messages of this service.
extension LeadsRPC: ImportsServiceHandlers {
  @LoopActor
  func createImport(_ request: CreateImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    guard let draft = request.import else { throw MeshError.invalid("import", "must be given") }
    let wanted = try self.draft(of: draft, call)
    let mark = RequestMark(request, key: request.requestId, call)
    return try await store.write(call.tenant, as: Author(call)) { transaction in
      try transaction.once(mark) {
        LeadsAPI.Import(try imports.create(wanted, call, in: transaction))
      }
    }
  }

  private func draft(of asked: LeadsAPI.Import, _ call: Call) throws(MeshError) -> ImportDraft {
    try imports.draft(
      asked.fileName,
      ImportMapping(asked, try DateOrder(chosen: asked.dateOrder)),
      asked.choices ?? ImportChoices(),
      validateOnly: asked.validateOnly,
      call
    )
  }

  @LoopActor
  func updateImport(_ request: UpdateImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    guard let asked = request.import else { throw MeshError.invalid("import", "must be given") }
    return LeadsAPI.Import(
      try await imports.change(asked.id, draft(of: asked, call), request.updateMask, call)
    )
  }

  @LoopActor
  func surveyImport(_ request: SurveyImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    LeadsAPI.Import(try await imports.survey(request.id, size: request.sizeBytes, call))
  }

  @LoopActor
  func undoImport(_ request: UndoImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    LeadsAPI.Import(try await imports.undo(request.id, call))
  }

  @LoopActor
  func downloadImportRows(
    _ request: DownloadImportRowsRequest,
    _ call: Call
  ) async throws -> DownloadImportRowsResponse {
    try await imports.keptRows(
      of: request.id,
      refusedOnly: request.refused,
      cursor: request.cursor,
      call
    )
  }

  @LoopActor
  func appendImportContent(
    _ request: AppendImportContentRequest,
    _ call: Call
  ) async throws -> LeadsAPI.Import {
    LeadsAPI.Import(
      try await imports.append(
        request.content,
        at: request.offset,
        digest: request.sha256,
        to: request.id,
        call
      )
    )
  }

  @LoopActor
  func startImport(_ request: StartImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    LeadsAPI.Import(
      try await imports.start(
        request.id,
        size: request.sizeBytes,
        mayConfigure: gate.may(call, "lead_status", "create"),
        call
      )
    )
  }

  @LoopActor
  func pauseImport(_ request: PauseImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    LeadsAPI.Import(try await imports.pause(request.id, call))
  }

  @LoopActor
  func cancelImport(_ request: CancelImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    LeadsAPI.Import(try await imports.cancel(request.id, call))
  }

  @LoopActor
  func getImport(_ request: GetImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    let report = try await imports.get(request.id, call)
    var message = LeadsAPI.Import(report.job)
    message.remarks = report.remarks.map { remark, rows in
      LeadsAPI.ImportRemark(
        field: remark.field,
        value: remark.value,
        text: remark.text,
        rows: Int64(rows),
        unmatched: remark.isUnmatched,
        readAs: remark.readAs
      )
    }
    message.rowRemarks = report.rowRemarks.map { ImportRowRemark($0) }
    return message
  }

  @LoopActor
  func listImports(
    _ request: ListImportsRequest,
    _ call: Call
  ) async throws -> ListImportsResponse {
    let page = try await imports.list(size: request.pageSize, token: request.pageToken, call)
    return ListImportsResponse(
      imports: page.elements.map { LeadsAPI.Import($0) },
      nextPageToken: page.nextToken
    )
  }

  @LoopActor
  func listRefusedRows(
    _ request: ListRefusedRowsRequest,
    _ call: Call
  ) async throws -> ListRefusedRowsResponse {
    let page = try await imports.faults(
      of: request.id,
      size: request.pageSize,
      token: request.pageToken,
      call
    )
    return ListRefusedRowsResponse(
      refusedRows: page.elements.map { row in
        LeadsAPI.RefusedRow(
          line: Int64(row.line),
          column: row.heading,
          field: row.field,
          reason: row.reason
        )
      },
      nextPageToken: page.nextToken
    )
  }

  @LoopActor
  func suggestMapping(
    _ request: SuggestMappingRequest,
    _ call: Call
  ) async throws -> SuggestMappingResponse {
    let mapping = try await imports.suggestion(for: request.columns, call)
    return SuggestMappingResponse(
      sourceSystem: mapping.sourceSystem,
      mapping: mapping.columns.map { ColumnMapping($0) },
      externalIdColumn: mapping.externalID ?? ""
    )
  }
}

extension LeadsAPI.Import {
  init(_ job: ImportJob) {
    self.init()
    id = job.id.description
    etag = job.etag.description
    fileName = job.fileName
    sourceSystem = job.mapping.sourceSystem
    mapping = job.mapping.columns.map { ColumnMapping($0) }
    externalIdColumn = job.mapping.externalID ?? ""
    state = ImportState(job.state)
    receivedBytes = Int64(job.receivedBytes)
    processedBytes = Int64(job.processedBytes)
    rows = Int64(job.progress.rows)
    created = Int64(job.progress.created)
    duplicates = Int64(job.progress.duplicates)
    unchanged = Int64(job.progress.unchanged)
    refused = Int64(job.progress.refused)
    blank = Int64(job.progress.passedOver)
    validateOnly = job.validateOnly
    values = job.mapping.values.map { ImportedValue($0) }
    dateOrder = job.mapping.dateOrder?.rawValue ?? ""
    choices = job.choices
    reading = job.reading
    questions = job.questions
    updated = Int64(job.progress.updated)
    restored = Int64(job.progress.restored)
    remarked = Int64(job.progress.remarked)
    undo = job.undoMessage
    failure = job.failure
    creator = job.creator
    createTime = job.createTime
    startTime = job.startTime
    endTime = job.endTime
  }
}

extension ImportMapping {
  /// The requested mapping; parts that the message leaves open are empty.
  fileprivate init(_ message: LeadsAPI.Import, _ order: DateOrder?) {
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

extension LeadsAPI.ColumnMapping {
  fileprivate init(_ column: ImportMapping.Column) {
    self.init(column: column.heading, field: column.field ?? "", place: Int32(column.place))
  }
}

extension LeadsAPI.ImportState {
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
