import DealsAPI
import LeadsAPI
import MeshCore
import MeshLoop
import MeshRPC
import RecordsAPI
import TasksAPI

/// The calls by which a service imports files, in the messages of the leads' imports.
@LoopActor
protocol ImportCalls: Sendable {
  func create(_ description: LeadsAPI.Import, requestID: String) async throws(MeshError)
    -> LeadsAPI.Import
  func append(
    _ content: [UInt8],
    at offset: Int64,
    digest: String,
    to id: String
  ) async throws(MeshError) -> LeadsAPI.Import
  func survey(_ id: String, size: Int64) async throws(MeshError) -> LeadsAPI.Import
  func update(_ changed: LeadsAPI.Import) async throws(MeshError) -> LeadsAPI.Import
  func start(_ id: String, size: Int64) async throws(MeshError) -> LeadsAPI.Import
  func cancel(_ id: String) async throws(MeshError) -> LeadsAPI.Import
  func undo(_ id: String) async throws(MeshError) -> LeadsAPI.Import
  func get(_ id: String) async throws(MeshError) -> LeadsAPI.Import
  /// How many records lack another that their rows name.
  func incomplete(in id: String) async throws(MeshError) -> Int64
  /// What is wrong with refused rows, or what those lack that became records: up to 1,000 entries after
  /// those of the token.
  func faults(of id: String, taken isTaken: Bool, after token: String) async throws(MeshError)
    -> LeadsAPI.ListRefusedRowsResponse
  /// The next rows that were refused, or that were refused or taken with a remark, as CSV.
  func rows(of id: String, refusedOnly: Bool, after cursor: String) async throws(MeshError)
    -> DownloadImportRowsResponse
}

/// Imports of leads.
struct LeadImportCalls: ImportCalls {
  let service: ImportsServiceClient
  let options: CallOptions

  func create(_ description: LeadsAPI.Import, requestID: String) async throws(MeshError)
    -> LeadsAPI.Import
  {
    try await service.createImport(
      CreateImportRequest(import: description, requestId: requestID),
      options
    )
  }

  func append(
    _ content: [UInt8],
    at offset: Int64,
    digest: String,
    to id: String
  ) async throws(MeshError) -> LeadsAPI.Import {
    try await service.appendImportContent(
      AppendImportContentRequest(id: id, offset: offset, content: content, sha256: digest),
      options
    )
  }

  func survey(_ id: String, size: Int64) async throws(MeshError) -> LeadsAPI.Import {
    try await service.surveyImport(SurveyImportRequest(id: id, sizeBytes: size), options)
  }

  func update(_ changed: LeadsAPI.Import) async throws(MeshError) -> LeadsAPI.Import {
    try await service.updateImport(UpdateImportRequest(import: changed), options)
  }

  func start(_ id: String, size: Int64) async throws(MeshError) -> LeadsAPI.Import {
    try await service.startImport(StartImportRequest(id: id, sizeBytes: size), options)
  }

  func cancel(_ id: String) async throws(MeshError) -> LeadsAPI.Import {
    try await service.cancelImport(CancelImportRequest(id: id), options)
  }

  func undo(_ id: String) async throws(MeshError) -> LeadsAPI.Import {
    try await service.undoImport(UndoImportRequest(id: id), options)
  }

  func get(_ id: String) async throws(MeshError) -> LeadsAPI.Import {
    try await service.getImport(GetImportRequest(id: id), options)
  }

  /// None: rows of leads name no other lead.
  func incomplete(in id: String) async throws(MeshError) -> Int64 { 0 }

  func faults(of id: String, taken isTaken: Bool, after token: String) async throws(MeshError)
    -> LeadsAPI.ListRefusedRowsResponse
  {
    if isTaken { return ListRefusedRowsResponse() }
    return try await service.listRefusedRows(
      ListRefusedRowsRequest(id: id, pageSize: 1_000, pageToken: token),
      options
    )
  }

  func rows(of id: String, refusedOnly: Bool, after cursor: String) async throws(MeshError)
    -> DownloadImportRowsResponse
  {
    try await service.downloadImportRows(
      DownloadImportRowsRequest(id: id, refused: refusedOnly, cursor: cursor),
      options
    )
  }
}
