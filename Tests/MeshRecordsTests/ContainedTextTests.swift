import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTestScale
import MeshTesting
import RecordsAPI
import Testing

@testable import ErrandsService
@testable import MeshRecords

@Suite @LoopActor struct `Errands whose text contains another` {
  private let log = PlanLog()

  /// Errands with titles of random words, and those titles.
  private func filled(
    _ count: Int,
    _ random: inout SeededRandom
  ) async throws -> (bench: ErrandBench, titles: [String]) {
    let bench = try ErrandBench(plans: log)
    let letters = Array("aabcdeefghijklmnoopqrsttuvwxyz0123'-éßÅ山")
    let titles = (0..<count).map { _ in
      let words = (0..<3).map { _ in
        String(
          (0..<Int.random(in: 2...9, using: &random)).map { _ in
            letters.randomElement(using: &random) ?? "a"
          }
        )
      }
      return words.joined(separator: " ")
    }
    let (owners, author) = ([bench.rep, bench.other], Author(actor: "system:test"))
    try await bench.opened.store.write(bench.tenant, as: author) { transaction in
      for (number, title) in titles.enumerated() {
        var errand = Errand(title: title)
        errand.minutes = Int32(number % 7 + 1)
        errand.ownerId = owners[number % 2]
        _ = try transaction.create(errand, by: ErrandRules())
      }
    }
    return (bench, titles)
  }

  /// Pieces of titles, most of them rare, some of them none's.
  private func parts(_ titles: [String], _ random: inout SeededRandom) -> [String] {
    (0..<TestScale.count(12, long: 200)).map { number in
      let title = titles.randomElement(using: &random) ?? ""
      let length = min(Int.random(in: 3...7, using: &random), title.count)
      let last = title.count - length
      let start = Int.random(in: 0...last, using: &random)
      let part = title.dropFirst(start).prefix(length).filter { $0 != "'" }
      return number % 6 == 0 ? part + "q" : String(part)
    }
  }

  /// The plans since the last time of queries that look among what the index of words gives.
  private func narrowed() -> [StatementPlan] {
    log.take().filter { $0.statement.contains("AS narrowed CROSS JOIN errands") }
  }

  /// The plans of those that do not use the index, or read errands that it does not give.
  private func unindexed() -> [String] {
    let plans = narrowed()
    if plans.isEmpty { return ["the index was not asked"] }
    return plans.compactMap { plan in
      let fault = PlanRule().fault(of: plan)
      if let fault, fault.hasPrefix("reads") { return fault }
      let usesIndex = plan.lines.contains { line in
        line.contains("SCAN f VIRTUAL TABLE") || line.contains("mesh_search_parts")
      }
      return usesIndex ? nil : plan.lines.joined(separator: "\n")
    }
  }

  /// What can be compared of counts and sums, whatever their order.
  private func groups(_ response: AggregateResponse) -> Set<String> {
    Set(response.groups.map { "\($0.keys) \($0.count) \($0.sums.map(\.integer))" })
  }

  @Test(arguments: TestScale.seeds(2, long: 10))
  func `are counted, summed and chosen as without the index of words`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let (bench, titles) = try await filled(700, &random)
    var asked = 0
    for part in parts(titles, &random) {
      let filter = "title.contains('\(part)')"
      // The second does not name the index's text as a condition of its own.
      let plain = "\(filter) || title.contains('\(part)')"
      for call in [bench.asManager, bench.asRep] {
        _ = log.take()
        let found = try await bench.handlers.aggregateErrands(
          AggregateRequest(filter: filter, groupBy: "owner_id", sum: "minutes"),
          call
        )
        if !narrowed().isEmpty { asked += 1 }
        let expected = try await bench.handlers.aggregateErrands(
          AggregateRequest(filter: plain, groupBy: "owner_id", sum: "minutes"),
          call
        )
        #expect(narrowed().isEmpty)
        #expect(groups(found) == groups(expected), "\(part)")
      }
      let count = titles.count { $0.contains(part) }
      let chosen = try await bench.handlers.batchUpdateErrands(
        BatchUpdateErrandsRequest(
          filter: "\(filter) && minutes > 0",
          errand: Errand(urgent: false),
          updateMask: .init(paths: ["urgent"])
        ),
        bench.asManager
      )
      #expect(chosen.total == Int32(count), "\(part)")
      _ = try await bench.finish(chosen)
    }
    // Of the manager alone: a rep's few records are looked at one by one.
    #expect(asked > 3)
  }

  @Test func `are found by the index, be they counted, chosen or exported`() async throws {
    var random = SeededRandom(seed: 3)
    let (bench, _) = try await filled(3_000, &random)
    let rare = try await bench.create("Fenwick Quarries")
    try bench.opened.settle("errands")
    let filter = "title.contains('enwic')"
    _ = log.take()
    let all = try await bench.handlers.aggregateErrands(
      AggregateRequest(filter: filter),
      bench.asManager
    )
    #expect(all.groups.map(\.count) == [1])
    #expect(unindexed() == [])
    let file = try await bench.handlers.exportErrands(
      ExportRequest(filter: filter, fields: "title"),
      bench.asManager
    )
    #expect(String(decoding: file.content, as: UTF8.self) == "title\r\nFenwick Quarries\r\n")
    #expect(unindexed() == [])
    let chosen = try await bench.handlers.batchDeleteErrands(
      BatchDeleteRequest(filter: filter),
      bench.asManager
    )
    #expect(chosen.total == 1)
    #expect(unindexed() == [])
    _ = try await bench.finish(chosen)
    let refused = await refusal { _ = try await bench.get(rare) }
    #expect(refused?.code == .notFound)
  }
}
