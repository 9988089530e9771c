import LeadsAPI
import MeshCore
import MeshCrypto
import MeshImportTesting
import MeshLoop
import MeshProto
import MeshRPC
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import LeadsService
@testable import MeshImport

// Files that tests import.
extension LeadsBench {
  /// Sends a file.
  ///
  /// - Returns: the import, which receives content.
  @LoopActor
  func sent(
    _ text: String,
    choices: ImportChoices? = nil,
    from system: String = "",
    isDryRun: Bool = false
  ) async throws -> LeadsAPI.Import {
    let bytes = Array(text.utf8)
    let asked = LeadsAPI.Import(
      fileName: "leads.csv",
      sourceSystem: system,
      validateOnly: isDryRun,
      choices: choices
    )
    let made = try await handlers.createImport(CreateImportRequest(import: asked), asAdmin())
    let request = AppendImportContentRequest(
      id: made.id,
      offset: 0,
      content: bytes,
      sha256: Hex.encode(SHA256.hash(bytes))
    )
    return try await handlers.appendImportContent(request, asAdmin())
  }

  /// Imports a file as the runner does, a few rows at a time.
  @LoopActor
  func importFile(
    _ text: String,
    choices: ImportChoices? = nil,
    from system: String = "",
    isDryRun: Bool = false
  ) async throws -> LeadsAPI.Import {
    let sent = try await sent(text, choices: choices, from: system, isDryRun: isDryRun)
    _ = try await handlers.startImport(
      StartImportRequest(id: sent.id, sizeBytes: sent.receivedBytes),
      asAdmin()
    )
    return try await worked(sent.id)
  }

  /// Works on an import until there is nothing left to do.
  @LoopActor
  func worked(_ id: String) async throws -> LeadsAPI.Import {
    let steps = handlers.imports.steps
    let few = ImportSteps(
      plan: steps.plan,
      store: steps.store,
      actor: steps.actor,
      batchRows: 3,
      gate: steps.gate
    )
    try await few.work(try #require(ImportID(id)), of: tenant)
    return try await handlers.getImport(GetImportRequest(id: id), asAdmin())
  }

  /// All leads, in the order of their creation.
  @LoopActor
  func allLeads() async throws -> [Lead] {
    try await handlers.listLeads(ListLeadsRequest(orderBy: "create_time"), asAdmin()).message()
      .leads
  }
}
