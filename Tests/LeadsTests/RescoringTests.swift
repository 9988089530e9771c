import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshTesting
import Testing

@testable import LeadsService

@Suite struct `Scoring all leads again` {
  @LoopActor
  @Test func `follows a change of rules, batch by batch`() async throws {
    let bench = try await LeadsBench()
    for number in 0..<5 { _ = try await bench.create("L\(number)") }
    let rule = try await bench.handlers.createScoringRule(
      CreateScoringRuleRequest(
        scoringRule: LeadsAPI.ScoringRule(
          displayName: "Everyone",
          condition: "last_name.startsWith('L')",
          points: 7
        )
      ),
      bench.asAdmin()
    )
    try await bench.rescore()
    let state = try await bench.handlers.getRescoring(GetRescoringRequest(), bench.asAdmin())
    #expect(!state.running)
    #expect(state.leadsDone == 5)
    #expect(state.leadsChanged == 5)
    let leads = try await bench.handlers.listLeads(ListLeadsRequest(), bench.asAdmin()).message()
      .leads
    #expect(leads.allSatisfy { $0.scoreBreakdown.contains { $0.ruleId == rule.id } })
  }

  @LoopActor
  @Test func `refuses a rule that does not check`() async throws {
    let bench = try await LeadsBench()
    let refused = await refusal {
      _ = try await bench.handlers.createScoringRule(
        CreateScoringRuleRequest(
          scoringRule: LeadsAPI.ScoringRule(condition: "score > 'x'", points: 0)
        ),
        bench.asAdmin()
      )
    }
    #expect(refused?.violations.map(\.field) == ["display_name", "points", "condition"])
  }

  @LoopActor
  @Test func `begins with a change of rules once there are leads, and not before`() async throws {
    let bench = try await LeadsBench()
    #expect(try await isRunning(bench) == false, "the rules every tenant begins with")
    try await addRule("Denson", to: bench)
    #expect(try await isRunning(bench) == false)
    _ = try await bench.create("Denson")
    try await addRule("Hall", to: bench)
    #expect(try await isRunning(bench))
  }

  @LoopActor
  private func isRunning(_ bench: LeadsBench) async throws -> Bool {
    try await bench.handlers.getRescoring(GetRescoringRequest(), bench.asAdmin()).running
  }

  @LoopActor
  private func addRule(_ name: String, to bench: LeadsBench) async throws {
    let rule = LeadsAPI.ScoringRule(
      displayName: name,
      condition: "last_name == \"\(name)\"",
      points: 5
    )
    _ = try await bench.handlers.createScoringRule(
      CreateScoringRuleRequest(scoringRule: rule),
      bench.asAdmin()
    )
  }
}
