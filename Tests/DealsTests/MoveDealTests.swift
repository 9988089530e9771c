import DealsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshTesting
import Testing
import TypeAPI

@testable import DealsService

@Suite @LoopActor struct `Moving a deal` {
  @Test func `puts it at a place among the others, which keep their order`() async throws {
    let bench = try await DealsBench()
    var deals: [String: Deal] = [:]
    for name in ["d", "c", "b", "a"] {
      deals[name] = try await bench.deal(name)
      bench.clock.advance(by: .seconds(1))
    }
    let x = try await bench.deal("x") { $0.stage = "demo" }
    #expect(try await bench.names("stage == 'new'") == ["a", "b", "c", "d"])
    for (position, order) in [
      (0, "xabcd"), (2, "abxcd"), (4, "abcdx"), (1_000, "abcdx"), (1, "axbcd"), (3, "abcxd"),
    ] as [(Int32, String)] {
      let moved = try await bench.move(x, "new", at: position)
      #expect(moved.stage == "new")
      #expect(try await bench.names("stage == 'new'").joined() == order)
    }
    let fields = await refused { _ = try await bench.move(x, at: -1) }
    #expect(fields == ["position"])
    #expect(await refused { _ = try await bench.move(x, at: 1_001) } == ["position"])
  }

  @Test func `makes room among deals that came at one moment`() async throws {
    let bench = try await DealsBench()
    for name in ["a", "b", "c", "d", "e"] { _ = try await bench.deal(name) }
    let order = try await bench.names()
    let x = try await bench.deal("x") { $0.stage = "demo" }
    for position in [3, 2, 4, 1] as [Int32] {
      let moved = try await bench.move(x, "new", at: position)
      var expected = order
      expected.insert("x", at: Int(position))
      #expect(try await bench.names("stage == 'new'") == expected, "\(position)")
      #expect(moved.etag != x.etag)
    }
  }

  @Test func `moves few others when much goes to one place, and leaves room there`() async throws {
    let bench = try await DealsBench()
    for name in ["a", "b", "c", "d", "e", "f"] { _ = try await bench.deal(name) }
    let before = try await bench.opened.changes().count
    var moved: [Deal] = []
    for number in 0..<40 {
      moved.append(try await bench.deal("\(number)") { $0.stage = "demo" })
      _ = try await bench.move(moved[number], "new", at: 3)
    }
    let names = try await bench.names("stage == 'new'")
    #expect(names.dropFirst(3).prefix(40) == ArraySlice((0..<40).reversed().map { "\($0)" }))
    // Each of the 40 is created and moved; beside that, others make room.
    let others = try await bench.opened.changes().count - before - 80
    #expect(others < 100, "\(others) cards were moved")
  }

  @Test func `counts places among the deals that the caller may read`() async throws {
    let bench = try await DealsBench()
    let (rep, other) = (bench.asRep(0), bench.asRep(1))
    for (name, call) in [("c", rep), ("2", other), ("b", rep), ("1", other), ("a", rep)] {
      _ = try await bench.deal(name, call)
      bench.clock.advance(by: .seconds(1))
    }
    let x = try await bench.deal("x", rep) { $0.stage = "demo" }
    _ = try await bench.move(x, "new", at: 2, rep)
    #expect(try await bench.names("", rep) == ["a", "b", "x", "c"])
    #expect(try await bench.names().filter { $0 != "1" && $0 != "2" } == ["a", "b", "x", "c"])
  }

  @Test func `is refused with an old etag, and the error has the present stage`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.deal("Machines")
    let etag = deal.etag?.description ?? ""
    let won = try await bench.move(deal, "demo", etag: etag)
    let told = await refusal { _ = try await bench.move(deal, "proposal", etag: etag) }
    #expect(told?.code == .aborted && told?.reason == .staleEtag)
    #expect(told?.violations.map(\.field) == ["etag"])
    let present = [
      "stage": "demo", "etag": won.etag?.description, "updated_by": "\(bench.admin)",
      "update_time": bench.clock.now.rfc3339,
    ]
    #expect(told?.metadata == present.compactMapValues { $0 })
    #expect(try await bench.get(deal) == won)
  }

  @Test func `happens once for each key`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.deal("Machines")
    let request = MoveDealRequest(id: deal.idText, stage: "demo", requestId: "once")
    let first = try await bench.handlers.moveDeal(request, bench.asAdmin())
    _ = try await bench.move(deal, "proposal")
    #expect(try await bench.handlers.moveDeal(request, bench.asAdmin()) == first)
    #expect(try await bench.get(deal).stage == "proposal")
  }

  @Test func `needs a stage or a position`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.deal("Machines")
    #expect(await refused { _ = try await bench.move(deal) } == ["stage"])
    #expect(try await bench.get(deal).etag == deal.etag)
    #expect(try await bench.move(deal, at: 0).stage == deal.stage)
  }
}

@Suite @LoopActor struct `Who works with deals` {
  @Test func `a rep has their own, a manager those of their teams, an admin all`() async throws {
    let bench = try await DealsBench()
    let own = try await bench.deal("own", bench.asRep(0))
    let other = try await bench.deal("other", bench.asRep(1))
    let teams = try await bench.deal("team's") {
      ($0.teamId, $0.ownerId) = (bench.team, bench.admin)
    }
    let calls = [bench.asRep(0), bench.asRep(1), bench.asManager, bench.asAdmin()]
    var seen: [[String]] = []
    for call in calls { seen.append(try await bench.names("", call).sorted()) }
    #expect(seen == [["own"], ["other"], ["own", "team's"], ["other", "own", "team's"]])
    for (deal, readers) in [(own, [0, 2, 3]), (other, [1, 3]), (teams, [2, 3])] {
      for (index, call) in calls.enumerated() {
        let read = await refusal { _ = try await bench.get(deal, call) }
        let moved = await refusal { _ = try await bench.move(deal, at: 0, call) }
        let codes = [read?.code, moved?.code]
        #expect(codes == (readers.contains(index) ? [nil, nil] : [.notFound, .notFound]))
      }
    }
    let deleted = await refusal {
      _ = try await bench.handlers.deleteDeal(.init(id: own.idText), bench.asRep(0))
    }
    #expect(deleted?.code == .permissionDenied)
    _ = try await bench.handlers.deleteDeal(.init(id: own.idText), bench.asManager)
  }

  @Test func `no one has those of another tenant`() async throws {
    let bench = try await DealsBench()
    let other = IDGenerator.system.next(TenantKind.self)
    try await bench.begin(other)
    let deal = try await bench.deal("Machines")
    let theirs = bench.asAdmin(of: other)
    #expect(try await bench.names("", theirs).isEmpty)
    let moved = await refusal { _ = try await bench.move(deal, "demo", theirs) }
    #expect(moved?.code == .notFound)
    let pipeline = try await bench.pipeline()
    let fields = await refused {
      _ = try await bench.deal("Odd", theirs) { $0.pipelineId = pipeline.id }
    }
    #expect(fields == ["pipeline_id"])
  }

  @Test func `an owner is an active member who may edit deals`() async throws {
    let bench = try await DealsBench()
    let reader = MemberID(high: 1, low: 9)
    bench.follow(reader, "read_only")
    let fields = await refused { _ = try await bench.deal("Odd") { $0.ownerId = reader } }
    #expect(fields == ["owner_id"])
  }
}
