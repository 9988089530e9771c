package import MeshAccess
package import MeshCore
package import MeshLoop
package import MeshProto
package import MeshRPC
import MeshRecords
package import MeshStore
import MeshTables
package import RecordsAPI
package import TypeAPI

/// What an engine does, whichever kind of record it imports.
package protocol FileImports: Sendable {
  /// The kind of the records.
  var object: String { get }

  @LoopActor func run() async
  @LoopActor func get(_ id: String, _ call: Call) async throws -> ImportReport
  @LoopActor func list(
    of object: String,
    size: Int32,
    token: String,
    _ call: Call
  ) async throws -> Page<ImportJob>
  @LoopActor func faults(
    of id: String,
    created isCreated: Bool,
    size: Int32,
    token: String,
    _ call: Call
  ) async throws -> Page<RowProblem>
  func suggestion(for headings: [String], _ call: Call) throws(MeshError) -> ImportMapping
  func draft(
    _ fileName: String,
    _ mapping: ImportMapping,
    _ choices: ImportChoices,
    validateOnly: Bool,
    _ call: Call
  ) throws(MeshError) -> ImportDraft
  func create(
    _ draft: ImportDraft,
    _ call: Call,
    in transaction: WriteTransaction
  ) throws -> ImportJob
  @LoopActor func append(
    _ content: [UInt8],
    at offset: Int64,
    digest: String,
    to id: String,
    _ call: Call
  ) async throws -> ImportJob
  @LoopActor func start(
    _ id: String,
    size: Int64,
    mayConfigure: Bool,
    _ call: Call
  ) async throws -> ImportJob
  @LoopActor func change(
    _ id: String,
    _ draft: ImportDraft,
    _ mask: WellKnown.FieldMask?,
    _ call: Call
  ) async throws -> ImportJob
  @LoopActor func survey(_ id: String, size: Int64, _ call: Call) async throws -> ImportJob
  @LoopActor func cancel(_ id: String, _ call: Call) async throws -> ImportJob
  @LoopActor func takeBack(_ id: String, _ call: Call) async throws -> ImportJob
  @LoopActor func keptRows(
    of id: String,
    refusedOnly: Bool,
    cursor: String,
    _ call: Call
  ) async throws -> DownloadImportRowsResponse
}

extension ImportEngine: FileImports {
  package var object: String { Plan.Record.schema.object }
}

