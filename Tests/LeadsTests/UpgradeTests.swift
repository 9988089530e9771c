import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshPeers
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import TenantsAPI
import Testing
import TypeAPI

@testable import LeadsService
@testable import MeshService

@LoopActor
@Suite struct `A store from before tenants and members were replicas` {
  private let tenant: TenantID = IDGenerator.system.next()
  private let clock = TestClock()

  /// A tenant with one status, no source, no rule and a lead, and the turns of three members.
  private func upgraded() async throws -> LeadsBench {
    let tenant = tenant
    let store = try await TestStore(
      "leads",
      LeadsService.migrations,
      upgradedFrom: 5,
      clock: clock.clock
    ) { store in
      let author = Author(actor: "system:leads")
      try await store.write(tenant, as: author) { try Self.fill($0) }
    }
    return LeadsBench(tenant, store, clock)
  }

  private nonisolated static func fill(_ transaction: WriteTransaction) throws {
    try transaction.execute(
      """
      INSERT INTO tenant_settings (version, default_region, time_zone, currency)
      VALUES (41, 'DE', 'Europe/Berlin', 'EUR')
      """
    )
    for (low, turn, leads) in [(1, 30, 1), (2, 29, 5), (3, 0, 0)] {
      try transaction.execute(
        """
        INSERT INTO assignees (
          member_id, takes_leads, daily_cap, is_active, last_turn, count_day, leads_today
        ) VALUES (
          \(MemberID(high: 1, low: UInt64(low))), TRUE, NULL, TRUE, \(turn), '2026-01-01', \(leads)
        )
        """
      )
    }
    try transaction.execute(
      """
      INSERT INTO lead_statuses (key, display_name, position)
      VALUES ('open', 'Open', 4), ('dead', 'Gone', 7)
      """
    )
    try fillLeads(transaction)
  }

  /// A lead, in the columns that there were.
  private nonisolated static func fillLeads(_ transaction: WriteTransaction) throws {
    let time = Timestamp(microseconds: 1_767_225_600_000_000)
    try transaction.execute(
      """
      INSERT INTO leads (
        id, version, first_name, last_name, last_name_key, email, email_key, phone, phone_key,
        phone_valid, job_title, company_name, company_name_key, industry, website, street_address,
        city, state, postal_code, country, source, medium, campaign, status, score, band,
        do_not_email, do_not_call, do_not_sms, preferred_contact_method, time_zone, description,
        create_time, update_time, created_by, updated_by
      ) VALUES (
        \(LeadID(high: 1, low: 1)), 1, '', 'Denson', 'denson', 'g@example.com', 'g@example.com', '',
        '', FALSE, '', '', '', '', '', '', '', '', '', '', '', '', '', 'open', 0, 'cold', FALSE,
        FALSE, FALSE, '', '', '', \(time), \(time), 'system:leads', 'system:leads'
      )
      """
    )
  }

  /// Tells of the tenant and its members, as their services do once they are heard.
  private func hear(_ bench: LeadsBench, cap: Int32? = nil) async throws {
    let settings = TenantsAPI.TenantSettings(
      defaultRegion: "DE",
      timeZone: "Europe/Berlin",
      currency: "EUR"
    )
    let record = TenantsAPI.Tenant(id: tenant, settings: settings)
    bench.replicas.tenants.take(record, of: tenant)
    for rep in bench.reps { bench.follow(rep, "rep", takesLeads: true, dailyCap: cap) }
    bench.replicas.members.markComplete()
    try await bench.react(to: record, of: tenant)
  }

  private func owners(_ names: [String], _ bench: LeadsBench) async throws -> [MemberID?] {
    var owners: [MemberID?] = []
    for name in names {
      let lead = try await bench.create(name) { $0.phone = "030 901820" }
      #expect(lead.status == "open" && lead.phone == "+4930901820")
      owners.append(lead.ownerId)
    }
    return owners
  }

  @Test func `lists its leads before it has heard of tenants and members again`() async throws {
    let bench = try await upgraded()
    let list = try await bench.handlers.listLeads(ListLeadsRequest(), bench.asAdmin()).message()
    #expect(list.leads.map(\.lastName) == ["Denson"])
    let refused = await refusal { _ = try await bench.create("New") }
    #expect(refused?.code == .unavailable)
  }

