import DealsAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore
import MeshTesting
import Testing
import TypeAPI

@testable import DealsService

@Suite @LoopActor struct `A board of many deals` {
  private let log = PlanLog()

  /// A bench with thousands of deals of many owners, of which the first rep has few, and rows of sums of as many
  /// owners.
  private func filled() async throws -> DealsBench {
    let bench = try await DealsBench(plans: log)
    for number in 0..<40 {
      _ = try await bench.deal("Deal \(number)") {
        ($0.ownerId, $0.teamId) = (bench.reps[1], number % 8 == 0 ? bench.team : nil)
        $0.stage = number % 2 == 0 ? "new" : "demo"
        $0.amount = Money(amountMinor: 5, currency: .usd)
      }
      bench.clock.advance(by: .seconds(60))
    }
    try await bench.opened.multiply("deals", of: bench.tenant, doublings: 7, others: 3)
    _ = try await bench.deal("Own") { $0.ownerId = bench.reps[0] }
    let shared = try await bench.deal("Shared") { $0.ownerId = bench.reps[1] }
    try await bench.share(shared, with: "\(bench.reps[0])")
    try await multiplyTotals(bench)
    try bench.opened.settle("deals", "deal_totals", "deal_forecasts", "pipelines")
    return bench
  }

  /// Makes as many rows of sums of other owners, again and again, and as many of other tenants.
  private func multiplyTotals(_ bench: DealsBench) async throws {
    let author = Author(actor: "system:test")
    let rest: SQL = """
      stage, forecast_category, team_id, currency, record_count, amount_high, amount_low,
      weighted_high, weighted_low
      """
    for _ in 0..<7 {
      try await bench.handlers.store.write(bench.tenant, as: author) {
        _ = try $0.execute(
          """
          INSERT INTO deal_totals (pipeline_id, owner_id, \(rest))
          SELECT pipeline_id, randomblob(16), \(rest) FROM deal_totals
          """
        )
      }
    }
    for _ in 0..<20 {
      let other = IDGenerator.system.next(TenantKind.self)
      try await bench.handlers.store.systemWrite(as: author) {
        _ = try $0.execute(
          """
          INSERT INTO deal_totals (tenant_id, pipeline_id, owner_id, \(rest))
          SELECT \(other), randomblob(16), owner_id, \(rest) FROM deal_totals
          WHERE tenant_id = \(bench.tenant) AND owner_id <> \(bench.reps[0])
          """
        )
      }
    }
  }

  /// What is wrong with the plans of a caller's board.
  private func faults(_ bench: DealsBench, filter: String = "", _ call: Call) async throws
    -> [String]
  {
    _ = log.take()
    _ = try await bench.board(size: 5, filter: filter, call)
    let plans = log.take()
    let rule = PlanRule(small: ["pipelines"])
    // Without a filter, no sum is made of the deals but of those that are shared.
    let sums = plans.filter { plan in
      filter.isEmpty && plan.statement.contains("sum(") && plan.statement.contains("FROM deals")
    }
    return plans.compactMap { rule.fault(of: $0) } + sums.map(\.statement)
  }

  @Test func `is read by indexes, whoever asks`() async throws {
    let bench = try await filled()
    for call in [bench.asAdmin(), bench.asManager, bench.asRep(0), bench.asRep(1)] {
      let found = try await faults(bench, call)
      #expect(found == [])
    }
    let own = try await bench.board(bench.asRep(0))["new"]
    #expect(own.cards.map(\.name).sorted() == ["Own", "Shared"])
    let found = try await faults(bench, filter: #"stage == "demo" && amount > 1"#, bench.asAdmin())
    #expect(found == [])
    // Where the sums say that a caller has many of a column's deals, they are walked along in their order.
    try await bench.handlers.store.write(bench.tenant, as: Author(actor: "system:test")) {
      _ = try $0.execute("UPDATE deal_totals SET record_count = 2000 WHERE TRUE")
    }
    for call in [bench.asManager, bench.asRep(0), bench.asRep(1)] {
      let found = try await faults(bench, call)
      #expect(found == [])
    }
    let walked = try await bench.board(bench.asRep(0))["new"]
    #expect(walked.cards.map(\.id) == own.cards.map(\.id))
  }

  @Test(arguments: ["", "name != 'x'"])
  func `looks up the few deals of a rep once for all columns`(filter: String) async throws {
    let bench = try await filled()
    for stage in ["demo", "qualified"] {
      _ = try await bench.deal("Own in \(stage)") { deal in
        (deal.ownerId, deal.stage) = (bench.reps[0], stage)
      }
    }
    _ = log.take()
    let board = try await bench.board(size: 5, filter: filter, bench.asRep(0))
    #expect(board.columns.map(\.cards.count).filter { $0 > 0 } == [2, 1, 1])
    let statements = log.take().map(\.statement)
    // A filter is judged where they are looked up; the sums and the cards are of what it finds.
    let mark = filter.isEmpty ? "deals.owner_id = few.id" : "CASE WHEN deals."
    #expect(statements.filter { $0.contains(mark) }.count == 1)
    let pages = statements.filter { $0.contains("ORDER BY deals.rank") }
    #expect(pages.count == 3 && pages.allSatisfy { $0.contains("few CROSS JOIN deals") })
  }

  @Test func `gives a deal its place among the few that a rep has without reading the stage`()
    async throws
  {
    let bench = try await filled()
    let rep = bench.asRep(0)
    let own = try await bench.board(rep)["new"].cards.first { $0.name == "Own" }
    let deal = try #require(own)
    _ = log.take()
    _ = try await bench.move(deal, at: 1_000, rep)
    let placing = log.take().map(\.statement).filter { $0.contains("ORDER BY rank") }
    #expect(!placing.isEmpty && placing.allSatisfy { $0.contains("CROSS JOIN deals") })
    let last = try await bench.board(rep)["new"]
    #expect(last.cards.map(\.name) == ["Shared", "Own"])
    // Where the sums say that the rep has many, they are found along the order.
    _ = try await bench.move(deal, at: 0, rep)
    try await bench.handlers.store.write(bench.tenant, as: Author(actor: "system:test")) {
      _ = try $0.execute("UPDATE deal_totals SET record_count = 10000 WHERE TRUE")
    }
    _ = try await bench.move(deal, at: 1, rep)
    let second = try await bench.board(rep)["new"]
    #expect(second.cards.map(\.name) == ["Shared", "Own"])
  }
}