/// The imports of a service that imports several kinds of records into one database.
package struct RecordImportEngines: Sendable {
  private var engines: [any FileImports]

  /// - Parameters:
  ///   - first: one kind of record; others can be added.
  ///   - store: stores the imports and their records.
  ///   - gate: says who reaches the imports of others.
  ///   - service: the service's name, for the change log.
  ///   - failed: called for each step that failed and will be retried.
  @LoopActor
  package init(
    _ first: some ImportPlan,
    _ store: Store,
    _ gate: AccessGate,
    service: String,
    failed: @escaping @Sendable (ImportID?, any Error) -> Void
  ) {
    engines = []
    make = EngineMaker(store: store, gate: gate, service: service, failed: failed)
    add(first)
  }

  /// Makes the engine of a further kind of record.
  private struct EngineMaker: Sendable {
    let store: Store
    let gate: AccessGate
    let service: String
    let failed: @Sendable (ImportID?, any Error) -> Void
  }

  private let make: EngineMaker

  /// Adds a kind of record.
  @LoopActor
  package mutating func add(_ plan: some ImportPlan) {
    engines.append(
      ImportEngine(plan, make.store, make.gate, service: make.service, failed: make.failed)
    )
  }

  /// An engine for what does not depend on the kind of record.
  var first: any FileImports { engines[0] }

  /// - Throws: INVALID_ARGUMENT for a kind of record that the service does not import.
  func engine(for object: String) throws(MeshError) -> any FileImports {
    if let engine = engines.first(where: { $0.object == object }) { return engine }
    let objects = engines.map(\.object).joined(separator: ", ")
    throw .invalid("object", "must be one of \(objects), not \(object.quoted)")
  }

  /// Processes the imports of each kind, until cancelled.
  package var work: [@LoopActor () async -> Void] {
    engines.map { engine in { await engine.run() } }
  }
}

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
    let wanted = try draft(of: asked, engine, call)
    let mark = RequestMark(request, key: request.requestId, call)
    return try await store.write(call.tenant, as: Author(call)) { transaction in
      try transaction.once(mark) {
        RecordImport(try engine.create(wanted, call, in: transaction))
      }
    }
  }

  private func draft(
    of asked: RecordImport,
    _ engine: any FileImports,
    _ call: Call
  ) throws(MeshError) -> ImportDraft {
    try engine.draft(
      asked.fileName,
      ImportMapping(asked, try DateOrder(chosen: asked.dateOrder)),
      asked.choices ?? ImportChoices(),
      validateOnly: asked.validateOnly,
      call
    )
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
        draft(of: asked, engine, call),
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
    RecordImport(try await engine(of: request.id, call).takeBack(request.id, call))
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
  private func engine(of id: String, _ call: Call) async throws -> any FileImports {
    try recordImports.engine(for: try await recordImports.first.get(id, call).job.object)
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
    let report = try await recordImports.first.get(request.id, call)
    var message = RecordImport(report.job)
    message.remarks = report.remarks.map { remark, rows in
      ImportNote(field: remark.field, value: remark.value, text: remark.text, rows: Int64(rows))
    }
    message.rowRemarks = report.rowRemarks.map { ImportRowRemark($0) }
    return message
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
      created: request.created,
      size: request.pageSize,
      token: request.pageToken,
      call
    )
    return ListImportFaultsResponse(
      faults: page.elements.map { row in
        ImportFault(
          line: Int64(row.line),
          column: row.heading,
          field: row.field,
          reason: row.reason,
          created: row.isCreated
        )
      },
      nextPageToken: page.nextToken
    )
  }

  @LoopActor
  package func suggestImportMapping(
    _ request: SuggestImportMappingRequest,
    _ call: Call
  ) async throws -> SuggestImportMappingResponse {
    let mapping = try recordImports.engine(for: request.object).suggestion(
      for: request.columns,
      call
    )
    return SuggestImportMappingResponse(
      sourceSystem: mapping.sourceSystem,
      mapping: mapping.columns.map { ImportedColumn($0) },
      externalIdColumn: mapping.externalID ?? "",
      values: mapping.values.map { ImportedValue($0) }
    )
  }
}

extension ImportEngine {
  /// Rows of an import that were refused or taken with a remark, as CSV with the columns of the file and the reason.
  ///
  /// - Parameters:
  ///   - id: the import's.
  ///   - refusedOnly: whether to leave out the rows that were taken.
  ///   - cursor: from the stretch before; empty to begin with the headings.
  ///   - call: who asks.
  /// - Returns: whole rows, and where the next stretch begins.
  /// - Throws: NOT_FOUND; INVALID_ARGUMENT for a cursor that is none.
  @LoopActor
  package func keptRows(
    of id: String,
    refusedOnly: Bool,
    cursor: String,
    _ call: Call
  ) async throws -> DownloadImportRowsResponse {
    let line = cursor.isEmpty ? 0 : Int(cursor)
    guard let line, line >= 0 else {
      throw MeshError.invalid("cursor", "must be the next_cursor of an answer")
    }
    let creator = creator(call, .read)
    return try await store.read(call.tenant) { transaction in
      let job = try transaction.requireImport(id, of: creator)
      var bytes: [UInt8] = []
      if cursor.isEmpty {
        var csv = CSVWriter()
        csv.row((job.reading?.columns.map(\.column) ?? []) + ["Reason"])
        bytes = csv.take()
      }
      var last = line
      while true {
        let rows = try transaction.keptRows(
          of: job.id,
          refusedOnly: refusedOnly,
          after: last,
          limit: 100
        )
        for row in rows {
          if bytes.count + row.content.count > ImportLimits.keptBytes, last > line {
            return DownloadImportRowsResponse(content: bytes, nextCursor: "\(last)")
          }
          bytes += row.content
          last = row.line
        }
        if rows.count < 100 { return DownloadImportRowsResponse(content: bytes) }
      }
    }
  }
}
