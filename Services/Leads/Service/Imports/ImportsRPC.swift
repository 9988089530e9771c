import LeadsAPI
import MeshAccess
import MeshCore
import MeshImport
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import RecordsAPI

// Imports of leads: what MeshImport does, in the messages of this service. They came first; a field that they share with
// `RecordImport` and its like has the same number there, so that messages are told by those.
extension LeadsRPC: ImportsServiceHandlers {
  @LoopActor
  func createImport(_ request: CreateImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    guard let draft = request.import else { throw MeshError.invalid("import", "must be given") }
    let wanted = try self.draft(of: draft, call)
    let mark = RequestMark(request, key: request.requestId, call)
    return try await store.write(call.tenant, as: Author(call)) { transaction in
      try transaction.once(mark) {
        try LeadsAPI.Import(imports.create(wanted, call, in: transaction))
      }
    }
  }

  private func draft(of asked: LeadsAPI.Import, _ call: Call) throws -> ImportDraft {
    try imports.draft(of: RecordImport(sharing: asked), call)
  }

  @LoopActor
  func updateImport(_ request: UpdateImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    guard let asked = request.import else { throw MeshError.invalid("import", "must be given") }
    return try await LeadsAPI.Import(
      imports.change(asked.id, draft(of: asked, call), request.updateMask, call)
    )
  }

  @LoopActor
  func surveyImport(_ request: SurveyImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    try await LeadsAPI.Import(imports.survey(request.id, size: request.sizeBytes, call))
  }

  @LoopActor
  func undoImport(_ request: UndoImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    try await LeadsAPI.Import(imports.undo(request.id, call))
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
    try await LeadsAPI.Import(
      imports.append(
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
    try await LeadsAPI.Import(
      imports.start(
        request.id,
        size: request.sizeBytes,
        mayConfigure: gate.may(call, "lead_status", "create"),
        call
      )
    )
  }

  @LoopActor
  func pauseImport(_ request: PauseImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    try await LeadsAPI.Import(imports.pause(request.id, call))
  }

  @LoopActor
  func cancelImport(_ request: CancelImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    try await LeadsAPI.Import(imports.cancel(request.id, call))
  }

  @LoopActor
  func getImport(_ request: GetImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    try await LeadsAPI.Import(sharing: RecordImport(imports.get(request.id, call)))
  }

  @LoopActor
  func listImports(
    _ request: ListImportsRequest,
    _ call: Call
  ) async throws -> ListImportsResponse {
    let page = try await imports.list(size: request.pageSize, token: request.pageToken, call)
    return ListImportsResponse(
      imports: try page.elements.map { try LeadsAPI.Import($0) },
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
      refusedRows: try page.elements.map { try RefusedRow(sharing: ImportFault($0)) },
      nextPageToken: page.nextToken
    )
  }

  @LoopActor
  func suggestMapping(
    _ request: SuggestMappingRequest,
    _ call: Call
  ) async throws -> SuggestMappingResponse {
    let mapping = try await imports.suggestion(for: request.columns, call)
    return try SuggestMappingResponse(sharing: SuggestImportMappingResponse(mapping))
  }
}

extension LeadsAPI.Import {
  /// Without its remarks.
  fileprivate init(_ job: ImportJob) throws(WireError) { try self.init(sharing: RecordImport(job)) }
}