  @Test func `creates no lead before it knows all members`() async throws {
    let bench = try await upgraded()
    bench.replicas.tenants.take(TenantsAPI.Tenant(id: tenant), of: tenant)
    let refused = await refusal { _ = try await bench.create("New") }
    #expect(refused?.code == .unavailable)
  }

  @Test func `goes on with everyone's turns`() async throws {
    let bench = try await upgraded()
    try await hear(bench)
    let (first, second) = (bench.reps[0], bench.reps[1])
    #expect(try await owners(["A", "B", "C"], bench) == [second, first, second])
    bench.follow(bench.admin, "admin", takesLeads: true)
    #expect(try await owners(["D", "E"], bench) == [bench.admin, first])
  }

  @Test func `goes on with everyone's leads of the day`() async throws {
    let bench = try await upgraded()
    try await hear(bench, cap: 5)
    #expect(try await owners(["A", "B", "C"], bench) == Array(repeating: bench.reps[1], count: 3))
  }

  @Test func `gives nobody what every tenant begins with again`() async throws {
    let bench = try await upgraded()
    try await hear(bench)
    let (sources, rules, version) = try await bench.handlers.store.read(tenant) {
      (
        try $0.picklist(LeadSource.self).entries, try $0.pointRules(ScoringRule.self),
        try $0.rulesVersion()
      )
    }
    #expect(sources.isEmpty && rules.isEmpty && version.all == 41)
    let other: TenantID = IDGenerator.system.next()
    try await bench.react(to: TenantsAPI.Tenant(id: other), of: other)
    try await bench.react(to: TenantsAPI.Tenant(id: other), of: other)
    let statuses = try await bench.handlers.store.read(other) {
      try $0.picklist(LeadStatus.self).entries
    }
    #expect(statuses.map(\.key) == TenantDefaults.statuses.map(\.key))
  }

  @Test func `has its statuses as records, in their order`() async throws {
    let bench = try await upgraded()
    try await hear(bench)
    let request = ListLeadStatusesRequest()
    let listed = try await bench.handlers.listLeadStatuses(request, bench.asAdmin()).message()
    let statuses = listed.leadStatuses
    #expect(statuses.map(\.key) == ["open", "dead"])
    #expect(statuses.map(\.position) == [0, 1])
    #expect(statuses.map(\.displayName) == ["Open", "Gone"])
    #expect(statuses.map(\.statusType) == ["", "dead"])
    #expect(Set(statuses.map(\.idText)).count == 2)
    let renamed = LeadStatus(displayName: "Done", id: statuses[1].id)
    let changed = try await bench.handlers.updateLeadStatus(
      UpdateLeadStatusRequest(
        leadStatus: renamed,
        updateMask: WellKnown.FieldMask(paths: ["display_name"])
      ),
      bench.asAdmin()
    )
    #expect(changed.displayName == "Done" && changed.key == "dead")
  }

  @Test func `begins with reasons to disqualify leads`() async throws {
    let bench = try await upgraded()
    try await hear(bench)
    let reasons = try await bench.handlers.listDisqualificationReasons(
      ListDisqualificationReasonsRequest(),
      bench.asAdmin()
    ).message().disqualificationReasons
    let names = TenantDefaults.disqualificationReasons
    #expect(
      reasons.map(\.displayName) == names && reasons.map(\.position) == [0, 1, 2, 3, 4, 5, 6, 7]
    )
    let lead = try await bench.create("New")
    let request = DisqualifyLeadRequest(id: lead.idText, reason: "Not a fit")
    let refused = await refusal {
      _ = try await bench.handlers.disqualifyLead(request, bench.asAdmin())
    }
    // There is no status of that type.
    #expect(refused?.code == .failedPrecondition)
  }

  @Test func `has the copied tables no more`() async throws {
    let bench = try await upgraded()
    let store = bench.handlers.store
    for table in ["tenant_settings", "assignees"] {
      #expect(try await store.columns(of: table).isEmpty)
    }
    let columns = Lead.schema.columnNames.union(LeadRules.privateColumns)
    #expect(try await store.columns(of: "leads") == columns)
  }
}

@LoopActor
@Suite struct `A store that lacks an index` {
  /// The service's migrations, with the one that makes the index at the end.
  private static var indexLast: [Migration] {
    let name = "_find_disqualified_leads"
    let others = LeadsService.migrations.filter { !$0.name.hasSuffix(name) }
    let index = LeadsService.migrations.filter { $0.name.hasSuffix(name) }
    return (others + index).enumerated().map { place, migration in
      Migration("m\("\(10_001 + place)".dropFirst())_step", migration.sql)
    }
  }

