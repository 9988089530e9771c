import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import MeshTesting
import RecordsAPI
import TenantsAPI
import Testing
import TypeAPI

@testable import LeadsService

@Suite struct `What people call a lead` {
  @Test(
    arguments: [
      (["Ada", "King", "Engines", "a@example.com", "+1"], "Ada King"),
      (["Ada", "", "Engines", "", ""], "Ada"), (["", "King", "", "", ""], "King"),
      (["", "", "Engines", "a@example.com", "+1"], "Engines"),
      (["", "", "", "a@example.com", "+1"], "a@example.com"), (["", "", "", "", "+1"], "+1"),
      (["", "", "", "", ""], ""),
    ] as [([String], String)]
  )
  func `is the name, else the company, else how they are reached`(parts: [String], name: String) {
    var lead = Lead()
    (lead.firstName, lead.lastName, lead.companyName) = (parts[0], parts[1], parts[2])
    (lead.email, lead.phone) = (parts[3], parts[4])
    lead.makeFields()
    #expect(lead.displayName == name)
  }

  @Test func `has at most 200 characters, and none of them is a blank at its end`() {
    var lead = Lead()
    lead.firstName = String(repeating: "é", count: 199)
    lead.lastName = "King"
    lead.makeFields()
    #expect(lead.displayName == lead.firstName)
    lead.firstName.removeLast()
    lead.makeFields()
    #expect(lead.displayName == lead.firstName + " K")
  }

  @Test func `is seen by those alone who see all that it may be made of`() throws {
    let schema = Lead.schema
    let name = try #require(schema["display_name"])
    var visible = FieldSet.all
    #expect(visible.withoutHints(schema).contains(name))
    for field in ["first_name", "company_name", "email", "phone"] {
      visible = .all
      try visible.bits.remove(#require(schema[field]).index)
      #expect(!visible.withoutHints(schema).contains(name), "\(field)")
    }
    visible = .all
    try visible.bits.remove(#require(schema["job_title"]).index)
    #expect(visible.withoutHints(schema).contains(name))
  }

  @LoopActor
  @Test func `follows each write, and cannot be written`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("King") { $0.displayName = "Somebody Else" }
    #expect(lead.displayName == "King")
    var edit = lead
    edit.firstName = "Ada"
    let changed = try await bench.handlers.updateLead(
      UpdateLeadRequest(lead: edit, updateMask: WellKnown.FieldMask(paths: ["first_name"])),
      bench.asAdmin()
    )
    #expect(changed.displayName == "Ada King")
    let refused = await refusal {
      _ = try await bench.handlers.updateLead(
        UpdateLeadRequest(lead: edit, updateMask: WellKnown.FieldMask(paths: ["display_name"])),
        bench.asAdmin()
      )
    }
    #expect(refused?.reason == .unknownField)
    let history = try await bench.handlers.listLeadHistory(
      ListHistoryRequest(id: lead.idText),
      bench.asAdmin()
    )
    #expect(history.entries.first?.changes.map(\.field) == ["first_name"])
    _ = try await bench.handlers.deleteLead(DeleteLeadRequest(id: lead.idText), bench.asAdmin())
    let back = try await bench.handlers.undeleteLead(
      UndeleteLeadRequest(id: lead.idText),
      bench.asAdmin()
    )
    #expect(back.displayName == "Ada King")
  }

  @LoopActor
  @Test func `is what lists are ordered, filtered and answered by`() async throws {
    let bench = try await LeadsBench()
    _ = try await bench.create("Adams") { $0.firstName = "Zoe" }
    _ = try await bench.create("Zimmer") { $0.firstName = "Änne" }
    _ = try await bench.create("", email: "m@example.com") { $0.companyName = "Mango" }
    _ = try await bench.create("oswald")
    func names(_ request: ListLeadsRequest) async throws -> [String] {
      var request = request
      request.fields = WellKnown.FieldMask(paths: ["display_name"])
      let page = try await bench.handlers.listLeads(request, bench.asAdmin()).message()
      #expect(page.leads.allSatisfy { $0.lastName.isEmpty && $0.companyName.isEmpty })
      return page.leads.map(\.displayName)
    }
    let ordered = ["Änne Zimmer", "Mango", "oswald", "Zoe Adams"]
    #expect(try await names(ListLeadsRequest(orderBy: "display_name")) == ordered)
    #expect(
      try await names(ListLeadsRequest(orderBy: "display_name desc")) == ordered.reversed()
    )
    let filter = #"display_name.contains("Zimmer") || display_name == "Mango""#
    #expect(
      try await names(ListLeadsRequest(filter: filter, orderBy: "display_name"))
        == ["Änne Zimmer", "Mango"]
    )
    #expect(try await names(ListLeadsRequest(query: "zoe ada")) == ["Zoe Adams"])
  }

  @LoopActor
  @Test func `is the title by which others refer to it`() async throws {
    let bench = try await LeadsBench()
    let person = try await bench.create("King") { ($0.firstName, $0.companyName) = ("Ada", "Loom") }
    let company = try await bench.create("", email: "m@example.com") { $0.companyName = "Mango" }
    let call = bench.asAdmin()
    let leads = bench.handlers.leads
    let names = try await bench.handlers.store.read(bench.tenant) { transaction in
      try transaction.names(of: [person, company].compactMap(\.recordID), leads, call)
    }
    #expect(names[0] == ["Ada King", "Loom"])
    #expect(names[1] == ["Mango", ""])
  }

  @LoopActor
  @Test func `may be scored by`() async throws {
    let bench = try await LeadsBench()
    try await bench.addRule(#"display_name.startsWith("Ada K")"#, points: 9)
    let lead = try await bench.create("King") { $0.firstName = "Ada" }
    #expect(lead.scoreBreakdown.contains { $0.points == 9 })
  }
}

