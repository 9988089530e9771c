import MeshCore
import MeshLoop
import MeshStore
import MeshTesting
import Testing
import TypeAPI

@testable import DealsService
@testable import MeshImport

@LoopActor
@Suite struct `An import of accounts that was running before files were surveyed` {
  @Test func `is surveyed, and begins to count again`() async throws {
    let tenant: TenantID = IDGenerator.system.next()
    let id = ImportID(high: 5, low: 1)
    let store = try await TestStore("deals", DealsService.migrations, upgradedFrom: 7) { store in
      try await store.write(tenant, as: Author(actor: "system:deals")) { transaction in
        try transaction.execute(
          """
          INSERT INTO imports (
            id, version, file_name, object, validate_only, date_order, source_system,
            external_id_column, state, received_bytes, processed_bytes, next_line, row_count,
            created_count, duplicate_count, unchanged_count, refused_count, blank_count,
            incomplete_count, failure, creator, may_configure, create_time
          ) VALUES (
            \(id), 4, 'x.csv', 'account', FALSE, '', 'csv', '', 'running', 20, 12, 2, 1, 0, 0, 0, 1,
            0, 0, '', 'member_1', FALSE, \(Timestamp(microseconds: 0))
          )
          """
        )
        try transaction.execute(
          """
          INSERT INTO import_faults (
            import_id, line, part, heading, field, reason, is_created
          ) VALUES (\(id), 2, 0, 'account', 'name', 'must be given', FALSE)
          """
        )
      }
    }
    let job = try #require(try await store.store.read(tenant) { try $0.wholeImport(id) })
    #expect(job.state == .surveying && job.goesOn && job.progress == ImportProgress())
    let faults = try await store.store.read(tenant) { try $0.faults(inLine: 2, of: id).count }
    #expect(faults == 0)
  }
}
