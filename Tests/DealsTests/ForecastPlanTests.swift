import DealsAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import DealsService

@Suite @LoopActor struct `A forecast of many deals` {
  private let log = PlanLog()

  /// A bench with rows of sums of thousands of owners, of which the first rep has few, and of as many days.
  private func filled() async throws -> DealsBench {
    let bench = try await DealsBench(plans: log)
    for number in 0..<24 {
      _ = try await bench.deal("Deal \(number)") {
        ($0.ownerId, $0.teamId) = (bench.reps[1], number % 8 == 0 ? bench.team : nil)
        $0.amount = Money(amountMinor: 5, currency: .usd)
        ($0.stage, $0.winReason) = number % 2 == 0 ? ("new", "") : ("closed_won", "price")
        $0.startDate = CalendarDate(year: 2025, month: number % 12 + 1, day: 1)
        $0.closeDate = number % 2 == 0 ? nil : CalendarDate(year: 2025, month: 12, day: number + 1)
        $0.expectedCloseDate = CalendarDate(year: 2026, month: number % 12 + 1, day: 1)
      }
    }
    _ = try await bench.deal("Own") {
      ($0.ownerId, $0.expectedCloseDate) = (bench.reps[0], CalendarDate("2026-02-01"))
    }
    let shared = try await bench.deal("Shared") { $0.ownerId = bench.reps[1] }
    try await bench.share(shared, with: "\(bench.reps[0])")
    try await bench.opened.multiply("deals", of: bench.tenant, doublings: 7, others: 3)
    try await bench.snapshot("2026-01-01")
    for (table, day) in [
      ("deal_forecasts", "forecast_date_month"), ("deal_forecast_snapshots", "snapshot_date"),
      ("deal_starts", "start_date"), ("deal_closes", "close_date"),
    ] {
      try await multiply(table, by: day, bench)
    }
    try bench.opened.settle(
      "deals",
      "deal_forecasts",
      "deal_forecast_snapshots",
      "deal_forecast_days",
      "deal_starts",
      "deal_closes"
    )
    return bench
  }

  /// Makes as many rows of sums of other owners, again and again, and then of twenty other years.
  private func multiply(_ table: String, by day: String, _ bench: DealsBench) async throws {
    let all = try await bench.handlers.store.columns(of: table)
    let names = all.subtracting(["tenant_id", "owner_id", day]).sorted()
    let (name, columns) = (SQL(name: table), names.map { SQL(name: $0) }.joined(by: ", "))
    let day = SQL(name: day)
    func insert(_ days: SQL) async throws {
      try await bench.handlers.store.write(bench.tenant, as: Author(actor: "system:test")) {
        _ = try $0.execute(
          """
          INSERT INTO \(name) (owner_id, \(day), \(columns)) SELECT randomblob(16), \(days), \(columns)
          FROM \(name) WHERE owner_id <> \(bench.reps[0]) AND \(day) >= '2000'
          """
        )
      }
    }
    for _ in 0..<5 { try await insert(day) }
    for year in 1950..<1970 { try await insert("\("\(year)") || substr(\(day), 5)") }
  }

  /// What is wrong with the plans of what `body` reads.
  private func faults(_ body: @LoopActor () async throws -> Void) async throws -> [String] {
    _ = log.take()
    try await body()
    let plans = log.take()
    let rule = PlanRule(small: ["deal_forecast_days"])
    return plans.compactMap { rule.fault(of: $0) }
  }

  @Test func `is read by indexes, as trends are, whoever asks`() async throws {
    let bench = try await filled()
    for call in [bench.asAdmin(), bench.asManager, bench.asRep(0), bench.asRep(1)] {
      let forecast = try await faults {
        _ = try await bench.forecast("2026-Q1", by: "owner", since: "2026-01-01", call)
      }
      #expect(forecast == [])
      let trends = try await faults { _ = try await bench.trends("week", 12, call) }
      #expect(trends == [])
    }
    let own = try await bench.forecast("2026-Q1", bench.asRep(0))
    #expect(own.total?.all?.count == 1)
  }
}
