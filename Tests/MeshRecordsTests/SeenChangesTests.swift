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

@testable import ErrandsService

/// Closes all errands.
private struct ShutJudge: RecordJudge {
  let way = JudgedWay.closing

  @LoopActor
  func verdicts(on errands: [Errand], _ call: Call) async throws -> Verdicts {
    Verdicts(errands.map { _ in false })
  }
}

/// What those who watch may know of changes, by the scopes that they have.
@LoopActor
@Suite struct `A change that others may see` {
  private let bench: ErrandBench
  private let reader: MemberID = IDGenerator.system.next()

  init() throws { bench = try ErrandBench() }

  /// The manager is 0, a rep with a team 1, another rep 2, a reader of what they own 3.
  private var watchers: [Watcher] {
    let calls = [
      bench.asManager, bench.asRep, bench.asOther,
      TestCaller.member(reader, "read_only", in: bench.tenant),
    ]
    return calls.enumerated().map { Watcher(place: UInt32($0), call: $1) }
  }

  /// What happened since a place in the log, as the watchers may know it.
  private func seen(
    since: Int64 = 0,
    _ watchers: [Watcher]? = nil,
    of records: (any RecordCollection)? = nil
  ) async throws -> SeenChanges {
    let watchers = watchers ?? self.watchers
    let records = records ?? bench.handlers.errands
    let entries = try await bench.opened.store.changes(
      after: since,
      max: 1_000,
      objects: [records.object]
    ).entries
    return try await bench.opened.store.read(bench.tenant) { transaction in
      try records.seen(entries, by: watchers, in: transaction)
    }
  }

  private var end: Int64 {
    get async throws { try await bench.opened.store.changes(after: 0, max: 1_000).position }
  }

  /// Who hears of each action.
  private func hearers(_ seen: SeenChanges) -> [String: [UInt32]] {
    Dictionary(seen.changes.map { ($0.action, $0.watchers) }, uniquingKeysWith: +)
      .mapValues { $0.sorted() }
  }

