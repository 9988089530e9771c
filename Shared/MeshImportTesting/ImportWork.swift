package import MeshCore
package import MeshImport
import MeshLoop
package import TypeAPI

extension ImportSteps {
  /// Works on an import as the runner does, until there is nothing left to do.
  @Home
  package func work(_ id: ImportID, of tenant: TenantID) async throws {
    while let job = try await job(id, tenant), job.state.isAtWork {
      switch job.state {
      case .surveying: _ = try await survey(job, tenant)
      case .undoing: _ = try await undo(job, tenant)
      default:
        guard let file = try await open(id, of: tenant) else { return }
        while try await advance(id, of: tenant, file) {}
        await file.ahead.end()
      }
    }
  }

  /// Reads the file of an import that was started, and begins with its rows.
  @Home
  package func surveyed(_ id: ImportID, of tenant: TenantID) async throws -> File? {
    guard let job = try await job(id, tenant) else { return nil }
    _ = try await survey(job, tenant)
    return try await open(id, of: tenant)
  }
}