@LoopActor
@Suite struct `Leads from before they had names` {
  private let tenant: TenantID = IDGenerator.system.next()
  private let clock = TestClock()

  @Test func `get them at once, and in the order of the alphabet soon, without an edit`()
    async throws
  {
    let (tenant, clock) = (tenant, clock)
    let names = [("Zoe", "Adams", "Loom"), ("", "", "Mango"), ("Änne", "", "")]
    let opened = try await TestStore(
      "leads",
      LeadsService.migrations,
      upgradedFrom: 11,
      clock: clock.clock
    ) { store in
      try await store.write(tenant, as: Author(actor: "system:leads")) { transaction in
        for (number, name) in names.enumerated() {
          try transaction.addLead(UInt64(number + 1), name, at: clock.clock.now)
        }
      }
    }
    let bench = LeadsBench(tenant, opened, clock)
    try await bench.begin(tenant)
    func list(_ order: String) async throws -> [Lead] {
      let request = ListLeadsRequest(orderBy: order)
      let page = try await bench.handlers.listLeads(request, bench.asAdmin()).message()
      return page.leads
    }
    let before = try await list("create_time")
    #expect(Set(before.map(\.displayName)) == ["Zoe Adams", "Mango", "Änne"])
    let log = Log(service: "leads", level: .error)
    await RecordKeyUpgrade([bench.handlers.leads], bench.handlers.store, log).run()
    #expect(try await list("display_name").map(\.displayName) == ["Änne", "Mango", "Zoe Adams"])
    #expect(try await list("create_time") == before)
    #expect(try await bench.changes().isEmpty)
  }
}

extension ReadTransaction {
  fileprivate func names(
    of ids: [IDWords],
    _ leads: Records<Lead>,
    _ call: Call
  ) throws -> [[String?]] {
    let names = try leads.names(of: ids, call, in: self)
    return ids.map { [names[$0]?.title, names[$0]?.subtitle] }
  }
}

extension WriteTransaction {
  /// Adds a lead in the columns that there were before leads had names.
  fileprivate func addLead(
    _ number: UInt64,
    _ name: (String, String, String),
    at time: Timestamp
  ) throws {
    try execute(
      """
      INSERT INTO leads (
        id, version, first_name, last_name, email, email_folded, phone, phone_key, phone_valid,
        job_title, company_name, industry, website, street_address, city, state, postal_code,
        country, source, medium, campaign, status, score, band, do_not_email, do_not_call,
        do_not_sms, preferred_contact_method, time_zone, description, create_time, update_time
      ) VALUES (
        \(LeadID(high: 1, low: number)), 1, \(name.0), \(name.1), 'a@example.com', 'a@example.com',
        '', '', FALSE, '', \(name.2), '', '', '', '', '', '', '', '', '', '', 'new', 0, 'cold',
        FALSE, FALSE, FALSE, '', '', '', \(time), \(time)
      )
      """
    )
  }
}
