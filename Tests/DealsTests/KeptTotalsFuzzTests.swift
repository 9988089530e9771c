import DealsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTestScale
import MeshTesting
import Testing
import TypeAPI

@testable import DealsService

/// Sums of deals made one by one.
struct NaiveSums: Equatable {
  var count: Int64 = 0
  var amounts: [String: Int128] = [:]
  var weighted: [String: Int128] = [:]

  mutating func add(_ deal: Deal) {
    count += 1
    guard let amount = deal.amount else { return }
    let minor = Int128(amount.amountMinor)
    amounts[amount.currency.text, default: 0] += minor
    weighted[amount.currency.text, default: 0] += minor * Int128(deal.probability ?? 0)
  }

  /// As an answer shows them: by currency, without what is too large.
  private func shown(_ sums: [String: Int128]) -> [Money] {
    sums.sorted { $0.key < $1.key }.compactMap { currency, sum in
      guard let currency = CurrencyCode(currency), let minor = Int64(exactly: sum) else {
        return nil
      }
      return Money(amountMinor: minor, currency: currency)
    }
  }

  var sum: [Money] { shown(amounts) }
  var weightedSum: [Money] { shown(weighted.mapValues { ($0 + 50) / 100 }) }
}

@Suite @LoopActor struct `Sums that are kept of deals` {
  @Test(arguments: TestScale.seeds(1, long: 1))
  func `are those of the deals that each caller reads, whatever was done to them`(
    seed: UInt64
  ) async throws {
    let bench = try await DealsBench()
    let deals = try await RandomDeals(bench, seed: seed)
    // A server answers each of them, as the other engine does within the process.
    let count =
      TestDatabase.isPostgreSQL
      ? TestScale.count(2_500, long: 25_000) : TestScale.count(10_000, long: 1_000_000)
    let every = max(count / 50, 200)
    for number in 1...count {
      try await deals.step()
      if number % every == 0 {
        try await check(bench, deals.pipelines, "operation \(number) of seed \(seed)")
      }
    }
    for (name, refused) in deals.refused where name != "reopen" {
      #expect(refused < 10 * (deals.made[name] ?? 0), "\(name) is mostly refused")
    }
    #expect(deals.made.count == 13, "each kind of operation was made: \(deals.made)")
    try await checkEnd(bench)
  }

  private func check(
    _ bench: DealsBench,
    _ pipelines: [PipelineID],
    _ place: String
  ) async throws {
    let callers = [
      ("admin", bench.asAdmin()), ("manager", bench.asManager), ("rep", bench.asRep(0)),
      ("other rep", bench.asRep(1)),
    ]
    let known = try await bench.pipelines().filter { $0.id.map(pipelines.contains) ?? false }
    for (name, call) in callers {
      for filter in ["", "amount > 50 && probability < 60"] {
        let deals = try await bench.deals(filter, call)
        for pipeline in known {
          let board = try await bench.handlers.getDealBoard(
            GetDealBoardRequest(pipelineId: pipeline.id, filter: filter, pageSize: 5),
            call
          )
          for column in board.columns {
            let here = deals.filter {
              $0.pipelineId == pipeline.id && pipeline.stage($0.stage)?.key == column.stage
            }
            var naive = NaiveSums()
            for deal in here { naive.add(deal) }
            let at: Comment = "\(place), \(name), stage \(column.stage), filter \(filter)"
            #expect(column.count == naive.count, at)
            #expect(column.sum == naive.sum, at)
            #expect(column.weightedSum == naive.weightedSum, at)
            #expect(column.cards.map(\.id) == here.prefix(5).map(\.id), at)
          }
        }
      }
      try await checkForecasts(bench, call, "\(place), \(name)")
    }
  }

  /// What a caller's forecast is made of.
  private func checkForecasts(_ bench: DealsBench, _ call: Call, _ place: String) async throws {
    let gate = bench.handlers.gate
    let found = try await bench.handlers.store.read(call.tenant) { transaction in
      let query = TotalsQuery(
        "deal_forecasts",
        of: Deal.schema,
        by: ["forecast_date_month", "forecast_category"]
      )
      let scope = transaction.scope(call, .read, of: Deal.self, gate)
      return try transaction.totals(query, in: scope)
    }
    var naive: [[SQLValue]: NaiveSums] = [:]
    for deal in try await bench.deals("", call) {
      let day = deal.status == "open" ? deal.expectedCloseDate : deal.closeDate
      let month = day.map { String($0.description.prefix(7)) } ?? ""
      naive[[.text(month), .text(deal.forecastCategory)], default: NaiveSums()].add(deal)
    }
    #expect(Set(found.keys) == Set(naive.keys), "\(place)")
    for (key, sums) in found {
      let expected = naive[key] ?? NaiveSums()
      #expect(sums.count == expected.count, "\(place), \(key)")
      #expect(sums.amounts == expected.sum, "\(place), \(key)")
      #expect(sums.weightedAmounts == expected.weightedSum, "\(place), \(key)")
    }
  }

  /// Without deals, no row is left.
  private func checkEnd(_ bench: DealsBench) async throws {
    for deal in try await bench.deals() {
      _ = try await bench.handlers.deleteDeal(.init(id: deal.idText), bench.asAdmin())
    }
    let rows = try await bench.handlers.store.read(bench.tenant) { transaction in
      try transaction.value(
        """
        SELECT (SELECT count(*) FROM deal_totals) + (SELECT count(*) FROM deal_forecasts)
          + (SELECT count(*) FROM deal_starts) + (SELECT count(*) FROM deal_closes)
        """,
        as: Int.self
      )
    }
    #expect(rows == 0)
  }
}
