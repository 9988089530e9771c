import MeshImportTesting
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

import MeshCore
@testable import DealsService
@testable import MeshImport

// Files that tests import.
extension DealsBench {
  /// Imports a file as the runner does, a few rows at a time.
  func importFile<Record: StoredRecord>(
    _ text: String,
    of _: Record.Type,
    values: [ImportedValue] = [],
    isDryRun: Bool = false,
    rows: Int = 2,
    by plan: RecordImportPlan<Record>? = nil,
    known: String = "",
    _ call: Call? = nil
  ) async throws -> RecordImport {
    let (call, bytes) = (call ?? asAdmin(), Array(text.utf8))
    let created = try await handlers.createRecordImport(
      CreateRecordImportRequest(
        recordImport: RecordImport(
          fileName: "x.csv",
          object: Record.schema.object,
          validateOnly: isDryRun,
          values: values,
          choices: ImportChoices(known: known)
        )
      ),
      call
    )
    _ = try await handlers.appendRecordImportContent(
      AppendRecordImportContentRequest(id: created.id, content: bytes, sha256: digest(of: bytes)),
      call
    )
    _ = try await handlers.startRecordImport(
      StartRecordImportRequest(id: created.id, sizeBytes: Int64(bytes.count)),
      call
    )
    let engine = try handlers.recordImports.engine(for: Record.schema.object)
    let steps = try #require(engine as? ImportEngine<RecordImportPlan<Record>>).steps
    let few = ImportSteps(
      plan: plan ?? steps.plan,
      store: steps.store,
      actor: steps.actor,
      batchRows: rows,
      gate: steps.gate
    )
    let id = try #require(ImportID(created.id))
    try await few.work(id, of: tenant)
    return try await handlers.getRecordImport(GetRecordImportRequest(id: created.id), call)
  }

  /// Takes an import back as the runner does.
  func undone<Record: StoredRecord>(
    _ done: RecordImport,
    of _: Record.Type,
    _ call: Call? = nil
  ) async throws -> ImportUndo {
    let call = call ?? asAdmin()
    _ = try await handlers.undoRecordImport(UndoRecordImportRequest(id: done.id), call)
    let engine = try handlers.recordImports.engine(for: Record.schema.object)
    let steps = try #require(engine as? ImportEngine<RecordImportPlan<Record>>).steps
    try await steps.work(try #require(ImportID(done.id)), of: tenant)
    let ended = try await handlers.getRecordImport(GetRecordImportRequest(id: done.id), call)
    #expect(ended.state == .undone)
    return try #require(ended.undo)
  }

  /// What rows lack that were created, or what is wrong with the others.
  func faults(of done: RecordImport, created: Bool = false) async throws -> [String] {
    let faults = try await handlers.listImportFaults(
      ListImportFaultsRequest(id: done.id, created: created),
      asAdmin()
    ).faults
    #expect(faults.allSatisfy { $0.created == created })
    return faults.map { "\($0.line) \($0.field)" }
  }

  func reasons(of done: RecordImport, created: Bool) async throws -> [String] {
    try await handlers.listImportFaults(
      ListImportFaultsRequest(id: done.id, created: created),
      asAdmin()
    ).faults.map(\.reason)
  }
}
