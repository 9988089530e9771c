import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshTesting
import Synchronization
import Testing
import TypeAPI

@testable import ErrandsService

/// Lets through some errands.
private final class ErrandJudge: RecordJudge {
  let way: JudgedWay
  private let readable: @Sendable (Errand) -> Bool
  private let gaps: Set<String>
  private let asked = Mutex<[Int]>([])

  init(
    _ way: JudgedWay,
    gaps: Set<String> = [],
    readable: @escaping @Sendable (Errand) -> Bool
  ) {
    (self.way, self.gaps, self.readable) = (way, gaps, readable)
  }

  /// How many records it was asked about each time.
  var counts: [Int] { asked.withLock { $0 } }

  @LoopActor
  func verdicts(on records: [Errand], _ call: Call) async throws -> Verdicts {
    asked.withLock { $0.append(records.count) }
    // As a judge does that asks another service.
    await Task.yield()
    return Verdicts(records.map { readable($0) }, gaps: gaps)
  }
}

@Suite @LoopActor struct `A list whose records are judged` {
  /// Every page of a list; checks that no page is fuller than it may be.
  private func all(
    _ request: JudgedRequest,
    _ call: Call,
    by judge: ErrandJudge,
    _ bench: ErrandBench
  ) async throws -> [String] {
    var (request, titles, pages) = (request, [String](), 0)
    repeat {
      let page = try await bench.handlers.errands.judgedPage(request, call, by: judge)
      #expect(page.records.count <= Int(request.size))
      titles += page.records.map(\.title)
      request.token = page.nextPageToken
      pages += 1
      try #require(pages < 100)
    } while !request.token.isEmpty
    return titles
  }

  /// Errands 0 to 11 in the order in which they are made: every third is the rep's.
  private func filled() async throws -> ErrandBench {
    let bench = try ErrandBench()
    for number in 0..<12 {
      _ = try await bench.create("\(number)") { errand in
        errand.ownerId = number % 3 == 0 ? bench.rep : bench.other
      }
    }
    return bench
  }

  @Test(arguments: [1, 2, 5, 100])
  func `has of the caller's records those that the judge lets through`(size: Int32) async throws {
    let bench = try await filled()
    let judge = ErrandJudge(.closing) { $0.title != "3" }
    let request = JudgedRequest(order: "create_time", size: size)
    #expect(try await all(request, bench.asRep, by: judge, bench) == ["0", "6", "9"])
    #expect(judge.counts.reduce(0, +) >= 4)
  }

  @Test(arguments: [1, 2, 5, 100])
  func `has besides the caller's records those that the judge opens`(size: Int32) async throws {
    let bench = try await filled()
    let judge = ErrandJudge(.opening) { ["0", "5", "10"].contains($0.title) }
    let request = JudgedRequest(order: "create_time", size: size)
    let titles = try await all(request, bench.asRep, by: judge, bench)
    #expect(titles == ["0", "3", "5", "6", "9", "10"])
    let descending = JudgedRequest(size: size)
    #expect(try await all(descending, bench.asRep, by: judge, bench) == titles.reversed())
  }

  @Test func `does not ask about what the caller reads anyway`() async throws {
    let bench = try await filled()
    let judge = ErrandJudge(.opening) { _ in false }
    let request = JudgedRequest(filter: "owner_id == '\(bench.rep)'", size: 100)
    #expect(try await all(request, bench.asRep, by: judge, bench).count == 4)
    #expect(judge.counts == [])
  }

  @Test func `asks about the same records whatever a filter or words say of what others have`()
    async throws
  {
    let bench = try await filled()
    func read(_ filter: String, _ words: String = "") async throws -> (
      titles: [String], counts: [Int]
    ) {
      let judge = ErrandJudge(.opening) { ["0", "5", "10"].contains($0.title) }
      let request = JudgedRequest(filter: filter, words: words, order: "create_time", size: 100)
      return (try await all(request, bench.asRep, by: judge, bench), judge.counts)
    }
    let counts = try await read("").counts
    for (filter, words, titles) in [
      ("title == '1' || title == '5' || title == '6'", "", ["5", "6"]), ("title == '1'", "", []),
      ("title == 'nothing'", "", []), ("", "10", ["10"]), ("", "11", []), ("", "nothing", []),
      ("owner_id == '\(bench.other)'", "5", ["5"]),
    ] {
      let found = try await read(filter, words)
      #expect(found.titles == titles && found.counts == counts, "\(filter) \(words)")
    }
  }

  @Test func `about a record asks first whether it opens what is about it`() async throws {
    let bench = try await filled()
    let leads = [LeadID(high: 8, low: 1), LeadID(high: 8, low: 2)].map { RecordRef($0) }
    for (title, lead) in zip(["open", "shut"], leads) {
      _ = try await bench.create(title) { ($0.ownerId, $0.related) = (bench.other, [lead]) }
    }
    let judge = ErrandJudge(.opening) { $0.related.contains(leads[0]) }
    for (lead, titles, counts) in [(leads[0], ["open"], [1, 1]), (leads[1], [], [1, 1, 1])] {
      let request = JudgedRequest(filter: "'\(lead)' in related && title != 'x'", size: 100)
      #expect(try await all(request, bench.asRep, by: judge, bench) == titles)
      #expect(judge.counts == counts)
    }
  }

