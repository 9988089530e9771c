package import MeshCore
import MeshLoop
package import MeshProto
package import MeshRPC
import MeshRecords
package import MeshStore
package import RecordsAPI

/// What an engine does, whichever kind of record it imports.
package protocol AnyImportEngine: Sendable {
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
  ) async throws -> Page<ImportRowFault>
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
  @LoopActor func undo(_ id: String, _ call: Call) async throws -> ImportJob
  @LoopActor func keptRows(
    of id: String,
    refusedOnly: Bool,
    cursor: String,
    _ call: Call
  ) async throws -> DownloadImportRowsResponse
}

extension ImportEngine: AnyImportEngine {
  package var object: String { Plan.Record.schema.object }
}
