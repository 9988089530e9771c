package import MeshCore
package import MeshLoop
package import MeshProto
package import MeshRPC
package import MeshRecords
package import MeshStore
package import RecordsAPI
package import TypeAPI

/// What an engine does, whichever kind of record it imports.
package protocol FileImports: Sendable {
  /// The kind of the records.
  var object: String { get }

  @LoopActor func run() async
  @LoopActor func get(_ id: String, _ call: Call) async throws -> ImportReport
  @LoopActor func kind(of id: String, _ call: Call) async throws -> String
  @LoopActor func list(
    of object: String,
    size: Int32,
    token: String,
    _ call: Call
  ) async throws -> Page<ImportJob>
  @LoopActor func faults(
    of id: String,
    taken isTaken: Bool,
    size: Int32,
    token: String,
    _ call: Call
  ) async throws -> Page<RowProblem>
  @LoopActor func suggestion(
    for headings: [String],
    _ call: Call
  ) async throws(MeshError) -> ImportMapping
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
  @LoopActor func pause(_ id: String, _ call: Call) async throws -> ImportJob
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

/// The imports of a service that imports one or several kinds of records into one database.
package struct RecordImportEngines: Sendable {
  private var engines: [any FileImports] = []
  private let around: ImportSurroundings
  private let service: String
  private let failed: @Sendable (ImportID?, any Error) -> Void

  /// Begins without a kind of record; at least one has to be added.
  ///
  /// - Parameters:
  ///   - around: what the service knows of tenants and members.
  ///   - service: the service's name, for the change log.
  ///   - failed: called for each step that failed and will be retried.
  package init(
    _ around: ImportSurroundings,
    service: String,
    failed: @escaping @Sendable (ImportID?, any Error) -> Void
  ) {
    self.around = around
    self.service = service
    self.failed = failed
  }

  /// Adds a kind of record, whose rows become records by the same rules as what people write.
  ///
  /// - Parameters:
  ///   - records: of that kind.
  ///   - relations: the fields that refer to other records; owners are found among the members.
  ///   - essential: the fields without whose values a row must not become a record, besides its references.
  ///   - namedBy: the kinds whose records may refer to one of this kind.
  ///   - complete: completes a row in further ways.
  @LoopActor
  package mutating func add<Record: StoredRecord>(
    _ records: Records<Record>,
    relations: [String: ImportRelation],
    essential: Set<String> = [],
    namedBy: [RecordSchema] = [],
    complete: @escaping RecordImports<Record>.Complete = { _, _, _, _ in }
  ) {
    let plan = RecordImports<Record>(
      relations: relations,
      around,
      essential: essential,
      namedBy: namedBy,
      complete: complete,
      rules: records.rules
    )
    engines.append(
      ImportEngine(plan, records.store, records.gate, service: service, failed: failed)
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
