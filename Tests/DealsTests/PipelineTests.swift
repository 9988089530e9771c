import DealsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshTesting
import TenantsAPI
import Testing
import TypeAPI

@testable import DealsService

@Suite @LoopActor struct `A pipeline` {
  /// Stages as a person would write them, which are right.
  private func stages(_ names: String...) -> [Stage] {
    names.map { Stage(displayName: $0, probability: 50) }
      + [Stage(displayName: "Won", kind: "won"), Stage(displayName: "Lost", kind: "lost")]
  }

  private func create(_ name: String, _ bench: DealsBench, _ stages: [Stage]) async throws
    -> Pipeline
  {
    try await bench.handlers.createPipeline(
      CreatePipelineRequest(pipeline: Pipeline(displayName: name, stages: stages)),
      bench.asAdmin()
    )
  }

  @Test func `is there for every new tenant, once`() async throws {
    let bench = try await DealsBench()
    let pipeline = try await bench.pipeline()
    #expect(
      pipeline.stages.map(\.displayName)
        == ["New", "Qualified", "Demo", "Proposal", "Negotiation", "Closed Won", "Closed Lost"]
    )
    #expect(
      pipeline.stages.map(\.key)
        == ["new", "qualified", "demo", "proposal", "negotiation", "closed_won", "closed_lost"]
    )
    #expect(pipeline.stages.map(\.probability) == [10, 25, 40, 60, 80, 100, 0])
    #expect(pipeline.stages.map(\.kind) == Array(repeating: "open", count: 5) + ["won", "lost"])
    #expect(pipeline.stages.map(\.position) == [0, 1, 2, 3, 4, 5, 6])
    #expect(
      pipeline.stages.map(\.forecastCategory)
        == ["pipeline", "pipeline", "pipeline", "best_case", "commit", "closed", "omitted"]
    )
    try await bench.react(to: TenantsAPI.Tenant(id: bench.tenant), of: bench.tenant)
    #expect(try await bench.pipelines().count == 1)
    let reasons = try await bench.handlers.listLossReasons(
      ListLossReasonsRequest(),
      bench.asAdmin()
    ).message().lossReasons
    #expect(reasons.map(\.key).prefix(3) == ["price", "competitor", "no_budget"])
  }

  @Test func `is the default until another is, and then alone`() async throws {
    let bench = try await DealsBench()
    let first = try await bench.pipeline()
    let second = try await create("Renewals", bench, stages("Open"))
    #expect(!second.isDefault)
    let fields = await refused {
      _ = try await bench.change(first, "is_default") { $0.isDefault = false }
    }
    #expect(fields == ["is_default"])
    _ = try await bench.change(second, "is_default") { $0.isDefault = true }
    #expect(try await bench.pipelines().filter(\.isDefault).map(\.id) == [second.id])
    let deal = try await bench.deal("Renew")
    #expect(deal.pipelineId == second.id && deal.stage == "open")
    let refused = await refusal {
      let delete = DeletePipelineRequest(id: second.idText)
      _ = try await bench.handlers.deletePipeline(delete, bench.asAdmin())
    }
    #expect(refused?.code == .failedPrecondition)
    _ = try await bench.handlers.deletePipeline(
      DeletePipelineRequest(id: first.idText),
      bench.asAdmin()
    )
    #expect(try await bench.pipelines().map(\.id) == [second.id])
  }

  @Test func `names the stage and the field that is wrong`() async throws {
    let bench = try await DealsBench()
    func fields(_ change: (inout [Stage]) -> Void) async -> [String]? {
      var stages = stages("New", "Next")
      change(&stages)
      return await refused { [stages] in _ = try await create("Bad", bench, stages) }
    }
    #expect(await fields { $0[1].probability = 101 } == ["stages[1].probability"])
    #expect(await fields { $0[1].probability = -1 } == ["stages[1].probability"])
    #expect(await fields { $0[2].probability = 90 } == ["stages[2].probability"])
    #expect(await fields { $0[3].probability = 1 } == ["stages[3].probability"])
    #expect(await fields { $0[0].key = "Not a key" } == ["stages[0].key"])
    #expect(await fields { ($0[0].key, $0[1].key) = ("a", "a") } == ["stages[1].key"])
    #expect(await fields { $0[1].displayName = " NEW " } == ["stages[1].display_name"])
    #expect(await fields { $0[0].displayName = "" } == ["stages[0].display_name"])
    #expect(await fields { $0[0].forecastCategory = "maybe" } == ["stages[0].forecast_category"])
    #expect(await fields { $0[0].forecastCategory = "closed" } == ["stages[0].forecast_category"])
    #expect(await fields { $0[3].forecastCategory = "commit" } == ["stages[3].forecast_category"])
    #expect(await fields { $0[3].forecastCategory = "maybe" } == ["stages[3].forecast_category"])
    #expect(await fields { $0[0].kind = "shut" } == ["stages[0].kind"])
    #expect(await fields { $0[0].rottingDays = 3_651 } == ["stages[0].rotting_days"])
    #expect(await fields { $0[0].requiredFields = ["nothing"] } == ["stages[0].required_fields"])
    #expect(await fields { $0[0].requiredFields = ["status"] } == ["stages[0].required_fields"])
    let twice = ["amount", "amount"]
    #expect(await fields { $0[0].requiredFields = twice } == ["stages[0].required_fields"])
    for condition in ["amount >", "nothing == 1", "name"] {
      #expect(
        await fields { $0[0].entryCondition = condition } == ["stages[0].entry_condition"],
        "\(condition)"
      )
    }
    #expect(await fields { $0.removeLast() } == ["stages"])
    #expect(await fields { $0.removeAll() } == ["stages", "stages", "stages"])
    #expect(await fields { _ in } == nil)
  }

  @Test func `has at most 100 stages, with 20,000 characters of conditions`() async throws {
    let bench = try await DealsBench()
    func fields(_ count: Int, _ condition: String = "") async -> [String]? {
      var stages = stages()
      for number in 0..<count {
        stages.append(
          Stage(displayName: "\(number)", probability: 50, entryCondition: condition)
        )
      }
      return await refused { [stages] in _ = try await create("Long", bench, stages) }
    }
    #expect(await fields(98) == nil)
    #expect(await fields(99) == ["stages"])
    let condition = "name != '" + String(repeating: "x", count: 1_980) + "'"
    #expect(await fields(10, condition) == nil)
    #expect(await fields(11, condition) == ["stages"])
  }

  @Test func `keeps the stages that deals are in, unless they are told where to go`() async throws {
    let bench = try await DealsBench()
    let pipeline = try await bench.pipeline()
    let deal = try await bench.deal("One") { $0.stage = "demo" }
    let shorter = pipeline.stages.filter { $0.key != "demo" }
    let kept = await refused {
      _ = try await bench.change(pipeline, "stages") { $0.stages = shorter }
    }
    #expect(kept == ["stages"])
    func change(_ mapping: [StageMapping], _ stages: [Stage]) async -> [String]? {
      await refused {
        let request = ChangeStagesRequest(id: pipeline.idText, stages: stages, mapping: mapping)
        _ = try await bench.handlers.changeStages(request, bench.asAdmin())
      }
    }
    #expect(await change([], shorter) == ["mapping"])
    #expect(
      await change([StageMapping(from: "demo", to: "nowhere")], shorter) == ["mapping[0].to"]
    )
    #expect(
      await change([StageMapping(from: "demo", to: "closed_won")], shorter) == ["mapping[0].to"]
    )
    #expect(
      await change([StageMapping(from: "new", to: "qualified")], pipeline.stages)
        == ["mapping[0].from"]
    )
    let demo = StageMapping(from: "demo", to: "new")
    #expect(
      await change([demo, StageMapping(from: "demo", to: "proposal")], shorter)
        == ["mapping[1].from"]
    )
    #expect(await change(Array(repeating: demo, count: 101), shorter) == ["mapping"])
    var closed = pipeline.stages
    (closed[2].kind, closed[2].forecastCategory, closed[2].probability) = ("lost", "omitted", 0)
    #expect(await change([], closed) == ["stages[2].kind"])
    #expect(try await bench.get(deal) == deal)
    #expect(try await bench.pipeline() == pipeline)
  }

  @Test func `says what a change affects, and has the deals follow it`() async throws {
    let bench = try await DealsBench()
    let pipeline = try await bench.pipeline()
    var deals: [Deal] = []
    for (name, stage) in [("a", "new"), ("b", "demo"), ("c", "demo"), ("d", "proposal")] {
      deals.append(
        try await bench.deal(name) {
          $0.stage = stage
          $0.amount = Money(amountMinor: 1_000, currency: .usd)
          if name == "c" { ($0.probability, $0.probabilityReason) = (90, "Signed") }
        }
      )
    }
    var request = ChangeStagesRequest(id: pipeline.idText, validateOnly: true)
    request.stages = pipeline.stages.filter { $0.key != "demo" }
    request.stages[0].displayName = "Fresh"
    request.stages[2].probability = 70
    request.mapping = [StageMapping(from: "demo", to: "qualified")]
    let effects = [
      StageEffect(stage: "demo", deals: 2, to: "qualified"),
      StageEffect(stage: "proposal", deals: 1, to: "proposal"),
    ]
    let preview = try await bench.handlers.changeStages(request, bench.asAdmin())
    #expect(preview.effects == effects)
    #expect(try await bench.pipeline() == pipeline)
    bench.clock.advance(by: .seconds(3_600))
    request.validateOnly = false
    request.etag = pipeline.etag?.description ?? ""
    let done = try await bench.handlers.changeStages(request, bench.asAdmin())
    #expect(done.effects == effects)
    // Before it is their turn, the key that is gone means the one that took over.
    let early = try await bench.change(deals[1], "next_step") { $0.nextStep = "Call" }
    #expect(early.stage == "qualified" && early.probability == 25)
    try await bench.finishOperations()
    var after: [Deal] = []
    for deal in deals { after.append(try await bench.get(deal)) }
    #expect(after.map(\.stage) == ["new", "qualified", "qualified", "proposal"])
    #expect(after.map(\.probability) == [10, 25, 25, 70])
    #expect(after[3].weightedAmount?.amountMinor == 700)
    #expect(after[0] == deals[0])
    #expect(after[3].lastActivityTime == deals[3].lastActivityTime)
    #expect(after[3].updatedBy == "system:deals")
    let again = await refusal { [request] in
      _ = try await bench.handlers.changeStages(request, bench.asAdmin())
    }
    #expect(again?.reason == .staleEtag)
  }

  @Test func `has a former stage's key again only once its deals have moved`() async throws {
    let bench = try await DealsBench()
    let pipeline = try await bench.pipeline()
    let deal = try await bench.deal("One") { $0.stage = "demo" }
    var request = ChangeStagesRequest(id: pipeline.idText)
    request.stages = pipeline.stages.filter { $0.key != "demo" }
    request.mapping = [StageMapping(from: "demo", to: "new")]
    let shorter = try await bench.handlers.changeStages(request, bench.asAdmin()).pipeline
    let before = try #require(shorter)
    func add(_ stage: Stage) async throws -> [String] {
      try await bench.change(before, "stages") {
        ($0.etag, $0.stages) = (nil, before.stages + [stage])
      }.stages.map(\.key)
    }
    let again = Stage(key: "demo", displayName: "Demo", probability: 40)
    let fields = await refused { _ = try await add(again) }
    #expect(fields == ["stages[6].key"])
    #expect(try await add(Stage(displayName: "Demo", probability: 40)).last == "demo_2")
    try await bench.finishOperations()
    #expect(try await bench.get(deal).stage == "new")
    #expect(try await add(again).last == "demo")
  }

  @Test func `lets no deal into a stage that was taken away, and those that are in it follow`()
    async throws
  {
    let bench = try await DealsBench()
    let pipeline = try await bench.pipeline()
    let inside = try await bench.deal("Inside") { $0.stage = "demo" }
    let outside = try await bench.deal("Outside")
    let lost = try await bench.deal("Lost") { $0.stage = "demo" }
    _ = try await bench.move(lost, "closed_lost", loss: "timing")
    var request = ChangeStagesRequest(id: pipeline.idText)
    request.stages = pipeline.stages.filter { $0.key != "demo" }
    request.mapping = [StageMapping(from: "demo", to: "qualified")]
    _ = try await bench.handlers.changeStages(request, bench.asAdmin())
    func refusals() async -> [[String]?] {
      [
        await refused { _ = try await bench.deal("New") { $0.stage = "demo" } },
        await refused { _ = try await bench.move(outside, "demo") },
        await refused { _ = try await bench.change(outside, "stage") { $0.stage = "demo" } },
        await refused {
          let reopening = ReopenDealRequest(id: lost.idText, stage: "demo")
          _ = try await bench.handlers.reopenDeal(reopening, bench.asAdmin())
        },
      ]
    }
    let stage = [["stage"], ["stage"], ["stage"], ["stage"]]
    #expect(await refusals() == stage)
    // One that is in it is there until it follows, and its place in it can change.
    #expect(try await bench.get(inside).stage == "demo")
    #expect(try await bench.move(inside, "demo", at: 0).stage == "qualified")
    try await bench.finishOperations()
    #expect(await refusals() == stage)
    // What was in it when it was closed comes back into the stage that took over.
    let back = try await bench.handlers.reopenDeal(.init(id: lost.idText), bench.asAdmin())
    #expect(back.stage == "qualified" && back.status == "open")
  }

  @Test func `with deals cannot be deleted, and is changed by admins only`() async throws {
    let bench = try await DealsBench()
    let second = try await create("Renewals", bench, stages("Open"))
    let deal = try await bench.deal("One") { $0.pipelineId = second.id }
    let delete = DeletePipelineRequest(id: second.idText)
    let refused = await refusal {
      _ = try await bench.handlers.deletePipeline(delete, bench.asAdmin())
    }
    #expect(refused?.code == .failedPrecondition)
    let first = try await bench.pipeline()
    let moved = try await bench.change(deal, "pipeline_id") { $0.pipelineId = first.id }
    #expect(moved.stage == "new")
    let asManager = await refusal {
      _ = try await bench.handlers.deletePipeline(delete, bench.asManager)
    }
    #expect(asManager?.code == .permissionDenied)
    _ = try await bench.handlers.deletePipeline(delete, bench.asAdmin())
    #expect(try await bench.pipelines().count == 1)
  }
}
