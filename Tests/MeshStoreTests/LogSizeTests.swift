import CSQLite
import Glibc
import MeshCore
import MeshTesting
import Testing

@testable import MeshStore

@Suite(.enabled(if: TestDatabase.isSQLite)) struct `The write-ahead log` {
  private let fixture: StoreFixture
  private let path: String

  init() throws {
    fixture = try StoreFixture { $0.largestLog = .mebibytes(100) }
    path = fixture.folder.path("leads.db")
  }

  private var size: Int {
    var status = stat()
    return stat("\(path)-wal", &status) == 0 ? Int(status.st_size) : -1
  }

  /// Writes a MiB so many times.
  private func write(_ times: Int) async throws {
    let id = LeadID.some
    for time in 0..<times {
      // Pages that stay as they are would not be written.
      let name = String(repeating: time.isMultiple(of: 2) ? "a" : "b", count: 1 << 20)
      try await fixture.store.write(acme, as: .test) { transaction in
        try transaction.execute(
          """
          INSERT INTO leads (id, name) VALUES (\(id), \(name))
          ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name
          """
        )
      }
    }
  }

  @Test func `is kept small as readers come and go, and one that stays is told of`() async throws {
    try await write(120)
    #expect(fixture.store.warning == nil)
    var other: OpaquePointer?
    #expect(sqlite3_open(path, &other) == SQLITE_OK)
    #expect(sqlite3_exec(other, "BEGIN; SELECT count(*) FROM hosts", nil, nil, nil) == SQLITE_OK)
    try await write(120)
    let warning = try #require(fixture.store.warning)
    #expect(warning.hasPrefix("the write-ahead log has 1"))
    #expect(fixture.store.failure == nil)
    #expect(sqlite3_exec(other, "COMMIT", nil, nil, nil) == SQLITE_OK)
    sqlite3_close(other)
    try await write(50)
    #expect(fixture.store.warning == nil)
  }

  @Test func `is begun anew when the store is opened`() async throws {
    try await write(2)
    _ = try await fixture.addLead(acme, "Lead")
    #expect(size > 2 << 20)
    let again = try StoreFixture(reopening: fixture)
    // Opening a store writes two or three pages of its own.
    #expect(size < 100_000)
    #expect(try await again.names(acme).first == "Lead")
  }
}
