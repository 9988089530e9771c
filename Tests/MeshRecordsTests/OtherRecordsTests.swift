import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import MeshTesting
import RecordsAPI
import Synchronization
import Testing
import TypeAPI

@testable import ErrandsService

/// Says which rounds may be read.
private final class Rounds: Sendable {
  private let open = Mutex<Set<RecordRef>>([])
  private let gaps = Mutex<Set<String>>([])

  func add(_ round: Round) {
    guard let id = round.id else { return }
    open.withLock { _ = $0.insert(RecordRef(id)) }
  }

  func remove(_ round: Round) {
    guard let id = round.id else { return }
    open.withLock { _ = $0.remove(RecordRef(id)) }
  }

  func fail(_ service: String) { gaps.withLock { _ = $0.insert(service) } }

  func judgement(of refs: [RecordRef]) -> Judgement {
    Judgement(
      readable: open.withLock { $0.intersection(refs) },
      gaps: gaps.withLock { $0 }
    )
  }
}

/// Lets through errands of rounds that may be read.
private struct RoundJudge: RecordJudge {
  var way = JudgedWay.opening
  let rounds: Rounds

  @LoopActor
  func verdicts(on errands: [Errand], _ call: Call) async throws -> Verdicts {
    let named = errands.map { $0.roundId.map { RecordRef($0) } }
    let judgement = rounds.judgement(of: named.compactMap { $0 })
    let readable = named.map { ref in ref.map { judgement.readable.contains($0) } ?? false }
    return Verdicts(readable, gaps: judgement.gaps)
  }
}

@Suite @LoopActor struct `Records that others have a say in` {
  private let bench: ErrandBench
  private let rounds = Rounds()

  init() throws { bench = try ErrandBench() }

  /// The bench's errands, whose rounds are judged elsewhere.
  private var errands: Records<Errand> { judged(.opening) }

  private func judged(_ way: JudgedWay) -> Records<Errand> {
    let rounds = rounds
    let names = NamedRecords(in: ["round_id"]) { @LoopActor refs, _ in
      try rounds.judgement(of: refs).complete()
    }
    let judge = RoundJudge(way: way, rounds: rounds)
    return Records(
      bench.opened.store,
      bench.gate,
      judge: judge,
      names: names,
      rules: { _ in ErrandRules() }
    )
  }

  private func round(_ name: String, isOpen: Bool = false) async throws -> Round {
    let request = CreateRoundRequest(round: Round(displayName: name))
    let round = try await bench.handlers.createRound(request, bench.asManager)
    if isOpen { rounds.add(round) }
    return round
  }

  @Test func `are read by those for whom they are opened, alone and in lists`() async throws {
    let (open, shut) = (try await round("Open", isOpen: true), try await round("Shut"))
    let opened = try await bench.create("Opened") { $0.roundId = open.id }
    let other = try await bench.create("Shut") { $0.roundId = shut.id }
    let page = try await errands.encodedPage(size: 20, token: "", field: 1, bench.asOther)
    #expect(try ListErrandsResponse(wire: page.records).errands == [opened])
    #expect(page.nextPageToken.isEmpty && page.gaps.isEmpty && page.totalSize == 1)
    let read = try await errands.reply(with: opened.idText, bench.asOther).message()
    #expect(read == opened)
    let refusal = await refusal {
      _ = try await errands.reply(with: other.idText, bench.asOther)
    }
    #expect(refusal?.code == .notFound)
  }

  @Test func `are left out where nobody can say, which the page tells`() async throws {
    let shut = try await round("Shut")
    rounds.fail("rounds")
    let errand = try await bench.create("Shut") { $0.roundId = shut.id }
    let page = try await errands.encodedPage(size: 20, token: "", field: 1, bench.asOther)
    #expect(page.records.isEmpty && page.gaps == ["rounds"])
    let refusal = await refusal {
      _ = try await errands.reply(with: errand.idText, bench.asOther)
    }
    #expect(refusal?.code == .unavailable)
  }

