import DealsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshService
import MeshStore
import MeshTestScale
import MeshTesting
import RecordsAPI
import TypeAPI

@testable import DealsService

/// Does to deals whatever can be done to them, at random, as people with different access and in two
/// currencies.
@LoopActor
final class RandomDeals {
  /// Deals that there are at most, so that adding them up by hand stays quick.
  private static let most = 200

  let bench: DealsBench
  private var random: SeededRandom
  private var live: [DealID] = []
  private var deleted: [DealID] = []
  private var operations: [String] = []
  private var stages: [String] = []
  private(set) var pipelines: [PipelineID] = []
  /// How often each operation was made, and how often refused.
  private(set) var made: [String: Int] = [:]
  private(set) var refused: [String: Int] = [:]

  init(_ bench: DealsBench, seed: UInt64) async throws {
    self.bench = bench
    random = SeededRandom(seed: seed)
    let pipeline = try await bench.pipeline()
    let second = try await bench.handlers.createPipeline(
      CreatePipelineRequest(pipeline: Pipeline(displayName: "Second", stages: pipeline.stages)),
      bench.asAdmin()
    )
    pipelines = [pipeline.id, second.id].compactMap { $0 }
    stages = pipeline.stages.map(\.key)
  }

  private func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  private func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private var caller: Call {
    pick([bench.asAdmin(), bench.asAdmin(), bench.asManager, bench.asRep(0), bench.asRep(1)])
  }

  /// Mostly small, sometimes none, and sometimes so large that few of them are beyond 64 bits.
  private var amount: Money? {
    if chance(15) { return nil }
    let currency = chance(50) ? CurrencyCode.usd : CurrencyCode("EUR") ?? .usd
    let most: Int64 = chance(3) ? .max : pick([10, 1_000, 10_000_000_000])
    return Money(amountMinor: Int64.random(in: 0...most, using: &random), currency: currency)
  }

  private var owner: MemberID { pick(bench.reps + [bench.manager, bench.admin]) }

  /// The next operation.
  func step() async throws {
    bench.clock.advance(by: .milliseconds(Int64.random(in: 0...3_600_000, using: &random)))
    if live.count > Self.most { return try await note("delete", delete) }
    switch Int.random(in: 0..<1_000, using: &random) {
    case _ where live.isEmpty, ..<200: try await note("create", create)
    case ..<420: try await note("update", update)
    case ..<700: try await note("move", move)
    case ..<740: try await note("reopen", reopen)
    case ..<840: try await note("delete", delete)
    case ..<900: try await note("undelete", undelete)
    case ..<930: try await note("share", share)
    case ..<955: try await note("unshare", unshare)
    case ..<970: try await note("batch update", batchUpdate)
    case ..<978: try await note("batch delete", batchDelete)
    case ..<988: try await note("undo", undo)
    case ..<994: try await note("pipeline", changePipeline)
    default: try await note("stages", changeStages)
    }
  }

  private func note(_ name: String, _ body: @LoopActor () async throws -> Void) async throws {
    do {
      try await body()
      made[name, default: 0] += 1
    } catch let error as MeshError {
      guard error.code != .internalError, error.code != .unavailable else { throw error }
      refused[name, default: 0] += 1
    } catch is any ClientError {
      refused[name, default: 0] += 1
    }
  }

  // MARK: Operations

  private func create() async throws {
    var deal = Deal(name: "Deal")
    (deal.amount, deal.stage, deal.pipelineId) = (amount, pick(stages), pick(pipelines))
    if chance(60) { deal.ownerId = owner }
    if chance(40) { deal.teamId = bench.team }
    if chance(20) { (deal.probability, deal.probabilityReason) = (Int32(pick([0, 33, 99])), "So") }
    if chance(60) { deal.expectedCloseDate = day }
    (deal.winReason, deal.lossReason) = ("price", "price")
    let made = try await bench.handlers.createDeal(CreateDealRequest(deal: deal), caller)
    if let id = made.id { live.append(id) }
  }

  private var day: CalendarDate? { CalendarDate("2026-0\(pick(Array(1...9)))-15") }

  private func update() async throws {
    var deal = Deal(id: pick(live))
    let changes: [(paths: [String], (inout Deal) -> Void)] = [
      (["amount"], { $0.amount = self.amount }), (["owner_id"], { $0.ownerId = self.owner }),
      (["team_id"], { $0.teamId = self.chance(50) ? self.bench.team : nil }),
      (["amount", "owner_id"], { ($0.amount, $0.ownerId) = (self.amount, self.owner) }),
      (["expected_close_date"], { $0.expectedCloseDate = self.chance(80) ? self.day : nil }),
      (["close_date"], { $0.closeDate = CalendarDate("2026-12-31") }),
      (
        ["probability", "probability_reason"],
        { ($0.probability, $0.probabilityReason) = (77, "So") }
      ),
      (["probability_reason"], { $0.probabilityReason = "" }),
      (["pipeline_id"], { $0.pipelineId = self.pick(self.pipelines) }),
      (["name"], { $0.name = "Other" }),
    ]
    let (paths, change) = pick(changes)
    change(&deal)
    _ = try await bench.handlers.updateDeal(
      UpdateDealRequest(deal: deal, updateMask: .init(paths: paths)),
      caller
    )
  }