  @Test func `is served by a process that makes no migrations`() async throws {
    let tenant: TenantID = IDGenerator.system.next()
    let clock = TestClock()
    let migrations = Self.indexLast
    let store = try await TestStore(
      "leads",
      migrations,
      upgradedFrom: migrations.count - 1,
      migrates: false,
      clock: clock.clock
    ) { _ in }
    let schema = store.store.schema
    #expect(schema.pending == 1)
    let bench = LeadsBench(tenant, store, clock)
    try await bench.begin(tenant, region: "DE")
    for name in ["Denson", "Dent"] {
      let lead = try await bench.create(name)
      let request = DisqualifyLeadRequest(id: lead.idText, reason: "no_need")
      _ = try await bench.handlers.disqualifyLead(request, bench.asAdmin())
    }
    _ = try await bench.create("Free")
    let list = try await bench.handlers.listLeads(
      ListLeadsRequest(filter: "disqualification_reason == 'no_need'", orderBy: "last_name"),
      bench.asAdmin()
    ).message()
    #expect(list.leads.map(\.lastName) == ["Denson", "Dent"])
  }
}

@LoopActor
@Suite struct `Leads from before they had stages` {
  private nonisolated static let types = [
    ("open", ""), ("hot", "qualified"), ("over", "converted"), ("no", "unqualified"),
    ("gone", "dead"),
  ]

  /// Adds a status of each type with a lead in it, and one that was converted with a deal.
  private nonisolated static func fill(_ transaction: WriteTransaction) throws {
    for (place, (key, type)) in types.enumerated() {
      try transaction.execute(
        """
        INSERT INTO lead_statuses (
          id, version, key, display_name, display_name_key, position, active, colour, description,
          status_type, created_by, updated_by
        ) VALUES (
          \(LeadID(high: 2, low: UInt64(place))), 1, \(key), \(key), '', \(place), TRUE, '', '',
          \(type), '', ''
        )
        """
      )
    }
    let time = Timestamp(microseconds: 1_767_225_600_000_000)
    let keys = types.map(\.0) + ["over"]
    for (place, key) in keys.enumerated() {
      let name = place == types.count ? "sold" : key
      try transaction.execute(
        """
        INSERT INTO leads (
          id, version, first_name, last_name, email, email_folded, phone, phone_key, phone_valid,
          job_title, company_name, industry, website, street_address, city, state, postal_code,
          country, source, medium, campaign, status, score, band, do_not_email, do_not_call,
          do_not_sms, preferred_contact_method, time_zone, description, create_time, update_time
        ) VALUES (
          \(LeadID(high: 1, low: UInt64(place + 1))), 1, '', \(name), 'a@example.com',
          'a@example.com', '', '', FALSE, '', '', '', '', '', '', '', '', '', '', '', '', \(key), 0,
          'cold', FALSE, FALSE, FALSE, '', '', '', \(time), \(time)
        )
        """
      )
    }
    try transaction.execute(
      "UPDATE leads SET deal_id = \(LeadID(high: 3, low: 1)) WHERE last_name = 'sold'"
    )
  }

  @Test func `are where their status and their conversion would have brought them`() async throws {
    let tenant: TenantID = IDGenerator.system.next()
    let clock = TestClock()
    let store = try await TestStore(
      "leads",
      LeadsService.migrations,
      upgradedFrom: 22,
      clock: clock.clock
    ) { store in
      try await store.write(tenant, as: Author(actor: "system:leads")) { try Self.fill($0) }
    }
    let bench = LeadsBench(tenant, store, clock)
    let request = ListLeadsRequest(orderBy: "create_time")
    let leads = try await bench.handlers.listLeads(request, bench.asAdmin()).message().leads
    let stages = Dictionary(uniqueKeysWithValues: leads.map { ($0.lastName, $0.lifecycleStage) })
    #expect(
      stages == [
        "open": "lead", "hot": "sales_qualified", "over": "sales_qualified", "no": "lost",
        "gone": "lost", "sold": "opportunity",
      ]
    )
    #expect(leads.map(\.substatus) == leads.map { _ in "" })
  }
}
