import ErrandsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTestScale
import MeshTesting
import RecordsAPI
import Testing

@testable import MeshRecords

@Suite @LoopActor struct `Totals that are kept of a kind` {
  private let eur = CurrencyCode("EUR") ?? .usd

  private func totals(
    _ bench: ErrandBench,
    _ table: String,
    by groups: [String] = [],
    where conditions: [String: [SQLValue]] = [:],
    filter: String? = nil,
    visible: FieldSet? = nil,
    _ call: Call
  ) async throws -> [[SQLValue]: TotalSums] {
    let query = TotalsQuery(table, of: Errand.schema, by: groups, where: conditions)
    let gate = bench.gate
    return try await bench.opened.store.read(call.tenant) { transaction in
      let scope = transaction.scope(call, .read, of: Errand.self, gate)
      let source = try filter.map { filter in
        try transaction.source(
          of: Errand.schema.filter(filter, visible: .all),
          in: scope,
          where: query.condition(on: Errand.schema)
        )
      }
      let seen = visible ?? scope.visible
      return try transaction.totals(query, of: source, in: scope, visible: seen)
    }
  }

  private func usd(_ minor: Int64) -> Money { Money(amountMinor: minor, currency: .usd) }

  @Test func `are grouped by texts, ids, bools and months, and found by their values`() async throws
  {
    let bench = try ErrandBench()
    let days = [CalendarDate("2026-01-31"), CalendarDate("2026-02-01"), nil]
    for number in 0..<6 {
      _ = try await bench.create("e") { errand in
        (errand.state, errand.day) = (number < 2 ? "done" : "open", days[number % 3])
        (errand.urgent, errand.dueTime) = (number == 5, Timestamp(microseconds: 0))
        (errand.ownerId, errand.budget) = (number % 2 == 0 ? bench.rep : nil, usd(Int64(number)))
      }
    }
    let call = bench.asManager
    func counts(_ groups: String...) async throws -> [[SQLValue]: Int64] {
      try await totals(bench, "errand_totals", by: groups, call).mapValues(\.count)
    }
    #expect(try await counts("state") == [[.text("done")]: 2, [.text("open")]: 4])
    #expect(
      try await counts("day_month")
        == [[.text("2026-01")]: 2, [.text("2026-02")]: 2, [.text("")]: 2]
    )
    #expect(try await counts("urgent") == [[.integer(0)]: 5, [.integer(1)]: 1])
    #expect(
      try await counts("owner_id") == [[.blob(bench.rep.words.bytes)]: 3, [.blob([])]: 3]
    )
    #expect(try await counts() == [[]: 6])
    for filter in [nil, "true"] as [String?] {
      let found = try await totals(
        bench,
        "errand_totals",
        by: ["state"],
        where: ["day_month": [.text("2026-01"), .text("")], "owner_id": [.blob([])]],
        filter: filter,
        call
      )
      #expect(found.mapValues(\.amounts) == [[.text("open")]: [usd(8)]], "\(filter ?? "")")
    }
  }

  @Test func `leave out amounts that the caller does not see`() async throws {
    let bench = try ErrandBench()
    _ = try await bench.create("e") { ($0.budget, $0.minutes) = (usd(100), 50) }
    func seen(without name: String, _ groups: [String] = []) async throws -> TotalSums? {
      var visible = FieldSet.all
      visible.bits.remove(try #require(Errand.schema[name]).index)
      let found = try await totals(
        bench,
        "errand_loads",
        by: groups,
        visible: visible,
        bench.asManager
      )
      return found.values.first
    }
    let all = try await seen(without: "notes")
    #expect(all?.amounts == [usd(100)] && all?.weightedAmounts == [usd(50)])
    let unweighted = try await seen(without: "minutes")
    #expect(unweighted?.amounts == [usd(100)] && unweighted?.weightedAmounts == [])
    let counted = try await seen(without: "budget")
    #expect(counted?.count == 1 && counted?.amounts == [] && counted?.weightedAmounts == [])
    let refused = await refusal { _ = try await seen(without: "round_id", ["round_id"]) }
    #expect(refused?.code == .permissionDenied && refused?.message.contains("round_id") == true)
  }

  @Test func `of beyond 64 bits are named and come back`() async throws {
    let bench = try ErrandBench()
    let first = try await bench.create("e") { $0.budget = usd(.max) }
    _ = try await bench.create("e") { $0.budget = usd(.max) }
    _ = try await bench.create("e") { $0.budget = Money(amountMinor: 1, currency: eur) }
    for filter in [nil, "true"] as [String?] {
      let found = try await totals(bench, "errand_totals", filter: filter, bench.asManager)[[]]
      #expect(found?.amounts == [Money(amountMinor: 1, currency: eur)])
      #expect(found?.tooLarge == [.usd] && found?.count == 3)
    }
    _ = try await bench.handlers.deleteErrand(.init(id: first.idText), bench.asManager)
    let found = try await totals(bench, "errand_totals", bench.asManager)[[]]
    #expect(found?.amounts == [Money(amountMinor: 1, currency: eur), usd(.max)])
  }

  /// By owner and team, a share, taking part, being open and a parent; also where sums are not kept by who holds
  /// the records.
  @Test func `are of the records that a caller reaches, in whichever way`() async throws {
    let bench = try ErrandBench()
    let round = try await bench.handlers.createRound(
      CreateRoundRequest(round: Round(displayName: "Morning", ownerId: bench.rep)),
      bench.asManager
    )
    var random = SeededRandom()
    var errands: [Errand] = []
    func changed(_ errand: inout Errand) {
      let number = Int.random(in: 0..<256, using: &random)
      errand.ownerId = [nil, bench.rep, bench.other, bench.manager][number % 4]
      errand.teamId = number & 4 == 0 ? nil : bench.team
      errand.forEverybody = number & 24 == 8
      errand.assigneeIds = number & 48 == 16 ? [bench.rep] : []
      errand.roundId = number & 32 == 0 ? nil : round.id
      errand.budget = number & 64 == 0 ? nil : Money(amountMinor: Int64(number), currency: eur)
      errand.minutes = number & 128 == 0 ? nil : Int32(number)
    }
    let paths = [
      "owner_id", "team_id", "for_everybody", "assignee_ids", "round_id", "budget", "minutes",
    ]
    let count = TestScale.count(400, long: 20_000)
    for number in 0..<count {
      if errands.count < 40 || errands.count < 900 && number % 5 == 0 {
        errands.append(try await bench.create("e", { changed(&$0) }))
      } else if number % 5 == 1 {
        let id = errands.remove(at: number % errands.count).idText
        _ = try await bench.handlers.deleteErrand(.init(id: id), bench.asManager)
        if number % 2 == 0 {
          let back = UndeleteErrandRequest(id: id)
          errands.append(try await bench.handlers.undeleteErrand(back, bench.asManager))
        }
      } else {
        var errand = errands[number % errands.count]
        changed(&errand)
        errand.etag = nil
        _ = try await bench.update(errand, paths)
      }
      if number % 40 == 0 { try await check(bench, "operation \(number)") }
    }
  }

  private func check(_ bench: ErrandBench, _ place: String) async throws {
    for (name, call) in [
      ("manager", bench.asManager), ("rep", bench.asRep), ("other", bench.asOther),
    ] {
      var naive: [String: TotalSums] = [:]
      let request = ListErrandsRequest(pageSize: 1_000)
      let errands = try await bench.handlers.listErrands(request, call).message().errands
      for (table, percent) in [("errand_totals", false), ("errand_loads", true)] {
        var sums = TotalSums()
        for errand in errands {
          sums.add(records: 1)
          guard let budget = errand.budget else { continue }
          let minor = Int128(budget.amountMinor)
          let weighted = percent ? minor * Int128(errand.minutes ?? 0) : nil
          sums.add(minor, weighted: weighted, budget.currency)
        }
        naive[table] = sums
        let kept = try await totals(bench, table, call)[[]] ?? TotalSums()
        #expect(kept == naive[table], "\(place), \(name), \(table)")
        let found = try await totals(bench, table, filter: "true", call)[[]] ?? TotalSums()
        #expect(found == naive[table], "\(place), \(name), \(table), from the records")
      }
    }
  }
}