  @Test func `neither skips nor repeats a record while others come`() async throws {
    let bench = try await filled()
    let judge = ErrandJudge(.closing) { $0.title != "9" }
    var request = JudgedRequest(size: 2)
    let errands = bench.handlers.errands
    let first = try await errands.judgedPage(request, bench.asManager, by: judge)
    _ = try await bench.create("new")
    request.token = first.nextPageToken
    let rest = try await all(request, bench.asManager, by: judge, bench)
    let titles = first.records.map(\.title) + rest
    #expect(titles == ["11", "10", "8", "7", "6", "5", "4", "3", "2", "1", "0"])
  }

  @Test(arguments: [JudgedWay.opening, .closing])
  func `has a next page only if the caller may read something on it`(way: JudgedWay) async throws {
    let bench = try await filled()
    let judge = ErrandJudge(way) { ["0", "3", "6"].contains($0.title) }
    for (size, hasMore) in [(Int32(2), true), (way == .closing ? 3 : 4, false)] {
      let request = JudgedRequest(order: "create_time", size: size)
      let page = try await bench.handlers.errands.judgedPage(request, bench.asRep, by: judge)
      #expect(page.records.count == Int(size) && page.nextPageToken.isEmpty == !hasMore)
    }
  }

  @Test func `takes filter, words, order and fields`() async throws {
    let bench = try await filled()
    _ = try await bench.create("Fetch the post") { $0.minutes = 5 }
    let judge = ErrandJudge(.closing) { _ in true }
    let request = JudgedRequest(filter: "minutes == 5", words: "post", fields: ["title"], size: 5)
    let page = try await bench.handlers.errands.judgedPage(request, bench.asManager, by: judge)
    #expect(page.records.map(\.title) == ["Fetch the post"] && page.records[0].minutes == nil)
    #expect(page.records[0].id != nil && page.nextPageToken.isEmpty && page.gaps == [])
    for (request, field) in [
      (JudgedRequest(filter: "colour == 1"), "filter"), (JudgedRequest(order: "notes"), "order_by"),
      (JudgedRequest(fields: ["colour"]), "fields"), (JudgedRequest(size: -1), "page_size"),
      (JudgedRequest(token: "x"), "page_token"),
    ] {
      let refused = await refusal {
        _ = try await bench.handlers.errands.judgedPage(request, bench.asManager, by: judge)
      }
      #expect(refused?.violations.map(\.field) == [field])
    }
  }

  @Test func `reads at most 1,000 records for a page, and goes on from there`() async throws {
    let bench = try await filled()
    try await bench.opened.multiply("errands", of: bench.tenant, doublings: 7, others: 0)
    // 1,536 of them, the copies a little later: the judge opens some of the oldest.
    let end = bench.clock.now + .microseconds(2)
    let judge = ErrandJudge(.opening) { errand in
      errand.title == "11" && errand.createTime.map { $0 <= end } == true
    }
    let caller = TestCaller.member(MemberID(high: 3, low: 3), "rep", in: bench.tenant)
    var request = JudgedRequest(size: 3)
    let first = try await bench.handlers.errands.judgedPage(request, caller, by: judge)
    #expect(first.records.isEmpty && !first.nextPageToken.isEmpty)
    #expect(judge.counts.reduce(0, +) == 1_000 && judge.counts.allSatisfy { $0 <= 200 })
    request.token = first.nextPageToken
    let second = try await bench.handlers.errands.judgedPage(request, caller, by: judge)
    #expect(second.records.map(\.title) == ["11", "11", "11"])
  }

  @Test func `names the services that did not answer`() async throws {
    let bench = try await filled()
    let judge = ErrandJudge(.opening, gaps: ["leads", "deals"]) { _ in false }
    let request = JudgedRequest(size: 100)
    let page = try await bench.handlers.errands.judgedPage(request, bench.asRep, by: judge)
    #expect(page.gaps == ["deals", "leads"] && page.records.count == 4)
  }

  @Test func `is that of the caller's tenant`() async throws {
    let bench = try await filled()
    let judge = ErrandJudge(.opening) { _ in true }
    let request = JudgedRequest(size: 100)
    let abroad = bench.asManagerElsewhere
    #expect(try await all(request, abroad, by: judge, bench) == [])
    #expect(try await all(request, bench.asRep, by: judge, bench).count == 12)
  }

  @Test func `has records that can be read by their ids, and no others`() async throws {
    let bench = try ErrandBench()
    let own = try await bench.create("own") { $0.ownerId = bench.rep }
    let theirs = try await bench.create("theirs") { $0.ownerId = bench.other }
    func read(_ errand: Errand, _ judge: ErrandJudge) async -> (title: String?, code: StatusCode?) {
      var title: String?
      let refused = await refusal {
        title = try await bench.handlers.errands.judged(errand.idText, bench.asRep, by: judge).title
      }
      return (title, refused?.code)
    }
    let nothing = ErrandJudge(.opening) { _ in false }
    #expect(await read(own, nothing).title == "own", "held, whatever the judge says")
    #expect(await read(theirs, nothing).code == .notFound)
    #expect(await read(theirs, ErrandJudge(.opening) { _ in true }).title == "theirs")
    #expect(await read(own, ErrandJudge(.closing) { _ in false }).code == .notFound)
    #expect(await read(own, ErrandJudge(.closing) { _ in true }).title == "own")
    #expect(await read(theirs, ErrandJudge(.closing) { _ in true }).code == .notFound)
    let unanswered = ErrandJudge(.opening, gaps: ["leads"]) { _ in false }
    #expect(await read(theirs, unanswered).code == .unavailable)
    for id in ["nonsense", "errand_01h455vb4pex5vsknk084sn02q"] {
      let refused = await refusal {
        _ = try await bench.handlers.errands.judged(id, bench.asRep, by: nothing)
      }
      #expect(refused?.code == .notFound)
    }
  }
}