  @Test func `is told to those whose scope has the record`() async throws {
    let own = try await bench.create("own") { $0.ownerId = bench.rep }
    _ = try await bench.create("nobody's")
    _ = try await bench.create("team's") { $0.teamId = bench.team }
    _ = try await bench.create("taken part in") { $0.assigneeIds = [bench.other, reader] }
    let seen = try await seen()
    let watchers = seen.changes.filter { $0.action == "create" }.reduce(
      into: [String: Set<UInt32>]()
    ) {
      $0[$1.id, default: []].formUnion($1.watchers)
    }
    #expect(watchers[own.idText] == [0, 1])
    #expect(
      watchers.values.map { $0.sorted() }.sorted { $0.count < $1.count }.map(\.count) == [
        1, 2, 2, 3,
      ]
    )
    #expect(seen.many.isEmpty && seen.lost.isEmpty && seen.moved.isEmpty)
  }

  @Test func `names the fields that changed, in the proto's order, with the new etag`()
    async throws
  {
    var errand = try await bench.create("Fetch") { $0.minutes = 5 }
    let place = try await end
    errand.notes = "By the back door"
    errand.title = "Fetch the post"
    errand = try await bench.update(errand, ["notes", "title"])
    let change = try #require(try await seen(since: place).changes.first)
    #expect(change.etag == errand.etag && change.action == "update" && change.object == "errand")
    #expect(change.fields.prefix(2) == ["title", "notes"])
    #expect(Set(change.fields.dropFirst(2)).isSubset(of: ["update_time", "updated_by"]))
  }

  @Test func `of a record that is judged names its id and the action alone`() async throws {
    var errand = try await bench.create("Fetch") { $0.ownerId = bench.rep }
    let place = try await end
    errand.title = "Fetch the post"
    errand = try await bench.update(errand, ["title"])
    let judged = Records<Errand>(bench.opened.store, bench.gate, judge: ShutJudge())
    let told = try await seen(since: place, of: judged)
    #expect(hearers(told) == ["update": [0, 1]] && told.changes.first?.id == errand.idText)
    #expect(told.changes.allSatisfy { $0.etag == nil && $0.fields == [] })
  }

  @Test func `is gone for who loses the record, and an update for who gets it`() async throws {
    var errand = try await bench.create("own") { $0.ownerId = bench.rep }
    let place = try await end
    errand.ownerId = bench.other
    _ = try await bench.update(errand, ["owner_id"])
    let seen = try await seen(since: place)
    #expect(hearers(seen) == ["gone": [1], "update": [0, 2]])
    let gone = try #require(seen.changes.first { $0.action == "gone" })
    #expect(gone.etag == nil && gone.fields.isEmpty)
    #expect(seen.moved.sorted() == [1, 2])
  }

  @Test func `is gone for who no longer takes part`() async throws {
    var errand = try await bench.create("together") { $0.assigneeIds = [bench.other, reader] }
    let place = try await end
    errand.assigneeIds = [reader]
    _ = try await bench.update(errand, ["assignee_ids"])
    #expect(hearers(try await seen(since: place)) == ["gone": [2], "update": [0, 3]])
  }

  @Test func `is a deletion for who saw the record, and nothing for others`() async throws {
    let errand = try await bench.create("own") { $0.ownerId = bench.rep }
    let place = try await end
    _ = try await bench.handlers.deleteErrand(
      DeleteErrandRequest(id: errand.idText),
      bench.asManager
    )
    let seen = try await seen(since: place)
    #expect(hearers(seen) == ["delete": [0, 1]])
    #expect(seen.changes.allSatisfy { $0.etag == nil && $0.fields.isEmpty })
  }

  @Test func `is told by what sharing allows at the moment`() async throws {
    let errand = try await bench.create("shared")
    let place = try await end
    let share = Share(
      grantee: bench.other.words,
      level: .read,
      expireTime: bench.clock.clock.now + .seconds(60)
    )
    try await bench.opened.store.write(bench.tenant, as: Author(actor: "test")) { transaction in
      guard let id = errand.recordID else { return }
      try transaction.share("errand", id, share)
    }
    var changed = errand
    changed.title = "Shared"
    _ = try await bench.update(changed, ["title"])
    #expect(hearers(try await seen(since: place)) == ["update": [0, 2]])
    bench.clock.advance(by: .seconds(61))
    #expect(hearers(try await seen(since: place)) == ["update": [0]])
  }

  @Test func `to who sees a record is told to who gains it, and gone for who loses it`()
    async throws
  {
    let errand = try await bench.create("shared") { $0.ownerId = bench.rep }
    let id = try #require(errand.recordID)
    let (records, call) = (bench.handlers.errands, bench.asManager)
    func write(_ body: @escaping @Sendable (WriteTransaction) throws -> Void) async throws {
      try await bench.opened.store.write(bench.tenant, as: Author(call), body)
    }
    var place = try await end
    let (other, team) = (bench.other.words, bench.team.words)
    try await write { transaction in
      try records.share(id, Share(grantee: other, level: .read), call, in: transaction)
    }
    bench.clock.advance(by: .seconds(1))
    // The rep is of the team and sees the errand anyway, and the other already sees it.
    try await write { transaction in
      try records.share(id, Share(grantee: team, level: .edit), call, in: transaction)
      try records.share(id, Share(grantee: other, level: .edit), call, in: transaction)
    }
    let shared = try await seen(since: place)
    #expect(hearers(shared) == ["share_record": [2]])
    #expect(shared.changes.first?.etag == errand.etag && shared.changes.first?.fields == [])
    #expect(shared.moved == [2])
    place = try await end
    bench.clock.advance(by: .seconds(1))
    for _ in 0..<2 {
      try await write { try records.unshare(id, from: other, call, in: $0) }
    }
    let unshared = try await seen(since: place)
    #expect(hearers(unshared) == ["gone": [2]] && unshared.moved == [2])
    #expect(unshared.changes.count == 1, "what is not shared any more is not taken again")
    place = try await end
    try await write { transaction in
      try records.share(id, Share(grantee: other, level: .edit), call, in: transaction)
    }
    #expect(hearers(try await seen(since: place)) == ["share_record": [2]])
  }

  @Test func `of sharing is for who may edit the record to make`() async throws {
    let errand = try await bench.create("rep's") { $0.ownerId = bench.rep }
    let id = try #require(errand.recordID)
    let records = bench.handlers.errands
    func share(_ call: Call) async -> MeshError? {
      await refusal {
        try await bench.opened.store.write(bench.tenant, as: Author(call)) { transaction in
          try records.share(id, Share(grantee: reader.words, level: .read), call, in: transaction)
        }
      }
    }
    #expect(await share(bench.asRep) == nil)
    #expect(await share(bench.asOther)?.code == .notFound)
    let asReader = TestCaller.member(reader, "read_only", in: bench.tenant)
    #expect(await share(asReader)?.code == .permissionDenied)
  }

  @Test func `of a record that holds others says whose scope it came into or left`() async throws {
    var round = try await bench.handlers.createRound(
      CreateRoundRequest(round: Round(displayName: "Morning", ownerId: bench.rep)),
      bench.asManager
    )
    let errand = try await bench.create("of a round") { $0.roundId = round.id }
    #expect(hearers(try await seen()) == ["create": [0, 1]])
    let place = try await end
    round.ownerId = bench.other
    _ = try await bench.handlers.updateRound(
      UpdateRoundRequest(round: round, updateMask: .init(paths: ["owner_id"])),
      bench.asManager
    )
    let seen = try await seen(since: place, of: bench.handlers.rounds)
    #expect(seen.moved.sorted() == [1, 2])
    #expect(bench.handlers.errands.kind.parents.map(\.object) == ["round"])
    var changed = errand
    changed.title = "Other"
    let then = try await end
    _ = try await bench.update(changed, ["title"])
    #expect(hearers(try await self.seen(since: then)) == ["update": [0, 2]])
  }

  @Test func `is nothing to who may see no record of the kind`() async throws {
    _ = try await bench.create("own") { $0.ownerId = bench.rep }
    let stranger = Watcher(
      place: 9,
      call: TestCaller.member(bench.rep, "nobody", in: bench.tenant)
    )
    #expect(try await seen([stranger]).changes.isEmpty)
  }

  @Test func `is one of many where a watcher would hear of too many`() async throws {
    for number in 0..<60 {
      _ = try await bench.create("Errand \(number)") { $0.ownerId = number < 5 ? bench.rep : nil }
    }
    let seen = try await seen()
    #expect(seen.many == [0])
    #expect(hearers(seen) == ["create": [1, 1, 1, 1, 1]])
  }

  @Test func `cannot be judged where the log no longer says enough`() async throws {
    let errand = try await bench.create("own") { $0.ownerId = bench.rep }
    let place = try await end
    let id = errand.idText
    var (before, after) = (Errand(id: errand.id), Errand(id: errand.id))
    (before.notes, after.notes) = ("a", "b")
    func record(_ before: Errand, _ after: [UInt8]) async throws {
      try await bench.opened.store.write(bench.tenant, as: Author(actor: "test")) { transaction in
        try transaction.record(
          MeshStore.Change(
            action: "update",
            object: "errand",
            id: id,
            before: before.wireBytes(),
            after: after,
            isPartial: true
          )
        )
      }
    }
    try await record(before, after.wireBytes())
    let known = try await seen(since: place)
    #expect(hearers(known) == ["update": [0, 1]] && known.lost.isEmpty)
    #expect(known.changes.allSatisfy { $0.fields == ["notes"] && $0.etag == errand.etag })
    // Who held the record before cannot be told.
    let then = try await end
    before.ownerId = bench.other
    try await record(before, after.wireBytes())
    #expect(try await seen(since: then).lost.sorted() == [0, 1, 2, 3])
    let last = try await end
    try await record(before, [0xFF])
    #expect(try await seen(since: last).lost.sorted() == [0, 1, 2, 3])
  }
}