  private func move() async throws {
    _ = try await bench.handlers.moveDeal(
      MoveDealRequest(
        id: "\(pick(live))",
        stage: chance(20) ? "" : pick(stages),
        position: chance(50) ? nil : Int32.random(in: 0...20, using: &random),
        winReason: "price",
        lossReason: "price"
      ),
      caller
    )
  }

  private func reopen() async throws {
    _ = try await bench.handlers.reopenDeal(ReopenDealRequest(id: "\(pick(live))"), caller)
  }

  private func delete() async throws {
    let id = pick(live)
    _ = try await bench.handlers.deleteDeal(DeleteDealRequest(id: "\(id)"), bench.asAdmin())
    live.removeAll { $0 == id }
    deleted = deleted.suffix(50) + [id]
  }

  private func undelete() async throws {
    if deleted.isEmpty { return }
    let id = pick(deleted)
    let request = UndeleteDealRequest(id: "\(id)")
    _ = try await bench.handlers.undeleteDeal(request, bench.asAdmin())
    deleted.removeAll { $0 == id }
    live.append(id)
  }

  private func share() async throws {
    let time: Duration? = chance(50) ? .seconds(Int64.random(in: 1...100_000, using: &random)) : nil
    _ = try await bench.services.share(
      ShareRequest(
        id: "\(pick(live))",
        granteeId: pick(["\(bench.reps[0])", "\(bench.reps[1])", "\(bench.team)"]),
        mayEdit: chance(50),
        expireTime: time.map { bench.clock.now + $0 }
      ),
      bench.asAdmin()
    )
  }

  private func unshare() async throws {
    let grantee = pick(["\(bench.reps[0])", "\(bench.reps[1])", "\(bench.team)"])
    _ = try await bench.services.unshare(
      UnshareRequest(id: "\(pick(live))", granteeId: grantee),
      bench.asAdmin()
    )
  }

  private func batchUpdate() async throws {
    let operation = try await bench.handlers.batchUpdateDeals(
      BatchUpdateDealsRequest(
        ids: Set((0..<5).map { _ in "\(pick(live))" }).sorted(),
        deal: Deal(amount: amount, ownerId: owner),
        updateMask: .init(paths: pick([["amount"], ["owner_id"], ["amount", "owner_id"]]))
      ),
      caller
    )
    try await finish(operation.id)
  }

  private func batchDelete() async throws {
    let operation = try await bench.handlers.batchDeleteDeals(
      BatchDeleteRequest(ids: Set((0..<3).map { _ in "\(pick(live))" }).sorted()),
      bench.asManager
    )
    try await finish(operation.id)
  }

  private func undo() async throws {
    if operations.isEmpty { return }
    let request = UndoOperationRequest(id: pick(operations))
    _ = try await bench.services.undoOperation(request, bench.asAdmin())
    try await finish(nil)
  }

  private func changePipeline() async throws {
    let all = try await bench.pipelines()
    var pipeline = pick(all)
    let open = pipeline.stages.indices.filter { pipeline.stages[$0].kind == "open" }
    let place = pick(open)
    pipeline.stages[place].probability = Int32.random(in: 0...100, using: &random)
    pipeline.stages[place].forecastCategory = pick(["pipeline", "best_case", "commit", "omitted"])
    _ = try await bench.change(pipeline, "stages") { _ in }
    try await settle()
  }

  /// Takes an open stage away, whose deals go to another, and puts one in its place.
  private func changeStages() async throws {
    let pipeline = pick(try await bench.pipelines())
    let open = pipeline.stages.filter { $0.kind == "open" }.map(\.key)
    let (gone, to) = (pick(open), pick(open))
    if gone == to { return }
    var stages = pipeline.stages.filter { $0.key != gone }
    stages.insert(Stage(displayName: "Stage \(made["stages"] ?? 0)", probability: 50), at: 0)
    let request = ChangeStagesRequest(
      id: pipeline.idText,
      stages: stages,
      mapping: [StageMapping(from: gone, to: to)]
    )
    _ = try await bench.handlers.changeStages(request, bench.asAdmin())
    // A few are of stages that are gone, into which no deal can be brought.
    let present = try await bench.pipelines().flatMap { $0.stages.map(\.key) }
    self.stages = present + self.stages.filter { !present.contains($0) }.suffix(3)
    try await settle()
  }

  /// Half of the times, deals follow their pipeline only later.
  private func settle() async throws { if chance(50) { try await finish(nil) } }

  private func finish(_ operation: String?) async throws {
    try await bench.finishOperations()
    if let operation { operations = operations.suffix(20) + [operation] }
    let ids = Set(try await bench.deals().compactMap(\.id))
    (live, deleted) = (
      live.filter(ids.contains) + deleted.filter(ids.contains),
      deleted.filter { !ids.contains($0) } + live.filter { !ids.contains($0) }
    )
  }
}

extension DealsBench {
  /// All deals that a caller reads, by list.
  func deals(_ filter: String = "", _ call: Call? = nil) async throws -> [Deal] {
    let request = ListDealsRequest(filter: filter, orderBy: "rank", pageSize: 1_000)
    return try await handlers.listDeals(request, call ?? asAdmin()).message().deals
  }
}
