import LeadsAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import LeadsService
@testable import MeshImport

/// Imports of a release that made leads while it read a file, and noted nothing of what it did.
@LoopActor
@Suite struct `Imports from before files were read first` {
  private nonisolated static let header = "Last Name,E-mail\n"
  private nonisolated static let rows = ["Berg,ida@b.example\n", "Lund,ole@l.example\n"]
  private nonisolated static let ids = (1...2).map { ImportID(high: 5, low: UInt64($0)) }

  private let tenant: TenantID = IDGenerator.system.next()
  private let bench: LeadsBench

  init() async throws {
    let (tenant, clock) = (tenant, TestClock())
    let store = try await TestStore(
      "leads",
      LeadsService.migrations,
      upgradedFrom: 27,
      clock: clock.clock
    ) { store in
      try await store.write(tenant, as: Author(actor: "system:leads")) { try Self.fill($0) }
    }
    bench = LeadsBench(tenant, store, clock)
    try await bench.begin(tenant)
  }

  private nonisolated static func fill(_ transaction: WriteTransaction) throws {
    let whole = (header + rows.joined()).utf8.count
    for (id, state, processed, row) in [
      (ids[0], "succeeded", whole, 2), (ids[1], "receiving", 0, 0),
    ] {
      let end = state == "succeeded" ? transaction.now : nil
      try transaction.execute(
        """
        INSERT INTO imports (
          id, version, file_name, source_system, external_id_column, state, received_bytes,
          processed_bytes, next_line, row_count, created_count, duplicate_count, unchanged_count,
          refused_count, failure, creator, may_configure, create_time, start_time, end_time
        ) VALUES (
          \(id), 3, 'old.csv', 'csv', '', \(state), \(whole), \(processed), \(row + 2), \(row),
          \(row), 0, 0, 0, '', \(MemberID(high: 1, low: 1).description), FALSE,
          \(transaction.now), \(transaction.now), \(end)
        )
        """
      )
      try fillContent(of: id, transaction)
    }
    try fillLead(transaction)
  }

  private nonisolated static func fillContent(
    of id: ImportID,
    _ transaction: WriteTransaction
  ) throws {
    let content = Array((header + rows.joined()).utf8)
    try transaction.execute(
      """
      INSERT INTO import_chunks (import_id, begin_offset, end_offset, content)
      VALUES (\(id), 0, \(content.count), \(content))
      """
    )
    for (place, (heading, field)) in [("Last Name", "last_name"), ("E-mail", "email")].enumerated()
    {
      try transaction.execute(
        """
        INSERT INTO import_columns (import_id, position, heading, field)
        VALUES (\(id), \(place), \(heading), \(field))
        """
      )
    }
  }

  /// The lead of the first row, and that it is of it.
  private nonisolated static func fillLead(_ transaction: WriteTransaction) throws {
    let id = LeadID(high: 1, low: 1)
    let key = RowKey(values: ["Berg", "ida@b.example"]).digest
    try transaction.execute(
      """
      INSERT INTO leads (
        id, version, first_name, last_name, email, email_folded, phone, phone_key, phone_valid,
        job_title, company_name, industry, website, street_address, city, state, postal_code,
        country, source, medium, campaign, status, score, band, do_not_email, do_not_call,
        do_not_sms, preferred_contact_method, time_zone, description, create_time, update_time
      ) VALUES (
        \(id), 1, '', 'Berg', 'ida@b.example', 'ida@b.example', '', '', FALSE, '', '', '', '', '',
        '', '', '', '', '', '', '', 'new', 0, 'cold', FALSE, FALSE, FALSE, '', '', '',
        \(transaction.now), \(transaction.now)
      )
      """
    )
    try transaction.execute(
      """
      INSERT INTO imported_rows (source_system, row_key, record_id) VALUES ('csv', \(key), \(id))
      """
    )
  }

  @Test func `go on with their mapping when they were receiving`() async throws {
    let id = Self.ids[1].description
    let size = Int64((Self.header + Self.rows.joined()).utf8.count)
    _ = try await bench.handlers.startImport(
      StartImportRequest(id: id, sizeBytes: size),
      bench.asAdmin()
    )
    let done = try await bench.worked(id)
    #expect([done.rows, done.created, done.unchanged] == [2, 1, 1])
  }

  @Test func `are told as they ended, and cannot be taken back`() async throws {
    let id = Self.ids[0].description
    let ended = try await bench.handlers.getImport(GetImportRequest(id: id), bench.asAdmin())
    #expect(ended.state == .succeeded && ended.created == 2 && ended.reading == nil)
    let refused = await refusal {
      _ = try await bench.handlers.undoImport(UndoImportRequest(id: id), bench.asAdmin())
    }
    #expect(refused?.code == .failedPrecondition)
    #expect(try await bench.allLeads().count == 1)
  }
}
