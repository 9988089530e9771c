import MeshAccess
import MeshCore
import MeshLoop
package import MeshRPC
import MeshRecords
package import MeshStore
import MeshTables
package import RecordsAPI
import TypeAPI

/// The calls of `RecordImportsService`, for a service that has engines.
package protocol RecordImportMethods: Sendable {
  var store: Store { get }
  var recordImports: RecordImportEngines { get }
}

extension RecordImportMethods {
  @LoopActor
  package func createRecordImport(
    _ request: CreateRecordImportRequest,
    _ call: Call
  ) async throws -> RecordImport {
    guard let asked = request.recordImport else {
      throw MeshError.invalid("record_import", "must be given")
    }
    let engine = try recordImports.engine(for: asked.object)
    let wanted = try engine.draft(of: asked, call)
    let mark = RequestMark(request, key: request.requestId, call)
    return try await store.write(call.tenant, as: Author(call)) { transaction in
      try transaction.once(mark) {
        RecordImport(try engine.create(wanted, call, in: transaction))
      }
    }
  }

  @LoopActor
  package func updateRecordImport(
    _ request: UpdateRecordImportRequest,
    _ call: Call
  ) async throws -> RecordImport {
    guard let asked = request.recordImport else {
      throw MeshError.invalid("record_import", "must be given")
    }
    let engine = try await engine(of: asked.id, call)
    return RecordImport(
      try await engine.change(
        asked.id,
        engine.draft(of: asked, call),
        request.updateMask,
        call
      )
    )
  }

  @LoopActor
  package func surveyRecordImport(
    _ request: SurveyRecordImportRequest,
    _ call: Call
  ) async throws -> RecordImport {
    RecordImport(
      try await engine(of: request.id, call).survey(request.id, size: request.sizeBytes, call)
    )
  }

  @LoopActor
  package func undoRecordImport(
    _ request: UndoRecordImportRequest,
    _ call: Call
  ) async throws -> RecordImport {
    RecordImport(try await engine(of: request.id, call).undo(request.id, call))
  }

  @LoopActor
  package func downloadRecordImportRows(
    _ request: DownloadImportRowsRequest,
    _ call: Call
  ) async throws -> DownloadImportRowsResponse {
    try await recordImports.first.keptRows(
      of: request.id,
      refusedOnly: request.refused,
      cursor: request.cursor,
      call
    )
  }

  /// The engine for the kind of record of an import.
  @LoopActor
  private func engine(of id: String, _ call: Call) async throws -> any AnyImportEngine {
    try recordImports.engine(for: try await recordImports.first.kind(of: id, call))
  }

  @LoopActor
  package func appendRecordImportContent(
    _ request: AppendRecordImportContentRequest,
    _ call: Call
  ) async throws -> RecordImport {
    RecordImport(
      try await recordImports.first.append(
        request.content,
        at: request.offset,
        digest: request.sha256,
        to: request.id,
        call
      )
    )
  }

  @LoopActor
  package func startRecordImport(
    _ request: StartRecordImportRequest,
    _ call: Call
  ) async throws -> RecordImport {
    let started = try await engine(of: request.id, call)
      .start(request.id, size: request.sizeBytes, mayConfigure: false, call)
    return RecordImport(started)
  }

  @LoopActor
  package func pauseRecordImport(
    _ request: PauseRecordImportRequest,
    _ call: Call
  ) async throws -> RecordImport {
    RecordImport(try await engine(of: request.id, call).pause(request.id, call))
  }

  @LoopActor
  package func cancelRecordImport(
    _ request: CancelRecordImportRequest,
    _ call: Call
  ) async throws -> RecordImport {
    RecordImport(try await recordImports.first.cancel(request.id, call))
  }

  @LoopActor
  package func getRecordImport(
    _ request: GetRecordImportRequest,
    _ call: Call
  ) async throws -> RecordImport {
    RecordImport(try await engine(of: request.id, call).get(request.id, call))
  }

  @LoopActor
  package func listRecordImports(
    _ request: ListRecordImportsRequest,
    _ call: Call
  ) async throws -> ListRecordImportsResponse {
    let object = request.object
    let page = try await recordImports.first.list(
      of: object.isEmpty ? "" : recordImports.engine(for: object).object,
      size: request.pageSize,
      token: request.pageToken,
      call
    )
    return ListRecordImportsResponse(
      recordImports: page.elements.map { RecordImport($0) },
      nextPageToken: page.nextToken
    )
  }

  @LoopActor
  package func listImportFaults(
    _ request: ListImportFaultsRequest,
    _ call: Call
  ) async throws -> ListImportFaultsResponse {
    let page = try await recordImports.first.faults(
      of: request.id,
      taken: request.created,
      size: request.pageSize,
      token: request.pageToken,
      call
    )
    return ListImportFaultsResponse(
      faults: page.elements.map { ImportFault($0) },
      nextPageToken: page.nextToken
    )
  }

  @LoopActor
  package func suggestImportMapping(
    _ request: SuggestImportMappingRequest,
    _ call: Call
  ) async throws -> SuggestImportMappingResponse {
    let mapping = try await recordImports.engine(for: request.object).suggestion(
      for: request.columns,
      call
    )
    return SuggestImportMappingResponse(mapping)
  }
}
