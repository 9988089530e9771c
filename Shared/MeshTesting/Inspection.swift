import FoundationEssentials
package import MeshStore

// What a test sees of a store from outside.
extension TestStore {
  /// All changes so far, in their order, without those that tell every service who has access.
  package func changes() async throws -> [ChangeEntry] {
    try await allChanges().filter { !Self.standings.contains($0.object) }
  }

  /// Who has access, as all changes so far have told every service: object, id and what it is now.
  package func standings() async throws -> [ChangeEntry] {
    try await allChanges().filter { Self.standings.contains($0.object) }
  }

  private static let standings: Set = [
    "member_standing", "team_standing", "session_end", "tenant_standing",
  ]

  private func allChanges() async throws -> [ChangeEntry] {
    try await store.settle()
    return try await store.changes(after: 0, max: 1000).entries
  }

  /// The bytes of all its files, one after the other, to look for what must not be there.
  package func contents() throws -> [UInt8] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted().flatMap { name in
      Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
    }
  }
}
