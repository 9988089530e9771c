import LeadsAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import MeshTesting
import Testing

@testable import LeadsService

@Suite @LoopActor struct `A list of Leads` {
  private let log = PlanLog()

  /// A bench with a few leads of all sorts.
  private func filled() async throws -> (bench: LeadsBench, store: TestStore) {
    let (clock, tenant) = (TestClock(), IDGenerator.system.next(TenantKind.self))
    let store = try TestStore("leads", LeadsService.migrations, clock: clock.clock, plans: log)
    let bench = LeadsBench(tenant, store, clock)
    try await bench.begin(tenant)
    let statuses = try await bench.statuses().map(\.key)
    for number in 0..<40 {
      _ = try await bench.create("Lead\(number)") { lead in
        lead.firstName = number % 2 == 0 ? "Ada" : ""
        lead.companyName = number == 7 ? "Fenwick Quarries" : "Company \(number % 9)"
        lead.phone = number % 3 == 0 ? "+1212555\(1000 + number)" : ""
        lead.status = statuses[number % 2 == 0 ? 0 : number % 3]
        lead.source = number % 10 == 0 ? "website" : number % 4 == 1 ? "" : "web_form"
        lead.companySize = number % 5 == 0 ? Int32(number) : nil
      }
      clock.advance(by: .seconds(60))
    }
    return (bench, store)
  }

  @Test func `reads and sorts no more of a tenant's leads than it needs`() async throws {
    let (bench, store) = try await filled()
    try await store.store.write(bench.tenant, as: Author(actor: "system:test")) { transaction in
      _ = try transaction.execute(
        "UPDATE leads SET last_activity_time = create_time WHERE company_size IS NULL"
      )
    }
    try await store.multiply("leads", of: bench.tenant, doublings: 7, others: 5)
    let plans = ListPlans(bench.handlers.leads, log, small: ["lead_statuses", "lead_sources"])
    try await plans.indexWords(of: bench.tenant)
    _ = try await bench.create("Quillfeather")
    try store.settle("leads", "lead_statuses", "lead_sources")
    let status = "status == 'new'"
    let faults =
      try await plans.faults(
        filters: [
          status, "status in ['new', 'contacted'] && source == 'website'",
          "\(status) && company_name.contains('enwic')",
        ],
        words: ["quillfeather"],
        [bench.asAdmin()]
      )
      + plans.faults(
        filters: [
          "owner_id == '\(bench.reps[0])' && score > 90", "email == 'LEAD7@example.com'",
          "create_time > timestamp('2026-01-01T00:05:00Z') && band == 'cold'",
          "company_name.contains('enwic')", "last_name.startsWith('Lead7') && \(status)",
        ],
        words: ["company", "company quillfeather", "fenwick", "fenwick quarries"],
        orders: [""],
        [bench.asAdmin(), bench.asRep()]
      )
    #expect(faults == [])
  }

  /// Also in the first large import, when PostgreSQL does not know yet what is in the table.
  @Test(arguments: [false, true])
  func `is not walked for what a new lead repeats`(isSettled: Bool) async throws {
    let (bench, store) = try await filled()
    try await store.multiply("leads", of: bench.tenant, doublings: 7, others: 5)
    if isSettled { try store.settle("leads") }
    _ = log.take()
    for (email, phone) in [
      ("lead7@example.com", ""), ("", "+12125551003"), ("lead7@example.com", "+12125551003"),
    ] {
      let lead = try await bench.create("Lead3") { lead in
        lead.firstName = ""
        lead.email = email
        lead.phone = phone
      }
      #expect(lead.duplicateOf != nil)
    }
    let rule = PlanRule(
      small: [
        "lead_statuses", "lead_sources", "disqualification_reasons", "scoring_rules",
        "rules_versions", "assignment_turns", "mesh_replicas",
      ],
      hasFilter: false
    )
    #expect(log.take().compactMap { rule.fault(of: $0) } == [])
  }

  @Test func `of what a tenant configures reads that tenant's alone`() async throws {
    let (bench, store) = try await filled()
    let handlers = bench.handlers
    _ = try await handlers.createScoringRule(
      CreateScoringRuleRequest(
        scoringRule: ScoringRule(displayName: "Big", condition: "company_size > 50", points: 5)
      ),
      bench.asAdmin()
    )
    for (table, varying) in [
      ("lead_statuses", ["key"]), ("lead_sources", ["key"]),
      ("disqualification_reasons", ["key"]), ("scoring_rules", []),
    ] as [(String, Set<String>)] {
      try await store.multiply(table, of: bench.tenant, doublings: 4, varying: varying, others: 60)
    }
    try store.settle("lead_statuses", "lead_sources", "disqualification_reasons", "scoring_rules")
    let admin = [bench.asAdmin()]
    let faults =
      try await ListPlans(handlers.leadStatuses, log).faults(filters: ["key == 'new'"], admin)
      + ListPlans(handlers.leadSources, log).faults(filters: ["active"], admin)
      + ListPlans(handlers.disqualificationReasons, log).faults(filters: ["active"], admin)
      + ListPlans(handlers.scoringRules, log).faults(filters: ["points > 3"], words: ["big"], admin)
    #expect(faults == [])
  }

  @Test func `that an import made is found by it alone`() async throws {
    let (bench, store) = try await filled()
    try await store.multiply("leads", of: bench.tenant, doublings: 7, others: 5)
    try store.settle("leads", "lead_statuses", "lead_sources")
    _ = log.take()
    _ = try await bench.handlers.listLeads(
      ListLeadsRequest(filter: "import_id == 'import_x'", orderBy: "create_time"),
      bench.asAdmin()
    )
    let lines: [String] = log.take().flatMap(\.lines)
    let loops = lines.filter { $0.contains("leads_by_import") }
    #expect(!TestDatabase.isSQLite || loops.contains { $0.contains("import_id=?") })
  }

  @Test func `of imports and their refused rows reads a page`() async throws {
    let (bench, store) = try await filled()
    let job = try await bench.handlers.createImport(
      CreateImportRequest(import: LeadsAPI.Import(fileName: "leads.csv", externalIdColumn: "Id")),
      bench.asAdmin()
    )
    try await store.multiply("imports", of: bench.tenant, doublings: 9)
    try await store.store.write(bench.tenant, as: Author(actor: "system:test")) { transaction in
      for part in 0..<4 {
        _ = try transaction.execute(
          """
          INSERT INTO import_faults (import_id, line, part, heading, field, reason)
          SELECT id, 1, \(part), '', '', '' FROM imports
          """
        )
      }
    }
    try store.settle("imports", "import_faults")
    _ = log.take()
    let list = try await bench.handlers.listImports(
      ListImportsRequest(pageSize: 3),
      bench.asAdmin()
    )
    _ = try await bench.handlers.listImports(
      ListImportsRequest(pageSize: 3, pageToken: list.nextPageToken),
      bench.asAdmin()
    )
    let rows = try await bench.handlers.listRefusedRows(
      ListRefusedRowsRequest(id: job.id, pageSize: 2),
      bench.asAdmin()
    )
    _ = try await bench.handlers.listRefusedRows(
      ListRefusedRowsRequest(id: job.id, pageSize: 2, pageToken: rows.nextPageToken),
      bench.asAdmin()
    )
    let plans = log.take()
    #expect(plans.count >= 4)
    let rule = PlanRule(small: ["import_columns"])
    #expect(plans.compactMap { rule.fault(of: $0) } == [])
  }
}