  @Test func `are closed to changes, histories, names and sharing as to reads`() async throws {
    let round = try await self.round("Round", isOpen: true)
    let (errands, call) = (judged(.closing), bench.asManager)
    let services = RecordServices([errands], bench.opened.store)
    let draft = try await bench.create("Kept") { $0.roundId = round.id }
    let (id, team) = (draft.idText, "\(bench.team)")
    let gone = try await bench.create("Gone") { $0.roundId = round.id }.idText
    _ = try await errands.delete(gone, etag: "", DeleteErrandRequest(), key: "", call)
    let asking: [@LoopActor () async throws -> Void] = [
      {
        _ = try await errands.update(
          Errand(id: draft.id, title: "Changed"),
          named: "errand",
          mask: ["title"],
          UpdateErrandRequest(),
          key: "",
          call
        )
      },
      { _ = try await errands.change(id, action: "fetch", GetErrandRequest(), call) { $0 } },
      { _ = try await errands.history(ListHistoryRequest(id: id), call) },
      { _ = try await errands.history(ListHistoryRequest(id: gone), call) },
      { _ = try await services.permissions(PermissionsRequest(id: id), call) },
      { _ = try await services.share(ShareRequest(id: id, granteeId: team), call) },
      { _ = try await services.unshare(UnshareRequest(id: id, granteeId: team), call) },
      { _ = try await errands.undelete(gone, GetErrandRequest(), key: "", call) },
      { _ = try await errands.delete(id, etag: "", DeleteErrandRequest(), key: "", call) },
    ]
    rounds.remove(round)
    for (number, ask) in asking.enumerated() {
      #expect(await refusal(ask)?.code == .notFound, "\(number)")
    }
    let names = try await services.resolve(ResolveRequest(ids: [id]), call).records
    #expect(names.map(\.exists) == [false])
    rounds.fail("rounds")
    for (number, ask) in asking.enumerated() {
      #expect(await refusal(ask)?.code == .unavailable, "\(number)")
    }
    let unreached = await refusal {
      _ = try await errands.history(ListHistoryRequest(id: id), bench.asOther)
    }
    #expect(unreached?.code == .notFound, "what the scope does not have is not judged")
    rounds.add(round)
    for (number, ask) in asking.enumerated() {
      #expect(await refusal(ask)?.code == nil, "\(number)")
    }
  }

  @Test func `have no operations on many where they may be closed`() async throws {
    let request = BatchDeleteRequest(filter: "true")
    let refusal = await refusal {
      _ = try await judged(.closing).batchDelete(request, bench.asManager)
    }
    #expect(refusal?.code == .failedPrecondition)
  }

  private func create(_ round: Round, id: ErrandID? = nil) async throws -> Errand {
    let draft = Errand(id: id, title: "Fetch", roundId: round.id)
    let request = CreateErrandRequest(errand: draft)
    return try await errands.create(draft, named: "errand", request, key: "", bench.asManager)
  }

  @Test func `are named anew by those alone who may read them`() async throws {
    let (open, shut) = (try await round("Open", isOpen: true), try await round("Shut"))
    let errand = try await create(open)
    let kept = try await bench.create("Kept") { $0.roundId = shut.id }
    // A new one names nothing yet, whichever id it comes with.
    for id in [nil, kept.id] {
      let refusal = await refusal { _ = try await create(shut, id: id) }
      #expect(refusal?.violations.map(\.field) == ["round_id"])
    }
    // Nor do many, whichever id their values come with.
    let batch = await refusal {
      _ = try await errands.batchUpdate(
        kept,
        named: "errand",
        mask: ["round_id"],
        ids: [errand.idText],
        filter: "",
        BatchUpdateErrandsRequest(),
        key: "",
        bench.asManager
      )
    }
    #expect(batch?.violations.map(\.field) == ["round_id"])
    // What one names already, or is not in the mask, is not asked about again.
    for (draft, mask) in [(kept, ["round_id", "title"]), (errand, ["title"])] {
      var draft = draft
      (draft.title, draft.etag, draft.roundId) = ("Changed", nil, shut.id)
      let request = UpdateErrandRequest(errand: draft, updateMask: .init(paths: mask))
      let changed = try await errands.update(
        draft,
        named: "errand",
        mask: mask,
        request,
        key: "",
        bench.asManager
      )
      #expect(changed.title == "Changed")
    }
    rounds.fail("rounds")
    let unsaid = await refusal { _ = try await create(shut) }
    #expect(unsaid?.code == .unavailable)
  }
}
