import DealsAPI
import MeshCore
import MeshLoop
import MeshTesting
import Testing

@testable import DealsService

@Suite @LoopActor struct `Accounts, contacts and deals of teams` {
  @Test func `are given to an active team of the tenant`() async throws {
    let bench = try await DealsBench()
    for team in [bench.team, TeamID(high: 2, low: 2)] {
      let fields = [
        await refused { _ = try await bench.account("Acme") { $0.teamId = team } },
        await refused { _ = try await bench.contact("Ada") { $0.teamId = team } },
        await refused { _ = try await bench.deal("Deal") { $0.teamId = team } },
      ]
      let expected: [String]? = team == bench.team ? nil : ["team_id"]
      #expect(fields == [expected, expected, expected])
    }
  }

  @Test func `keep one that is active no more`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.deal("Deal") { $0.teamId = bench.team }
    let free = try await bench.deal("Free")
    bench.placeTeam(isActive: false)
    let renamed = try await bench.change(deal, "name", "team_id") { $0.name = "Renamed" }
    #expect(renamed.teamId == bench.team)
    let fields = await refused {
      _ = try await bench.change(free, "team_id") { $0.teamId = bench.team }
    }
    #expect(fields == ["team_id"])
    let left = try await bench.change(renamed, "team_id") { $0.teamId = nil }
    #expect(left.teamId == nil)
  }
}
