import MeshCore
import MeshTesting
import Testing

@testable import MeshStore

@Suite(.enabled(if: TestDatabase.isPostgreSQL)) struct `The letters that PostgreSQL looks up` {
  private let fixture: StoreFixture
  private let owner: PostgresConnection

  init() throws {
    fixture = try StoreFixture()
    guard case .server(let server) = fixture.configuration.database else {
      throw StoreError.schema([])
    }
    owner = try PostgresConnection(server, as: server.owner, .owner, service: "test")
  }

  /// Gives a letter another form than its own.
  private func change() throws {
    try owner.executeUnchanged(script: "UPDATE mesh_letters SET form = 'x' WHERE letter = 'Ω'")
  }

  private func form() throws -> [String] {
    try owner.rows("SELECT loose_text('Ω')") { (row) throws(StoreError) in
      try row.next(String.self)
    }
  }

  @Test func `are filled in again by another version of ICU or of the rules`() throws {
    #expect(try form() == [LooseText.form(of: "Ω")])
    try change()
    try owner.executeUnchanged(script: "COMMENT ON TABLE mesh_letters IS 'ICU 1, rules 1'")
    _ = try StoreFixture(reopening: fixture)
    #expect(try form() == [LooseText.form(of: "Ω")])
  }

  @Test func `are those of a database that has no version yet, filled in once`() throws {
    try change()
    try owner.executeUnchanged(script: "COMMENT ON TABLE mesh_letters IS NULL")
    _ = try StoreFixture(reopening: fixture)
    #expect(try form() == [LooseText.form(of: "Ω")])
    try change()
    _ = try StoreFixture(reopening: fixture)
    #expect(try form() == ["x"], "the same version leaves them as they are")
  }
}
