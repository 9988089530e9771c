import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRecords
import MeshStore
import MeshTesting
import RecordsAPI
import Testing

@testable import LeadsService

@Suite struct `What the service computes of a lead` {
  @LoopActor
  @Test func `is nobody's edit when a rule's name changes`() async throws {
    let bench = try await LeadsBench()
    var rule = try await bench.handlers.createScoringRule(
      CreateScoringRuleRequest(
        scoringRule: LeadsAPI.ScoringRule(
          displayName: "Rome",
          condition: "city == 'Roma'",
          points: 10
        )
      ),
      bench.asAdmin()
    )
    let read = try await bench.create("Open") { $0.city = "Roma" }
    bench.clock.advance(by: .seconds(60))
    rule.displayName = "In Rome"
    _ = try await bench.handlers.updateScoringRule(
      UpdateScoringRuleRequest(
        scoringRule: rule,
        updateMask: WellKnown.FieldMask(paths: ["display_name"])
      ),
      bench.asAdmin()
    )
    try await bench.rescore()

    let present = try await bench.lead(read)
    #expect(present.scoreBreakdown.contains { $0.name == "In Rome" })
    #expect(present.etag == read.etag)
    #expect(present.updateTime == read.updateTime)
    #expect(present.updatedBy == read.updatedBy)

    var edit = read
    edit.jobTitle = "Chef"
    let request = UpdateLeadRequest(
      lead: edit,
      updateMask: WellKnown.FieldMask(paths: ["job_title"])
    )
    let edited = try await bench.handlers.updateLead(request, bench.asAdmin())
    #expect(edited.etag != read.etag, "an edit is one")
    #expect(edited.scoreBreakdown.contains { $0.name == "In Rome" })
  }

  @LoopActor
  @Test func `is in the history as the service's, with the fields that changed`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Hall")
    try await bench.addRule("last_name == 'Hall'", points: 7)
    try await bench.rescore()
    let history = try await bench.handlers.listLeadHistory(
      ListHistoryRequest(id: lead.idText),
      bench.asAdmin()
    )
    let entry = try #require(history.entries.first)
    #expect(entry.actor == "system:leads")
    #expect(entry.changes.map(\.field) == ["score"])
    #expect(entry.changes.first?.new == "\(lead.score + 7)")
    let change = try #require(try await bench.changes().last)
    #expect((change.after ?? []).count < 400, "the fields that changed, not the whole lead")
  }

  @LoopActor
  @Test func `leaves a lead as it was when another becomes its original`() async throws {
    let bench = try await LeadsBench()
    let first = try await bench.create("First", email: "same@example.com")
    let second = try await bench.create("Second", email: "same@example.com")
    let third = try await bench.create("Third", email: "same@example.com")
    let delete = DeleteLeadRequest(id: first.idText)
    _ = try await bench.handlers.deleteLead(delete, bench.asAdmin())
    let present = try await bench.lead(third)
    #expect(present.duplicateOf == second.id)
    #expect(present.etag == third.etag)
    #expect(present.updatedBy == third.updatedBy)
    let change = try #require(try await bench.changes().last { $0.id == third.idText })
    #expect(change.actor == "system:leads")
    #expect(change.onBehalfOf == bench.admin.description)
  }

  @LoopActor
  @Test func `is not written over an edit that came meanwhile`() async throws {
    let bench = try await LeadsBench()
    let read = try await bench.create("Edited")
    var edit = read
    edit.city = "Roma"
    _ = try await bench.handlers.updateLead(
      UpdateLeadRequest(lead: edit, updateMask: WellKnown.FieldMask(paths: ["city"])),
      bench.asAdmin()
    )
    var computed = read
    computed.score = 99
    let author = Author(actor: "system:leads")
    let isWritten = try await bench.handlers.store.write(bench.tenant, as: author) {
      [computed] in try $0.write(computed: computed, of: read)
    }
    #expect(!isWritten)
    let present = try await bench.lead(read)
    #expect(present.city == "Roma")
    #expect(present.score == edit.score)
  }
}

extension LeadsBench {
  func lead(_ lead: LeadsAPI.Lead) async throws -> LeadsAPI.Lead {
    try await handlers.getLead(GetLeadRequest(id: lead.idText), asAdmin()).message()
  }

  func addRule(_ condition: String, points: Int32) async throws {
    let rule = LeadsAPI.ScoringRule(displayName: condition, condition: condition, points: points)
    _ = try await handlers.createScoringRule(
      CreateScoringRuleRequest(scoringRule: rule),
      asAdmin()
    )
  }

  /// Scores all leads again as the rules say now.
  func rescore(_ count: Int = 2) async throws {
    while try await handlers.rescorer.advance(tenant, by: count) {}
  }
}
