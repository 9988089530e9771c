import DealsAPI
import MeshCore
import MeshLoop
import MeshPeers
import MeshRecords
import MeshStore
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import DealsService
@testable import MeshService

@Suite @LoopActor struct `Snapshots of forecasts` {
  private func days(_ bench: DealsBench, _ tenant: TenantID) async throws -> [String] {
    try await bench.handlers.store.read(tenant) { transaction in
      try transaction.rows("SELECT day FROM deal_forecast_days ORDER BY day") { row in
        try row.next(String.self)
      }
    }
  }

  @Test func `are taken once of each tenant, when its day has begun`() async throws {
    let bench = try await DealsBench()
    let other: TenantID = IDGenerator.system.next()
    try await bench.begin(other)
    let deal = try await bench.deal("Deal") {
      $0.amount = Money(amountMinor: 100, currency: .usd)
      $0.expectedCloseDate = CalendarDate("2026-02-01")
    }
    let keeper = SnapshotKeeper<Deal>(
      Deal.forecast.snapshots,
      bench.handlers.store,
      Log(service: "test", level: .error),
      bench.handlers.peers.today
    )
    // Evening in New York, where both are.
    var taken = await keeper.keep()
    #expect(Set(taken.keys) == [bench.tenant, other])
    #expect(try await days(bench, bench.tenant) == ["2025-12-31"])
    bench.clock.advance(by: .seconds(4 * 3_600))
    taken = await keeper.keep(but: taken)
    _ = await keeper.keep()
    #expect(try await days(bench, bench.tenant) == ["2025-12-31"])
    _ = try await bench.change(deal, "amount") {
      $0.amount = Money(amountMinor: 300, currency: .usd)
    }
    bench.clock.advance(by: .seconds(3_600))
    _ = await keeper.keep(but: taken)
    for tenant in [bench.tenant, other] {
      #expect(try await days(bench, tenant) == ["2025-12-31", "2026-01-01"])
    }
    for (day, change) in [("2025-12-31", 200), ("2026-01-01", 0)] as [(String, Int64)] {
      let forecast = try await bench.forecast("2026-Q1", since: day)
      #expect(forecast.total?.allChange?.sum == [Money(amountMinor: change, currency: .usd)])
    }
  }
}
