import DealsAPI
import LeadsAPI
import MeshCore
import MeshLoop
import MeshRPC
import RecordsAPI

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
  func start(_ id: String, size: Int64) async throws(MeshError) -> LeadsAPI.Import
  func get(_ id: String) async throws(MeshError) -> LeadsAPI.Import
  /// How many records lack another that their rows name.
  func incomplete(in id: String) async throws(MeshError) -> Int64
  /// What is wrong with refused rows, or what those lack that became records: up to 1,000 entries after
  /// those of the token.
  func faults(of id: String, created isCreated: Bool, after token: String) async throws(MeshError)
    -> LeadsAPI.ListRefusedRowsResponse
  func suggestMapping(of columns: [String]) async throws(MeshError)
    -> LeadsAPI.SuggestMappingResponse
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

  func start(_ id: String, size: Int64) async throws(MeshError) -> LeadsAPI.Import {
    try await service.startImport(StartImportRequest(id: id, sizeBytes: size), options)
  }

  func get(_ id: String) async throws(MeshError) -> LeadsAPI.Import {
    try await service.getImport(GetImportRequest(id: id), options)
  }

  /// None: rows of leads name no other lead.
  func incomplete(in id: String) async throws(MeshError) -> Int64 { 0 }

  func faults(of id: String, created isCreated: Bool, after token: String) async throws(MeshError)
    -> LeadsAPI.ListRefusedRowsResponse
  {
    if isCreated { return ListRefusedRowsResponse() }
    return try await service.listRefusedRows(
      ListRefusedRowsRequest(id: id, pageSize: 1_000, pageToken: token),
      options
    )
  }

  func suggestMapping(of columns: [String]) async throws(MeshError)
    -> LeadsAPI.SuggestMappingResponse
  {
    try await service.suggestMapping(SuggestMappingRequest(columns: columns), options)
  }
}

/// Imports of accounts, contacts and deals.
struct RecordImportCalls: ImportCalls {
  let service: RecordImportsServiceClient
  let options: CallOptions
  /// The kind of the records.
  let object: String
  /// What the command line asks for beyond what imports of leads have.
  let asked: ImportOptions

  func create(_ description: LeadsAPI.Import, requestID: String) async throws(MeshError)
    -> LeadsAPI.Import
  {
    let wanted = RecordImport(
      fileName: description.fileName,
      sourceSystem: description.sourceSystem,
      mapping: description.mapping.map { ImportedColumn(column: $0.column, field: $0.field) },
      externalIdColumn: description.externalIdColumn,
      object: object,
      validateOnly: asked.isDryRun,
      values: asked.values.map { ImportedValue(column: $0.column, from: $0.from, to: $0.to) },
      dateOrder: asked.dateOrder
    )
    let request = CreateRecordImportRequest(recordImport: wanted, requestId: requestID)
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

  func start(_ id: String, size: Int64) async throws(MeshError) -> LeadsAPI.Import {
    let request = StartRecordImportRequest(id: id, sizeBytes: size)
    return LeadsAPI.Import(try await service.startRecordImport(request, options))
  }

  func get(_ id: String) async throws(MeshError) -> LeadsAPI.Import {
    LeadsAPI.Import(try await service.getRecordImport(GetRecordImportRequest(id: id), options))
  }

  func incomplete(in id: String) async throws(MeshError) -> Int64 {
    try await service.getRecordImport(GetRecordImportRequest(id: id), options).incomplete
  }

  func faults(of id: String, created isCreated: Bool, after token: String) async throws(MeshError)
    -> LeadsAPI.ListRefusedRowsResponse
  {
    let request = ListImportFaultsRequest(
      id: id,
      pageSize: 1_000,
      pageToken: token,
      created: isCreated
    )
    let page = try await service.listImportFaults(request, options)
    return ListRefusedRowsResponse(
      refusedRows: page.faults.map {
        RefusedRow(line: $0.line, column: $0.column, field: $0.field, reason: $0.reason)
      },
      nextPageToken: page.nextPageToken
    )
  }

  func suggestMapping(of columns: [String]) async throws(MeshError)
    -> LeadsAPI.SuggestMappingResponse
  {
    let request = SuggestImportMappingRequest(columns: columns, object: object)
    let suggested = try await service.suggestImportMapping(request, options)
    return SuggestMappingResponse(
      sourceSystem: suggested.sourceSystem,
      mapping: suggested.mapping.map { ColumnMapping(column: $0.column, field: $0.field) },
      externalIdColumn: suggested.externalIdColumn
    )
  }
}

extension LeadsAPI.Import {
  fileprivate init(_ record: RecordImport) {
    self.init()
    id = record.id
    etag = record.etag
    fileName = record.fileName
    sourceSystem = record.sourceSystem
    mapping = record.mapping.map { ColumnMapping(column: $0.column, field: $0.field) }
    externalIdColumn = record.externalIdColumn
    state = ImportState(record.state)
    receivedBytes = record.receivedBytes
    processedBytes = record.processedBytes
    rows = record.rows
    created = record.created
    duplicates = record.duplicates
    unchanged = record.unchanged
    refused = record.refused
    blank = record.blank
    remarks = record.remarks.map {
      ImportRemark(field: $0.field, value: $0.value, text: $0.text, rows: $0.rows)
    }
    failure = record.failure
    creator = record.creator
    createTime = record.createTime
    startTime = record.startTime
    endTime = record.endTime
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
      case .unspecified, .unrecognized: .unspecified
      }
  }
}
