import DealsAPI
import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
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
///
/// Their messages have the fields of those of leads' imports, with the same numbers.
struct RecordImportCalls: ImportCalls {
  let service: any RecordImportsClient
  let options: CallOptions
  /// The kind of the records.
  let object: String

  func create(_ description: LeadsAPI.Import, requestID: String) async throws(MeshError)
    -> LeadsAPI.Import
  {
    let request = CreateRecordImportRequest(
      recordImport: try record(description),
      requestId: requestID
    )
    return try shared(try await service.createRecordImport(request, options))
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
    return try shared(try await service.appendRecordImportContent(request, options))
  }

  func survey(_ id: String, size: Int64) async throws(MeshError) -> LeadsAPI.Import {
    let request = SurveyRecordImportRequest(id: id, sizeBytes: size)
    return try shared(try await service.surveyRecordImport(request, options))
  }

  func update(_ changed: LeadsAPI.Import) async throws(MeshError) -> LeadsAPI.Import {
    let request = UpdateRecordImportRequest(recordImport: try record(changed))
    return try shared(try await service.updateRecordImport(request, options))
  }

  func start(_ id: String, size: Int64) async throws(MeshError) -> LeadsAPI.Import {
    let request = StartRecordImportRequest(id: id, sizeBytes: size)
    return try shared(try await service.startRecordImport(request, options))
  }

  func cancel(_ id: String) async throws(MeshError) -> LeadsAPI.Import {
    let request = CancelRecordImportRequest(id: id)
    return try shared(try await service.cancelRecordImport(request, options))
  }

  func undo(_ id: String) async throws(MeshError) -> LeadsAPI.Import {
    try shared(try await service.undoRecordImport(UndoRecordImportRequest(id: id), options))
  }

  func get(_ id: String) async throws(MeshError) -> LeadsAPI.Import {
    try shared(try await service.getRecordImport(GetRecordImportRequest(id: id), options))
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
    var rows: [RefusedRow] = []
    for fault in page.faults { rows.append(try shared(fault)) }
    return ListRefusedRowsResponse(refusedRows: rows, nextPageToken: page.nextPageToken)
  }

  func rows(of id: String, refusedOnly: Bool, after cursor: String) async throws(MeshError)
    -> DownloadImportRowsResponse
  {
    let request = DownloadImportRowsRequest(id: id, refused: refusedOnly, cursor: cursor)
    return try await service.downloadRecordImportRows(request, options)
  }

  /// What a request asks for, as an import of records.
  private func record(_ asked: LeadsAPI.Import) throws(MeshError) -> RecordImport {
    var record: RecordImport = try shared(asked)
    record.object = object
    return record
  }

  /// A message as its like of the other API.
  ///
  /// - Throws: INTERNAL for one that cannot be read, which no message of a service is.
  private func shared<Like: Message>(_ message: some Message) throws(MeshError) -> Like {
    do throws(WireError) {
      return try Like(sharing: message)
    } catch {
      throw .internalFailure()
    }
  }
}
