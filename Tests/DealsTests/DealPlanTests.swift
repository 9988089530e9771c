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

@Suite @LoopActor struct `A filter of a rep with few deals` {
  private let log = PlanLog()

  /// A bench with thousands of deals of as many owners, of which the first rep has one and is shown another.
  private func filled() async throws -> DealsBench {
    let bench = try await DealsBench(plans: log)
    for number in 0..<40 {
      _ = try await bench.deal("Deal \(number)") {
        $0.ownerId = bench.reps[1]
        $0.stage = number % 2 == 0 ? "new" : "demo"
        $0.amount = Money(amountMinor: Int64(number) * 100, currency: .usd)
      }
      bench.clock.advance(by: .seconds(60))
    }
    let setting: [String: SQL] = ["owner_id": "randomblob(16)"]
    try await bench.opened.multiply(
      "deals",
      of: bench.tenant,
      doublings: 7,
      setting: setting,
      others: 3
    )
    let amount = Money(amountMinor: 700, currency: .usd)
    _ = try await bench.deal("Own") { ($0.ownerId, $0.amount) = (bench.reps[0], amount) }
    let shared = try await bench.deal("Shared") {
      ($0.ownerId, $0.amount) = (bench.reps[1], amount)
    }
    try await bench.share(shared, with: "\(bench.reps[0])")
    try bench.opened.settle("deals", "deal_totals", "deal_forecasts", "pipelines")
    return bench
  }

  /// What is wrong with the plans since the log was asked last: that deals were looked for by anything but who
  /// has them, and their ids.
  private func faults() -> [String] {
    let plans = log.take()
    let rule = PlanRule(
      small: ["pipelines", "win_reasons", "loss_reasons"],
      hasFilter: false
    )
    let loops = plans.flatMap(\.lines).map { $0.replacing("main.", with: "") }.filter {
      $0.contains("SEARCH deals ") || $0.contains("SCAN deals")
    }
    let ways = ["AND id=?)", "AND owner_id=?", "AND team_id=?"]
    let others = loops.filter { loop in !ways.contains { loop.contains($0) } }
    #expect(!TestDatabase.isSQLite || !loops.isEmpty)
    return plans.compactMap { rule.fault(of: $0) } + others
  }

  @Test(arguments: [
    "amount > 6", "amount.amount_minor >= 700", "stage == 'new'", "status == 'open' && amount == 7",
    "name.contains('ar') || name == 'Own'", "create_time > timestamp('2026-01-01T00:30:00Z')",
  ])
  func `reads no deal that is another's`(filter: String) async throws {
    let bench = try await filled()
    let rep = bench.asRep(0)
    // PostgreSQL reads all of so few words sooner than by an index.
    let texts = TestDatabase.isSQLite ? ["", "own"] : [""]
    for order in ["", "amount desc", "name", "rank"] {
      for words in texts {
        _ = log.take()
        let list = try await bench.handlers.listDeals(
          ListDealsRequest(filter: filter, query: words, orderBy: order, pageSize: 5),
          rep
        ).message()
        #expect(list.deals.map(\.name).sorted() == (words.isEmpty ? ["Own", "Shared"] : ["Own"]))
        #expect(faults() == [], "words \(words), order \(order)")
      }
    }
    let board = try await bench.board(size: 5, filter: filter, rep)
    #expect(board["new"].cards.map(\.name).sorted() == ["Own", "Shared"])
    #expect(faults() == [], "on a board")
    let groups = try await bench.handlers.aggregateDeals(
      AggregateRequest(filter: filter, groupBy: "status", sum: "amount"),
      rep
    ).groups
    #expect(groups.map(\.count) == [2])
    #expect(faults() == [], "in sums")
  }

  @Test(.enabled(if: TestDatabase.isSQLite))
  func `is judged by an index of theirs that has what it names`() async throws {
    let bench = try await filled()
    _ = log.take()
    let list = try await bench.handlers.listDeals(
      ListDealsRequest(filter: "stage == 'new'"),
      bench.asRep(0)
    ).message()
    #expect(list.deals.map(\.name).sorted() == ["Own", "Shared"])
    let judged = log.take().filter { $0.statement.contains("CASE WHEN") }
    #expect(judged.count == 1)
    let lines: [String] = judged.flatMap(\.lines)
    let held = lines.filter { $0.contains("AND owner_id=?") }
    #expect(held.count == 1 && held.allSatisfy { $0.contains("COVERING INDEX") })
  }
}

@Suite(.enabled(if: TestDatabase.isSQLite)) @LoopActor struct `A list of a stage` {
  @Test func `is counted, and read in the order of creation, by an index`() async throws {
    let log = PlanLog()
    let bench = try await DealsBench(plans: log)
    _ = try await bench.deal("Deal") { $0.stage = "demo" }
    try await bench.opened.multiply("deals", of: bench.tenant, doublings: 11, others: 0)
    _ = log.take()
    let list = try await bench.handlers.listDeals(
      ListDealsRequest(filter: "stage == 'demo'", pageSize: 5),
      bench.asAdmin()
    ).message()
    #expect(list.deals.count == 5 && list.moreThanTotalSize)
    let lines: [String] = log.take().flatMap(\.lines)
    let loops = lines.filter { $0.contains(" deals ") || $0.contains(".deals ") }
    #expect(loops.count == 2 && loops.allSatisfy { $0.contains("(tenant_id=? AND stage=?)") })
  }
}
