import DealsAPI
import LeadsAPI
import MeshCore
import MeshLoop
import MeshRPC
import RecordsAPI
import TasksAPI

/// A service's client for imports of several kinds of records.
@LoopActor
protocol RecordImportsClient: Sendable {
  func createRecordImport(_ request: CreateRecordImportRequest, _ options: CallOptions)
    async throws(MeshError) -> RecordImport
  func appendRecordImportContent(
    _ request: AppendRecordImportContentRequest,
    _ options: CallOptions
  ) async throws(MeshError) -> RecordImport
  func surveyRecordImport(_ request: SurveyRecordImportRequest, _ options: CallOptions)
    async throws(MeshError) -> RecordImport
  func updateRecordImport(_ request: UpdateRecordImportRequest, _ options: CallOptions)
    async throws(MeshError) -> RecordImport
  func startRecordImport(_ request: StartRecordImportRequest, _ options: CallOptions)
    async throws(MeshError) -> RecordImport
  func cancelRecordImport(_ request: CancelRecordImportRequest, _ options: CallOptions)
    async throws(MeshError) -> RecordImport
  func undoRecordImport(_ request: UndoRecordImportRequest, _ options: CallOptions)
    async throws(MeshError) -> RecordImport
  func getRecordImport(_ request: GetRecordImportRequest, _ options: CallOptions)
    async throws(MeshError) -> RecordImport
  func listImportFaults(_ request: ListImportFaultsRequest, _ options: CallOptions)
    async throws(MeshError) -> ListImportFaultsResponse
  func downloadRecordImportRows(_ request: DownloadImportRowsRequest, _ options: CallOptions)
    async throws(MeshError) -> DownloadImportRowsResponse
}

extension RecordImportsServiceClient: RecordImportsClient {}
extension TaskImportsServiceClient: RecordImportsClient {}

/// Imports of accounts, contacts, deals and tasks.
struct RecordImportCalls: ImportCalls {
  let service: any RecordImportsClient
  let options: CallOptions
  /// The kind of the records.
  let object: String

  func create(_ description: LeadsAPI.Import, requestID: String) async throws(MeshError)
    -> LeadsAPI.Import
  {
    let request = CreateRecordImportRequest(
      recordImport: record(description),
      requestId: requestID
    )
    return LeadsAPI.Import(try await service.createRecordImport(request, options))
  }

  func append(
    _ content: [UInt8],
    at offset: Int64,
    digest: String,
    to id: String
  ) async throws(MeshError) -> LeadsAPI.Import {
    let request = AppendRecordImportContentRequest(
      id: id,
      offset: offset,
      content: content,
      sha256: digest
    )
    return LeadsAPI.Import(try await service.appendRecordImportContent(request, options))
  }

  func survey(_ id: String, size: Int64) async throws(MeshError) -> LeadsAPI.Import {
    let request = SurveyRecordImportRequest(id: id, sizeBytes: size)
    return LeadsAPI.Import(try await service.surveyRecordImport(request, options))
  }

  func update(_ changed: LeadsAPI.Import) async throws(MeshError) -> LeadsAPI.Import {
    let request = UpdateRecordImportRequest(recordImport: record(changed))
    return LeadsAPI.Import(try await service.updateRecordImport(request, options))
  }

  func start(_ id: String, size: Int64) async throws(MeshError) -> LeadsAPI.Import {
    let request = StartRecordImportRequest(id: id, sizeBytes: size)
    return LeadsAPI.Import(try await service.startRecordImport(request, options))
  }

  func cancel(_ id: String) async throws(MeshError) -> LeadsAPI.Import {
    let request = CancelRecordImportRequest(id: id)
    return LeadsAPI.Import(try await service.cancelRecordImport(request, options))
  }

  func undo(_ id: String) async throws(MeshError) -> LeadsAPI.Import {
    LeadsAPI.Import(try await service.undoRecordImport(UndoRecordImportRequest(id: id), options))
  }

  func get(_ id: String) async throws(MeshError) -> LeadsAPI.Import {
    LeadsAPI.Import(try await service.getRecordImport(GetRecordImportRequest(id: id), options))
  }

  func incomplete(in id: String) async throws(MeshError) -> Int64 {
    try await service.getRecordImport(GetRecordImportRequest(id: id), options).incomplete
  }

  func faults(of id: String, taken isTaken: Bool, after token: String) async throws(MeshError)
    -> LeadsAPI.ListRefusedRowsResponse
  {
    let request = ListImportFaultsRequest(
      id: id,
      pageSize: 1_000,
      pageToken: token,
      created: isTaken
    )
    let page = try await service.listImportFaults(request, options)
    return ListRefusedRowsResponse(
      refusedRows: page.faults.map {
        RefusedRow(line: $0.line, column: $0.column, field: $0.field, reason: $0.reason)
      },
      nextPageToken: page.nextPageToken
    )
  }

  func rows(of id: String, refusedOnly: Bool, after cursor: String) async throws(MeshError)
    -> DownloadImportRowsResponse
  {
    let request = DownloadImportRowsRequest(id: id, refused: refusedOnly, cursor: cursor)
    return try await service.downloadRecordImportRows(request, options)
  }

  /// What a request asks for, as an import of records.
  private func record(_ asked: LeadsAPI.Import) -> RecordImport {
    RecordImport(
      id: asked.id,
      fileName: asked.fileName,
      sourceSystem: asked.sourceSystem,
      mapping: asked.mapping.map {
        ImportedColumn(column: $0.column, field: $0.field, place: $0.place)
      },
      externalIdColumn: asked.externalIdColumn,
      object: object,
      validateOnly: asked.validateOnly,
      values: asked.values,
      dateOrder: asked.dateOrder,
      choices: asked.choices
    )
  }
}

extension LeadsAPI.Import {
  init(_ record: RecordImport) {
    self.init()
    id = record.id
    etag = record.etag
    fileName = record.fileName
    sourceSystem = record.sourceSystem
    mapping = record.mapping.map {
      ColumnMapping(column: $0.column, field: $0.field, place: $0.place)
    }
    externalIdColumn = record.externalIdColumn
    validateOnly = record.validateOnly
    values = record.values
    dateOrder = record.dateOrder
    choices = record.choices
    reading = record.reading
    questions = record.questions
    state = ImportState(record.state)
    takeCounts(of: record)
    remarks = record.remarks.map {
      ImportRemark(
        field: $0.field,
        value: $0.value,
        text: $0.text,
        rows: $0.rows,
        unmatched: $0.unmatched,
        readAs: $0.readAs
      )
    }
    rowRemarks = record.rowRemarks
    undo = record.undo
    failure = record.failure
    creator = record.creator
    createTime = record.createTime
    startTime = record.startTime
    endTime = record.endTime
  }

  private mutating func takeCounts(of record: RecordImport) {
    receivedBytes = record.receivedBytes
    processedBytes = record.processedBytes
    rows = record.rows
    created = record.created
    duplicates = record.duplicates
    updated = record.updated
    restored = record.restored
    unchanged = record.unchanged
    refused = record.refused
    remarked = record.remarked
    blank = record.blank
  }
}

extension ImportState {
  fileprivate init(_ state: RecordImportState) {
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
      case .unspecified, .unrecognized: .unspecified
      }
  }
}
