import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import Testing
import TypeAPI

@testable import LeadsService
@testable import MeshImport

@LoopActor
@Suite struct `An import that was running before files were surveyed` {
  private nonisolated static let id = ImportID(high: 5, low: 1)
  private nonisolated static let lead = LeadID(high: 1, low: 1)
  private nonisolated static let time = Timestamp(microseconds: 1_767_225_600_000_000)
  private nonisolated static let header = "Id, Last Name,E-mail\n"
  private nonisolated static let done = "1,Denson,gary@example.com\n"
  private nonisolated static let rest = "2,Roye,merry@example.com\n3,,\n"

  /// An import of three rows whose first has become a lead.
  private nonisolated static func fill(_ transaction: WriteTransaction, _ mapping: [String: String])
    throws
  {
    let content = Array((header + done + rest).utf8)
    try transaction.execute(
      """
      INSERT INTO imports (
        id, version, file_name, object, validate_only, date_order, source_system,
        external_id_column, state, received_bytes, processed_bytes, next_line, row_count,
        created_count, duplicate_count, unchanged_count, refused_count, blank_count, failure,
        creator, on_behalf_of, may_configure, create_time, start_time
      ) VALUES (
        \(id), 4, 'leads.csv', 'lead', FALSE, '', 'csv', 'Id', 'running', \(content.count),
        \((header + done).utf8.count), 3, 1, 1, 0, 0, 0, 0, '', 'member_1',
        \(MemberID(high: 1, low: 1)), FALSE, \(time), \(time)
      )
      """
    )
    let headings = header.dropLast().split(separator: ",").map(String.init)
    let others = mapping.keys.filter { !headings.contains($0) }
    for (position, heading) in (headings + others).enumerated() {
      try transaction.execute(
        """
        INSERT INTO import_columns (import_id, position, heading, field)
        VALUES (\(id), \(position), \(heading), \(mapping[heading] ?? ""))
        """
      )
    }
    try transaction.execute(
      """
      INSERT INTO import_chunks (import_id, begin_offset, end_offset, content)
      VALUES (\(id), 0, \(content.count), \(content))
      """
    )
    try transaction.execute(
      """
      INSERT INTO imported_rows (source_system, row_key, record_id)
      VALUES ('csv', \(RowKey(externalID: "1").digest), \(lead))
      """
    )
    try transaction.execute(
      """
      INSERT INTO leads (
        id, version, first_name, last_name, email, email_folded, phone, phone_key, phone_valid,
        job_title, company_name, industry, website, street_address, city, state, postal_code,
        country, source, medium, campaign, status, score, band, do_not_email, do_not_call,
        do_not_sms, preferred_contact_method, time_zone, description, create_time, update_time
      ) VALUES (
        \(lead), 1, '', 'Denson', 'gary@example.com', 'gary@example.com', '', '', FALSE, '', '',
        '', '', '', '', '', '', '', '', '', '', 'new', 0, 'cold', FALSE, FALSE, FALSE, '', '', '',
        \(time), \(time)
      )
      """
    )
  }

  private func upgraded(_ mapping: [String: String]) async throws -> LeadsBench {
    let tenant: TenantID = IDGenerator.system.next()
    let clock = TestClock()
    let store = try await TestStore(
      "leads",
      LeadsService.migrations,
      upgradedFrom: 22,
      clock: clock.clock
    ) { store in
      try await store.write(tenant, as: Author(actor: "system:leads")) {
        try Self.fill($0, mapping)
      }
    }
    let bench = LeadsBench(tenant, store, clock)
    try await bench.begin(tenant)
    return bench
  }

  @Test func `goes on, and each of its rows is counted once`() async throws {
    let bench = try await upgraded([" Last Name": "last_name", "E-mail": "email"])
    let queued = try await bench.handlers.store.systemRead { try $0.runningImports(of: "lead") }
    #expect(queued.map(\.id) == [Self.id])
    let done = try await bench.worked("\(Self.id)")
    #expect(done.state == .succeeded, "\(done.failure) \(done.questions)")
    #expect([done.rows, done.created, done.unchanged, done.refused] == [3, 1, 1, 1])
    let leads = try await bench.allLeads()
    #expect(Set(leads.map(\.lastName)) == ["Denson", "Roye"])
    #expect(leads.contains { $0.id == Self.lead })
  }

  @Test func `says why it ends when its mapping does not fit the file`() async throws {
    let bench = try await upgraded([" Last Name": "last_name", "Mail": "email"])
    let done = try await bench.worked("\(Self.id)")
    #expect(done.state == .failed && done.failure.contains("“Mail”"))
    #expect(done.rows == 0 && done.created == 0)
    #expect(try await bench.allLeads().map(\.lastName) == ["Denson"])
  }
}
