import DealsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTestScale
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import DealsService

@Suite @LoopActor struct `Forecasts and trends of random deals` {
  @Test(arguments: TestScale.seeds(1, long: 3))
  func `are what comes of adding up the deals that each caller reads`(
    seed: UInt64
  ) async throws {
    let bench = try await DealsBench()
    let deals = try await RandomDeals(bench, seed: seed)
    // A server answers each of them, as the other engine does within the process.
    let count = TestScale.count(3_000, long: TestDatabase.isPostgreSQL ? 10_000 : 100_000)
    for number in 1...count {
      try await deals.step()
      if number % (count / 10) == 0 {
        for (name, call) in [
          ("admin", bench.asAdmin()), ("manager", bench.asManager), ("rep", bench.asRep(0)),
          ("other rep", bench.asRep(1)),
        ] {
          let place = "operation \(number) of seed \(seed), \(name)"
          let all = try await bench.deals("", call)
          try await checkForecast(bench, all, call, place)
          for unit in ["week", "month", "quarter"] {
            try await checkTrends(bench, all, unit, call, place)
          }
        }
      }
    }
  }

  private func checkForecast(
    _ bench: DealsBench,
    _ deals: [Deal],
    _ call: Call,
    _ place: String
  ) async throws {
    let found = try await bench.forecast("2026-Q1", by: "owner,month", call)
    var naive: [[String]: [String: NaiveSums]] = [:]
    for deal in deals where deal.forecastCategory != "omitted" {
      let day = deal.status == "open" ? deal.expectedCloseDate : deal.closeDate
      guard let day, day.year == 2026, day.month <= 3 else { continue }
      let key = [deal.ownerId.map { "\($0)" } ?? "", String("\(day)".prefix(7))]
      naive[key, default: [:]][deal.forecastCategory, default: NaiveSums()].add(deal)
    }
    let keys = naive.keys.sorted { $0.lexicographicallyPrecedes($1) }
    #expect(found.groups.map(\.keys) == keys, "\(place)")
    for group in found.groups {
      for category in group.categories {
        let expected = naive[group.keys]?[category.category] ?? NaiveSums()
        let at: Comment = "\(place), \(group.keys), \(category.category)"
        #expect(category.sums?.count == expected.count, at)
        #expect(category.sums?.sum == expected.sum, at)
        #expect(category.sums?.weightedSum == expected.weightedSum, at)
      }
    }
  }

  private func checkTrends(
    _ bench: DealsBench,
    _ deals: [Deal],
    _ unit: String,
    _ call: Call,
    _ place: String
  ) async throws {
    for period in try await bench.trends(unit, 8, call) {
      let at: Comment = "\(place), \(period.period)"
      let start = try #require(period.startDate)
      let end = try #require(period.endDate)
      func isIn(_ day: CalendarDate?) -> Bool { day.map { start <= $0 && $0 <= end } ?? false }
      func sums(_ isOne: (Deal) -> Bool) -> NaiveSums {
        var sums = NaiveSums()
        for deal in deals where isOne(deal) { sums.add(deal) }
        return sums
      }
      func closed(_ status: String) -> (Deal) -> Bool {
        { $0.status == status && isIn($0.closeDate) }
      }
      let parts = [
        (period.created, sums { isIn($0.startDate) }),
        (period.won, sums(closed("won"))), (period.lost, sums(closed("lost"))),
      ]
      for (found, expected) in parts {
        #expect(found?.count == expected.count && found?.sum == expected.sum, at)
      }
      let cycles = deals.filter(closed("won")).compactMap { deal -> Int? in
        guard let start = deal.startDate, let close = deal.closeDate else { return nil }
        return start.days(to: close)
      }
      #expect((period.cycleDays == nil) == cycles.isEmpty, at)
      if let mean = period.cycleDays {
        let exact = Double(cycles.reduce(0, +)) / Double(cycles.count)
        #expect(abs(mean - exact) <= 0.051, at)
      }
    }
  }
}
