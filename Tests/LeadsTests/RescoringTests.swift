import LeadsAPI
import MeshLoop
import Testing

@testable import LeadsService

@Suite struct `Scoring all leads again` {
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
