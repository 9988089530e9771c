import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRecords
import MeshStore
import Testing

@testable import LeadsService

@Suite struct `A lead's score` {
  @LoopActor
  @Test func `follows an edit in its answer, by every kind of field`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Hall")
    let before = lead.score
    var edit = lead
    edit.phone = "660-485-0224"
    edit.companyName = "Chargepal"
    let paths = ["phone", "company_name"]
    let request = UpdateLeadRequest(lead: edit, updateMask: WellKnown.FieldMask(paths: paths))
    let edited = try await bench.handlers.updateLead(request, bench.asAdmin())
    #expect(edited.score == before + 25)
    #expect(try await bench.handlers.rescorer.advance(bench.tenant, by: 10) == false)
  }

  @LoopActor
  @Test(arguments: [
    "owner_id != null", "duplicate_of != null", "create_time > timestamp('2000-01-01T00:00:00Z')",
  ])
  func `counts what only the transaction knows`(condition: String) async throws {
    let bench = try await LeadsBench()
    try await bench.addRule(condition, points: 7)
    _ = try await bench.create("First", email: "same@example.com")
    let lead = try await bench.create("Second", email: "same@example.com")
    #expect(lead.scoreBreakdown.contains { $0.name == condition })
    #expect(lead.etag == Etag(version: 1))
  }

  @LoopActor
  @Test func `is made anew in the background, unless its caller waits`() async throws {
    let bench = try await LeadsBench()
    let store = bench.handlers.store
    for name in ["Hall", "Hill"] { _ = try await bench.create(name) }
    #expect(store.metrics.backgroundWrites + store.metrics.backgroundReads == 0)
    try await bench.addRule("last_name == 'Hall'", points: 7)
    let before = store.metrics
    try await bench.rescore()
    let after = store.metrics
    #expect(after.writes > before.writes && after.reads > before.reads)
    #expect(after.writes - before.writes == after.backgroundWrites)
    #expect(after.reads - before.reads == after.backgroundReads)
  }

  @LoopActor
  @Test func `under older rules is computed again`() async throws {
    let bench = try await LeadsBench()
    let handlers = bench.handlers
    let store = handlers.store
    let foresight = LeadForesight(cache: handlers.rulesCache, store: store)
    let draft = LeadsAPI.Lead(lastName: "Late", email: "late@example.com")
    let rules = try await foresight.rules(bench.tenant, [draft])
    try await bench.addRule("last_name == 'Late'", points: 9)
    let author = Author(actor: bench.admin.description)
    let lead = try await store.write(bench.tenant, as: author) { transaction in
      try transaction.create(draft, by: rules(transaction))
    }
    #expect(lead.score == 0)
    try await bench.rescore()
    let present = try await bench.lead(lead)
    #expect(present.scoreBreakdown.contains { $0.points == 9 })
    #expect(present.etag == lead.etag)
  }

  @LoopActor
  @Test func `is computed again for a lead that comes back`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Back")
    _ = try await bench.handlers.deleteLead(DeleteLeadRequest(id: lead.idText), bench.asAdmin())
    try await bench.addRule("last_name == 'Back'", points: 9)
    _ = try await bench.handlers.undeleteLead(UndeleteLeadRequest(id: lead.idText), bench.asAdmin())
    try await bench.rescore()
    #expect(try await bench.lead(lead).score == lead.score + 9)
  }

  @LoopActor
  @Test func `has the parts of its rules, whatever their names hold`() async throws {
    let bench = try await LeadsBench()
    let forged = "Real\t5\nrule_x\t100\tForged\u{2028}line\u{0}"
    let rule = try await bench.handlers.createScoringRule(
      CreateScoringRuleRequest(
        scoringRule: LeadsAPI.ScoringRule(displayName: forged, condition: "true", points: 3)
      ),
      bench.asAdmin()
    )
    #expect(rule.displayName == "Real 5 rule_x 100 Forged line")
    let lead = try await bench.create("Hall")
    #expect(lead.scoreBreakdown.filter { $0.ruleId == rule.id }.map(\.points) == [3])
    #expect(lead.scoreBreakdown.allSatisfy { !$0.name.contains("\n") })
  }
}
