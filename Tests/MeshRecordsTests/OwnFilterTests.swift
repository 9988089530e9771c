import ErrandsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import RecordsAPI
import Testing

@testable import MeshRecords

/// Errands of others have a value at which either database fails: whoever has it judged hears of it.
@Suite @LoopActor struct `A condition that a member asks for` {
  private static let high = "custom.stops > 1.0"

  /// A bench where the rep has three errands that can be judged, and another has one that cannot; both have
  /// as many more, as often as they are doubled.
  private func filled(doublings: Int = 0) async throws -> ErrandBench {
    let bench = try ErrandBench(
      custom: [RecordField("custom.stops", .decimal, [.sortable])],
      granting: [RoleGrant("errand", "rep", ["export"], .team)]
    )
    for number in 1...4 {
      _ = try await bench.create(number == 4 ? "Other" : "Own \(number)") { errand in
        errand.ownerId = number == 4 ? bench.other : bench.rep
        errand.custom = WellKnown.Struct(
          fields: ["stops": WellKnown.Value(.number(Double(number)))]
        )
      }
    }
    if doublings > 0 {
      try await bench.opened.multiply("errands", of: bench.tenant, doublings: doublings, others: 0)
    }
    try await bench.opened.store.write(bench.tenant, as: Author(actor: "system:test")) {
      _ = try $0.execute("UPDATE errands SET custom = 'no JSON' WHERE owner_id = \(bench.other)")
    }
    return bench
  }

  private func fails(_ body: @LoopActor () async throws -> Void) async -> Bool {
    do {
      try await body()
      return false
    } catch {
      return true
    }
  }

  private func started(_ filter: String, _ call: Call, _ bench: ErrandBench) async throws -> Int64 {
    try await bench.handlers.batchUpdateErrands(
      BatchUpdateErrandsRequest(
        filter: filter,
        errand: Errand(state: "done"),
        updateMask: .init(paths: ["state"])
      ),
      call
    ).total
  }

  @Test func `is judged on their records alone, whatever it is asked of`() async throws {
    let (bench, filter) = (try await filled(), Self.high)
    let (rep, handlers) = (bench.asRep, bench.handlers)
    // PostgreSQL puts so few records in order before it looks for theirs.
    let sorted = TestDatabase.isSQLite ? ["custom.stops desc"] : []
    for order in ["", "create_time", "title", "state"] + sorted {
      let titles = try await bench.titles(filter: filter, order: order, rep)
      #expect(titles.sorted() == ["Own 2", "Own 3"], "in the order \(order)")
      let found = try await bench.titles(filter: filter, query: "own", order: order, rep)
      #expect(found.sorted() == ["Own 2", "Own 3"], "words in the order \(order)")
    }
    let list = try await handlers.listErrands(ListErrandsRequest(filter: filter), rep).message()
    #expect(list.totalSize == 2)
    let groups = try await handlers.aggregateErrands(
      AggregateRequest(filter: filter, groupBy: "owner_id"),
      rep
    ).groups
    #expect(groups.map(\.count) == [2])
    let file = try await handlers.exportErrands(
      ExportRequest(filter: filter, fields: "title"),
      rep
    )
    #expect(String(decoding: file.content, as: UTF8.self) == "title\r\nOwn 2\r\nOwn 3\r\n")
    #expect(try await started(filter, rep, bench) == 2)
    // Who may read what cannot be judged hears of it: the above would, too.
    let manager = bench.asManager
    #expect(await fails { _ = try await bench.titles(filter: filter, manager) })
    #expect(await fails { _ = try await started(filter, manager, bench) })
  }

  @Test(arguments: [10, 11])
  func `is judged on no others by whoever has many, or too many to look them up`(
    doublings: Int
  ) async throws {
    let bench = try await filled(doublings: doublings)
    let (rep, handlers, gate) = (bench.asRep, bench.handlers, bench.gate)
    let own = try await bench.opened.store.read(bench.tenant) { transaction in
      try transaction.own(in: transaction.scope(rep, .read, of: Errand.self, gate))
    }
    #expect(own?.count == (doublings == 10 ? 3_072 : nil))
    for (filter, total) in [(Self.high, 2 << doublings), ("custom.stops > 5.0", 0)] {
      for order in ["", "create_time", "create_time desc"] {
        let request = ListErrandsRequest(filter: filter, orderBy: order, pageSize: 3)
        let list = try await handlers.listErrands(request, rep).message()
        #expect(list.totalSize == min(total, 1_000) && list.moreThanTotalSize == (total > 1_000))
        #expect(list.errands.count == min(total, 3))
        #expect(list.errands.allSatisfy { $0.ownerId == bench.rep && $0.title != "Own 1" })
      }
      let groups = try await handlers.aggregateErrands(
        AggregateRequest(filter: filter, groupBy: "owner_id"),
        rep
      ).groups
      #expect(groups.map(\.count) == (total == 0 ? [] : [Int64(total)]))
      let file = try await handlers.exportErrands(
        ExportRequest(filter: filter, fields: "title"),
        rep
      )
      let lines = String(decoding: file.content, as: UTF8.self).split(separator: "\r\n")
      #expect(lines.count == 1 + total && !lines.contains("Own 1") && !lines.contains("Other"))
      #expect(try await started(filter, rep, bench) == Int64(total))
    }
  }

  @Test func `is looked for in the range of the order that it names`() async throws {
    let bench = try await filled(doublings: 11)
    let first = try await bench.titles(order: "create_time", bench.asRep)
    let moment = "timestamp('2026-01-01T00:00:00.000100Z')"
    let filter = "create_time >= \(moment) && custom.stops < 2.0"
    let found = try await bench.handlers.listErrands(
      ListErrandsRequest(filter: filter, orderBy: "create_time", pageSize: 4),
      bench.asRep
    ).message()
    #expect(!first.isEmpty && found.errands.count == 4)
    #expect(found.errands.allSatisfy { $0.title == "Own 1" })
    let times = found.errands.compactMap(\.createTime)
    #expect(times.count == 4 && times == times.sorted())
    let start = try #require(Timestamp(rfc3339: "2026-01-01T00:00:00.000100Z"))
    #expect(times.allSatisfy { $0 >= start })
  }
}
