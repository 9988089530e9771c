import ErrandsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import Testing
import TypeAPI

@testable import ErrandsService

@Suite @LoopActor struct `A scope` {
  /// What the caller of `call` reaches: by list and one by one.
  private func reach(
    _ errands: [Errand],
    _ call: Call,
    _ bench: ErrandBench
  ) async throws -> [String] {
    var read: [String] = []
    for errand in errands {
      if await refusal({ _ = try await bench.get(errand, call) }) == nil {
        read.append(errand.title)
      }
    }
    let listed = try await bench.titles(order: "create_time", call)
    #expect(Set(listed) == Set(read), "list and get agree")
    return read
  }

  @Test func `has what is held by owner, team, participants, parent and share, and nothing else`()
    async throws
  {
    let bench = try ErrandBench()
    let round = try await bench.handlers.createRound(
      CreateRoundRequest(round: Round(displayName: "Morning", ownerId: bench.rep)),
      bench.asManager
    )
    let errands = [
      try await bench.create("own") { $0.ownerId = bench.rep },
      try await bench.create("team's") { $0.teamId = bench.team },
      try await bench.create("taken part in") { $0.assigneeIds = [bench.rep] },
      try await bench.create("of a round") { $0.roundId = round.id },
      try await bench.create("shared"),
      try await bench.create("another's") { $0.ownerId = bench.other },
      try await bench.create("nobody's"),
    ]
    let shared = errands[4]
    let share = Share(
      grantee: bench.rep.words,
      level: .read,
      expireTime: bench.clock.clock.now + .seconds(60)
    )
    try await bench.opened.store.write(bench.tenant, as: Author(actor: "test")) { transaction in
      guard let id = shared.recordID else { return }
      try transaction.share("errand", id, share)
    }
    #expect(
      try await reach(errands, bench.asRep, bench) == [
        "own", "team's", "taken part in", "of a round", "shared",
      ]
    )
    #expect(try await reach(errands, bench.asOther, bench) == ["another's"])
    #expect(try await reach(errands, bench.asManager, bench).count == 7)
    let sharedEdit = await refusal {
      _ = try await bench.update(shared, ["title"], bench.asRep)
    }
    #expect(sharedEdit?.code == .permissionDenied, "shared to read, not to edit")
    bench.clock.advance(by: .seconds(61))
    #expect(!(try await reach(errands, bench.asRep, bench)).contains("shared"))
  }

  @Test func `has what a member of one's teams takes part in, but not what is shared with them`()
    async throws
  {
    let bench = try ErrandBench()
    let errands = [
      try await bench.create("a mate's") { $0.assigneeIds = [bench.mate] },
      try await bench.create("another's") { $0.assigneeIds = [bench.other] },
      try await bench.create("shared with a mate"),
    ]
    try await bench.opened.store.write(bench.tenant, as: Author(actor: "test")) { transaction in
      guard let id = errands[2].recordID else { return }
      try transaction.share("errand", id, Share(grantee: bench.mate.words, level: .edit))
    }
    #expect(try await reach(errands, bench.asRep, bench) == ["a mate's"])
    _ = try await bench.update(errands[0], ["title"], bench.asRep)
  }

  @Test func `has what is open to everybody, to read it`() async throws {
    let bench = try ErrandBench()
    let errands = [
      try await bench.create("another's") { $0.ownerId = bench.other },
      try await bench.create("open") { ($0.ownerId, $0.forEverybody) = (bench.other, true) },
    ]
    #expect(try await reach(errands, bench.asRep, bench) == ["open"])
    #expect(try await bench.titles(query: "ope", bench.asRep) == ["open"])
    let edit = await refusal {
      _ = try await bench.update(errands[1], ["title"], bench.asRep)
    }
    #expect(edit?.code == .permissionDenied, "open to read, not to edit")
    var closed = errands[1]
    closed.forEverybody = false
    _ = try await bench.update(closed, ["for_everybody"], bench.asOther)
    #expect(try await reach(errands, bench.asRep, bench) == [])
  }

  @Test func `has what is open for any action that is granted with it, and no more`() async throws {
    let bench = try ErrandBench(granting: [RoleGrant("errand", "rep", ["edit"], .open)])
    let open = try await bench.create("open") {
      ($0.ownerId, $0.forEverybody) = (bench.other, true)
    }
    let own = try await bench.create("own") { $0.ownerId = bench.rep }
    let closed = try await bench.create("closed") { $0.ownerId = bench.other }
    for errand in [open, own] { _ = try await bench.update(errand, ["notes"], bench.asRep) }
    let refused = await refusal { _ = try await bench.update(closed, ["notes"], bench.asRep) }
    #expect(refused?.code == .notFound)
  }

  @Test(arguments: [RoleGrant.Records.own, .team, .open, .all])
  func `holds the same records in SQL, walking or not, and in memory`(
    records: RoleGrant.Records
  ) async throws {
    let grant = RoleGrant("errand", "read_only", ["read", "check"], records)
    let bench = try ErrandBench(granting: [grant])
    let round = try await bench.handlers.createRound(
      CreateRoundRequest(round: Round(displayName: "Morning", ownerId: bench.rep)),
      bench.asManager
    )
    for number in 0..<64 {
      _ = try await bench.create("Errand \(number)") { errand in
        errand.ownerId = [nil, bench.rep, bench.other, bench.manager][number % 4]
        errand.teamId = number & 4 == 0 ? nil : bench.team
        errand.forEverybody = number & 8 != 0
        errand.assigneeIds = number & 16 == 0 ? [] : [[bench.rep], [bench.mate]][number / 2 % 2]
        errand.roundId = number & 32 == 0 ? nil : round.id
      }
    }
    let call = TestCaller.member(bench.rep, "read_only", in: bench.tenant)
    let gate = bench.gate
    for action in [RecordAction.read, RecordAction("check")] {
      let found = try await bench.opened.store.read(bench.tenant) { transaction in
        let scope = transaction.scope(call, action, of: Errand.self, gate)
        let ids = try [false, true].map { walks in
          try transaction.rows(
            "SELECT id FROM errands WHERE \(scope.predicate(walks: walks)) ORDER BY id"
          ) { try $0.next(ErrandID.self).description }
        }
        let condition: SQL = "title <> 'Errand 0'"
        let held = try transaction.rows(scope.query(for: "errands.id", where: condition)) {
          try $0.next(ErrandID.self).description
        }
        let byWays = try transaction.rows(scope.idsByWays()) {
          try $0.next(ErrandID.self).description
        }
        let asked = try transaction.rows(scope.idsByWays(asking: condition)) {
          try $0.next(ErrandID.self).description
        }
        let all = try transaction.rows("SELECT \(Errand.columns) FROM errands ORDER BY id") {
          Errand(row: $0, at: $0.place)
        }
        let inMemory = try all.filter { try scope.includes($0, in: transaction) }.map(\.idText)
        let titles = Dictionary(all.map { ($0.idText, $0.title) }, uniquingKeysWith: { $1 })
        let expected = inMemory.filter { titles[$0] != "Errand 0" }
        #expect(Set(byWays).sorted() == inMemory)
        #expect(Set(asked).sorted() == expected)
        return (ids, inMemory, held.sorted(), expected)
      }
      #expect(found.0 == [found.1, found.1])
      #expect(found.2 == found.3)
      #expect(!found.1.isEmpty && (found.1.count == 64) == (records == .all))
    }
  }

  @Test func `counts, filters and finds words inside of it alone`() async throws {
    let bench = try ErrandBench()
    _ = try await bench.create("Fetch the post") { $0.ownerId = bench.rep }
    _ = try await bench.create("Fetch the bread")
    let page = try await bench.handlers.listErrands(ListErrandsRequest(), bench.asRep).message()
    #expect(page.totalSize == 1)
    #expect(try await bench.titles(query: "fetch", bench.asRep) == ["Fetch the post"])
    #expect(try await bench.titles(filter: "title != null", bench.asRep) == ["Fetch the post"])
  }

  @Test func `gives the same page by the holders' indexes and by the order's`() async throws {
    let bench = try ErrandBench()
    for number in 0..<1_100 {
      _ = try await bench.create("Errand \(number)") { $0.ownerId = bench.rep }
      bench.clock.advance(by: .milliseconds(1))
    }
    _ = try await bench.create("Not theirs")
    let page = try await bench.handlers.listErrands(ListErrandsRequest(pageSize: 3), bench.asRep)
      .message()
    #expect(page.moreThanTotalSize && page.totalSize == 1_000)
    #expect(page.errands.map(\.title) == ["Errand 1099", "Errand 1098", "Errand 1097"])
    let next = try await bench.handlers.listErrands(
      ListErrandsRequest(pageSize: 2, pageToken: page.nextPageToken),
      bench.asRep
    ).message()
    #expect(next.errands.map(\.title) == ["Errand 1096", "Errand 1095"])
  }

  @Test func `lets a member delete nothing that their role may not`() async throws {
    let bench = try ErrandBench()
    let own = try await bench.create("own") { $0.ownerId = bench.rep }
    let refused = await refusal {
      _ = try await bench.handlers.deleteErrand(DeleteErrandRequest(id: own.idText), bench.asRep)
    }
    #expect(refused?.code == .permissionDenied)
  }

  @Test func `shows a repeated request no more than a first one`() async throws {
    let bench = try ErrandBench()
    let request = CreateErrandRequest(
      errand: Errand(title: "Fetch", ownerId: bench.rep),
      requestId: "k"
    )
    let made = try await bench.handlers.createErrand(request, bench.asRep)
    var moved = made
    moved.ownerId = bench.other
    _ = try await bench.update(moved, ["owner_id"])
    let refused = await refusal {
      _ = try await bench.handlers.createErrand(request, bench.asRep)
    }
    #expect(refused?.code == .notFound, "it is another's by now")
  }
}
