import DealsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import DealsService

@Suite @LoopActor struct `Trends of deals` {
  private func usd(_ minor: Int64) -> Money { Money(amountMinor: minor, currency: .usd) }

  /// Makes a deal that began on a day and, unless it is open, was closed on another.
  private func deal(
    _ bench: DealsBench,
    _ minor: Int64?,
    _ start: String,
    _ stage: String = "new",
    _ close: String? = nil
  ) async throws {
    _ = try await bench.deal("Deal") {
      ($0.stage, $0.amount, $0.startDate) = (stage, minor.map(usd), CalendarDate(start))
      $0.closeDate = close.flatMap { CalendarDate($0) }
      if stage == "closed_won" { $0.winReason = "price" }
      if stage == "closed_lost" { $0.lossReason = "price" }
    }
  }

  @Test func `say what began, was won and was lost, each period against the one before`()
    async throws
  {
    let bench = try await DealsBench()
    bench.convert("EUR", at: "1.1", firstMonth: 2)
    try await deal(bench, 100, "2025-11-01", "closed_won", "2025-11-11")
    try await deal(bench, 100, "2025-10-31", "closed_lost", "2025-11-30")
    try await deal(bench, 200, "2025-12-01", "closed_won", "2025-12-02")
    try await deal(bench, 101, "2025-12-01", "closed_won", "2025-12-31")
    try await deal(bench, nil, "2025-09-01", "closed_lost", "2025-12-31")
    try await deal(bench, 50, "2025-12-31")
    let months = try await bench.trends("month", until: "2025-12", 2)
    #expect(months.map(\.period) == ["2025-11", "2025-12"])
    #expect(months.map(\.startDate) == [CalendarDate("2025-11-01"), CalendarDate("2025-12-01")])
    #expect(months.map(\.endDate) == [CalendarDate("2025-11-30"), CalendarDate("2025-12-31")])
    let (before, month) = (months[0], months[1])
    #expect(before.created?.count == 1 && before.won?.count == 1 && before.lost?.count == 1)
    #expect(before.winRate == 50 && before.cycleDays == 10 && before.meanSize == usd(100))
    #expect(before.change?.created?.count == 0, "one began in October, too")
    #expect(before.change?.winRate == nil && before.change?.meanSize == nil)
    #expect(month.created?.count == 3 && month.created?.sum == [usd(351)])
    #expect(month.won?.count == 2 && month.won?.sum == [usd(301)])
    #expect(month.lost?.count == 1 && month.lost?.sum == [])
    // Two thirds; 150.5 cents; a day and thirty days.
    #expect(month.winRate == 66.7 && month.meanSize == usd(151) && month.cycleDays == 15.5)
    #expect(month.change?.created?.count == 2 && month.change?.won?.sum == [usd(201)])
    #expect(month.change?.lost?.count == 0 && month.change?.lost?.sum == [usd(-100)])
    #expect(month.change?.winRate == 16.7 && month.change?.cycleDays == 5.5)
    #expect(month.change?.meanSize == usd(51))
    let quarter = try #require(try await bench.trends("quarter", until: "2025-Q4", 1).first)
    #expect(quarter.startDate == CalendarDate("2025-11-01"))
    #expect(quarter.endDate == CalendarDate("2026-01-31") && quarter.won?.count == 3)
    let week = try #require(try await bench.trends("week", until: "2026-W01", 1).first)
    #expect(week.startDate == CalendarDate("2025-12-29") && week.created?.count == 1)
    #expect(week.won?.count == 1 && week.lost?.count == 1)
  }

  @Test func `are by months up to the present one unless said otherwise`() async throws {
    let bench = try await DealsBench()
    let answer = try await bench.handlers.getDealTrends(TrendsRequest(), bench.asAdmin())
    #expect(answer.unit == "month" && answer.periods.count == 12)
    // In New York.
    #expect(answer.periods.last?.period == "2025-12")
    #expect(answer.periods.first?.period == "2025-01")
    #expect(answer.periods.allSatisfy { $0.winRate == nil && $0.cycleDays == nil })
  }

  @Test func `are refused for what is no unit, period or number of them`() async throws {
    let bench = try await DealsBench()
    for unit in ["year", "day", "Month"] {
      #expect(await refused { _ = try await bench.trends(unit) } == ["unit"])
    }
    for until in ["2026-Q1", "2026-W01", "2026", "2026-13"] {
      let fields = await refused { _ = try await bench.trends("month", until: until) }
      #expect(fields == ["until"], "\(until)")
    }
    for periods in [-1, 61] as [Int32] {
      let fields = await refused { _ = try await bench.trends("week", periods) }
      #expect(fields == ["periods"])
    }
  }
}
