import DealsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import DealsService

@Suite @LoopActor struct `A deal` {
  private func usd(_ minor: Int64) -> Money { Money(amountMinor: minor, currency: .usd) }

  @Test func `begins in the first stage, today in the tenant's time zone, with its creator`()
    async throws
  {
    let bench = try await DealsBench()
    let deal = try await bench.deal("Machines", bench.asRep()) { $0.amount = usd(12_345) }
    #expect(deal.stage == "new" && deal.status == "open" && deal.forecastCategory == "pipeline")
    #expect(deal.probability == 10 && deal.weightedAmount == usd(1_235))
    #expect(deal.revenueType == "one_off" && deal.ownerId == bench.reps[0])
    #expect(deal.startDate == CalendarDate("2025-12-31") && deal.closeDate == nil)
    #expect(deal.stageChangeTime == bench.clock.now && deal.lastActivityTime == bench.clock.now)
    #expect(deal.rotTime == bench.clock.now + .seconds(14 * 86_400))
    #expect(deal.leadId == nil && deal.accountId == nil)
  }

  @Test func `weighs the largest amount without loss`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.deal("All") {
      ($0.amount, $0.stage, $0.winReason) = (usd(.max), "closed_won", "price")
    }
    #expect(deal.weightedAmount == usd(.max))
    let half = try await bench.deal("Half") {
      ($0.amount, $0.probability, $0.probabilityReason) = (usd(.max), 50, "Half")
    }
    #expect(half.weightedAmount == usd(4_611_686_018_427_387_904))
    let debt = await refused { _ = try await bench.deal("Debt") { $0.amount = usd(-1) } }
    #expect(debt == ["amount"])
  }

  @Test func `brings twelve times a monthly amount in a year, which must fit`() async throws {
    let bench = try await DealsBench()
    let monthly = try await bench.deal("Licences") {
      ($0.amount, $0.revenueType) = (usd(12_500), "mrr")
    }
    #expect(monthly.annualAmount == usd(150_000))
    let yearly = try await bench.change(monthly, "revenue_type") { $0.revenueType = "arr" }
    #expect(yearly.annualAmount == usd(12_500))
    let once = try await bench.change(yearly, "revenue_type") { $0.revenueType = "one_off" }
    #expect(once.annualAmount == nil)
    let most = usd(.max / 12)
    let large = try await bench.deal("All") { ($0.amount, $0.revenueType) = (most, "mrr") }
    #expect(large.annualAmount == usd(.max / 12 * 12))
    for amount in [.max / 12 + 1, -1, .min] as [Int64] {
      let fields = await refused {
        _ = try await bench.deal("Odd") { ($0.amount, $0.revenueType) = (usd(amount), "mrr") }
      }
      #expect(fields == ["amount"])
    }
    let fits = try await bench.deal("More") { ($0.amount, $0.revenueType) = (usd(.max), "arr") }
    let fields = await refused {
      _ = try await bench.change(fits, "revenue_type") { $0.revenueType = "mrr" }
    }
    #expect(fits.annualAmount == usd(.max) && fields == ["amount"])
  }

  @Test func `follows the probability of its stage unless it says why not`() async throws {
    let bench = try await DealsBench()
    for percent in [-1, 101] as [Int32] {
      let fields = await refused {
        _ = try await bench.deal("Odd") { $0.probability = percent }
      }
      #expect(fields == ["probability"])
    }
    let unsaid = await refused { _ = try await bench.deal("Odd") { $0.probability = 50 } }
    #expect(unsaid == ["probability_reason"])
    let deal = try await bench.deal("Machines") {
      ($0.probability, $0.probabilityReason) = (50, "They asked for a contract")
    }
    #expect(deal.probability == 50)
    let kept = try await bench.change(deal, "next_step") { $0.nextStep = "Call" }
    #expect(kept.probability == 50 && kept.probabilityReason == deal.probabilityReason)
    let moved = try await bench.move(kept, "proposal")
    #expect(moved.probability == 60 && moved.probabilityReason.isEmpty)
    let back = try await bench.change(moved, "probability", "probability_reason") {
      ($0.probability, $0.probabilityReason) = (70, "Again")
    }
    let cleared = try await bench.change(back, "probability_reason") { $0.probabilityReason = "" }
    #expect(back.probability == 70 && cleared.probability == 60)
  }

  @Test func `cannot be closed without its reason, which has a name`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.deal("Machines")
    #expect(await refused { _ = try await bench.move(deal, "closed_won") } == ["win_reason"])
    #expect(
      await refused { _ = try await bench.move(deal, "closed_lost") } == ["loss_reason"]
    )
    #expect(
      await refused { _ = try await bench.change(deal, "stage") { $0.stage = "closed_lost" } }
        == ["loss_reason"]
    )
    #expect(
      await refused { _ = try await bench.move(deal, "closed_won", win: "luck") }
        == ["win_reason"]
    )
    bench.clock.advance(by: .seconds(86_400))
    let won = try await bench.move(deal, "closed_won", win: "price", loss: "price")
    #expect(won.status == "won" && won.winReason == "price" && won.lossReason.isEmpty)
    #expect(won.probability == 100 && won.closeDate == CalendarDate("2026-01-01"))
    #expect(won.rotTime == nil && won.forecastCategory == "closed")
    let cleared = await refused {
      _ = try await bench.change(won, "win_reason") { $0.winReason = "" }
    }
    #expect(cleared == ["win_reason"])
    let early = await refused {
      _ = try await bench.change(won, "close_date") { $0.closeDate = CalendarDate("2025-12-30") }
    }
    #expect(early == ["close_date"])
    let used = await refusal {
      let reasons = try await bench.handlers.listWinReasons(.init(), bench.asAdmin()).message()
      let price = try #require(reasons.winReasons.first { $0.key == "price" })
      let delete = DeleteWinReasonRequest(id: price.idText)
      _ = try await bench.handlers.deleteWinReason(delete, bench.asAdmin())
    }
    #expect(used?.code == .failedPrecondition)
  }

  @Test func `is closed for a reason that is named in any case, and keeps its key`() async throws {
    let bench = try await DealsBench()
    _ = try await bench.change(try await bench.pipeline(), "stages") {
      $0.stages[5].entryCondition = "win_reason == 'best_fit'"
    }
    let won = try await bench.deal("Machines") {
      ($0.stage, $0.winReason) = ("closed_won", " BEST  fit ")
    }
    #expect(won.stage == "closed_won" && won.winReason == "best_fit")
    let changed = try await bench.change(won, "win_reason") { $0.winReason = "Price" }
    #expect(changed.winReason == "price")
    let deal = try await bench.deal("Tools")
    #expect(try await bench.move(deal, "closed_lost", loss: "no budget").lossReason == "no_budget")
    let odd = try await bench.deal("Odd")
    let unknown = await refused { _ = try await bench.move(odd, "closed_won", win: "Luck") }
    #expect(unknown == ["win_reason"])
  }

  @Test func `began no later than it was closed, where no day is given`() async throws {
    let bench = try await DealsBench()
    let days: [(String, String)] = [("2025-11-01", "2025-11-01"), ("2026-02-01", "2025-12-31")]
    for (closed, started) in days {
      let deal = try await bench.deal(closed) {
        ($0.stage, $0.winReason) = ("closed_won", "price")
        $0.closeDate = CalendarDate(closed)
      }
      #expect(deal.startDate == CalendarDate(started) && deal.closeDate == CalendarDate(closed))
      #expect(deal.forecastDate == deal.closeDate)
    }
    let open = try await bench.deal("Open") { $0.closeDate = CalendarDate("2025-11-01") }
    #expect(open.startDate == CalendarDate("2025-12-31") && open.closeDate == nil)
  }

  @Test func `is not closed before it began, whether the day is given or not`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.deal("Machines") { $0.startDate = CalendarDate("2026-01-15") }
    let moved = await refused { _ = try await bench.move(deal, "closed_won", win: "price") }
    #expect(moved == ["close_date"])
    let made = await refused {
      _ = try await bench.deal("Odd") {
        ($0.stage, $0.winReason) = ("closed_won", "price")
        $0.startDate = CalendarDate("2026-01-01")
      }
    }
    #expect(made == ["close_date"])
    #expect(try await bench.get(deal) == deal)
    bench.clock.advance(by: .seconds(15 * 86_400))
    let won = try await bench.move(deal, "closed_won", win: "price")
    #expect(won.closeDate == CalendarDate("2026-01-15") && won.cycleDays == 0)
  }

  @Test func `leaves a closed stage by being opened again only`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.deal("Machines") { $0.stage = "demo" }
    let open = await refusal {
      _ = try await bench.handlers.reopenDeal(.init(id: deal.idText), bench.asAdmin())
    }
    #expect(open?.code == .failedPrecondition)
    let lost = try await bench.move(deal, "closed_lost", loss: "timing")
    for stage in ["new", "closed_won"] {
      let fields = await refused { _ = try await bench.move(lost, stage, win: "price") }
      #expect(fields == ["stage"])
    }
    let shut = await refused {
      let request = ReopenDealRequest(id: deal.idText, stage: "closed_won")
      _ = try await bench.handlers.reopenDeal(request, bench.asAdmin())
    }
    #expect(shut == ["stage"])
    let back = try await bench.handlers.reopenDeal(.init(id: deal.idText), bench.asAdmin())
    #expect(back.stage == "demo" && back.status == "open" && back.probability == 40)
    #expect(back.lossReason.isEmpty && back.closeDate == nil)
    let history = try await bench.handlers.listDealHistory(
      ListHistoryRequest(id: deal.idText),
      bench.asAdmin()
    )
    #expect(history.entries.map(\.action) == ["reopen", "move", "create"])
  }

  @Test func `is opened again once for each key, whatever becomes of the stage`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.deal("Machines")
    _ = try await bench.move(deal, "closed_lost", loss: "timing")
    let request = ReopenDealRequest(id: deal.idText, stage: "demo", requestId: "once")
    let first = try await bench.handlers.reopenDeal(request, bench.asAdmin())
    _ = try await bench.move(deal, "closed_lost", loss: "timing")
    let pipeline = try await bench.pipeline()
    _ = try await bench.change(pipeline, "stages") { $0.stages.removeAll { $0.key == "demo" } }
    #expect(try await bench.handlers.reopenDeal(request, bench.asAdmin()) == first)
    #expect(try await bench.get(deal).status == "lost")
  }

  @Test func `keeps the stages it was in, with the seconds in each`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.deal("Machines", bench.asRep())
    for (seconds, stage) in [(10, "demo"), (20, "new"), (30, "proposal")] {
      bench.clock.advance(by: .seconds(seconds))
      _ = try await bench.move(deal, stage, bench.asManager)
    }
    bench.clock.advance(by: .seconds(5))
    func visits(_ size: Int32, _ token: String = "") async throws -> ListDealStagesResponse {
      try await bench.handlers.listDealStages(
        ListDealStagesRequest(id: deal.idText, pageSize: size, pageToken: token),
        bench.asRep()
      )
    }
    let all = try await visits(0)
    #expect(all.visits.map(\.stage) == ["new", "demo", "new", "proposal"])
    #expect(all.visits.map(\.seconds) == [10, 20, 30, 5])
    #expect(all.visits.map(\.leaveTime).last == .some(nil))
    let (rep, manager) = ("\(bench.reps[0])", "\(bench.manager)")
    #expect(all.visits.map(\.movedBy) == [rep, manager, manager, manager])
    let first = try await visits(3)
    let rest = try await visits(3, first.nextPageToken)
    #expect(first.visits + rest.visits == all.visits && rest.nextPageToken.isEmpty)
    let delete = DeleteDealRequest(id: deal.idText)
    _ = try await bench.handlers.deleteDeal(delete, bench.asAdmin())
    _ = try await bench.handlers.undeleteDeal(.init(id: deal.idText), bench.asAdmin())
    #expect(try await visits(0).visits.count == 4)
    let other = await refusal {
      _ = try await bench.handlers.listDealStages(.init(id: deal.idText), bench.asRep(1))
    }
    #expect(other?.code == .notFound)
  }

  @Test func `is refused what belongs elsewhere`() async throws {
    let bench = try await DealsBench()
    let second = try await bench.handlers.createPipeline(
      CreatePipelineRequest(
        pipeline: Pipeline(
          displayName: "Renewals",
          stages: [
            Stage(displayName: "Due", probability: 50), Stage(displayName: "Won", kind: "won"),
            Stage(displayName: "Lost", kind: "lost"),
          ]
        )
      ),
      bench.asAdmin()
    )
    let deal = try await bench.deal("Machines")
    #expect(await refused { _ = try await bench.move(deal, "due") } == ["stage"])
    let unknown = PipelineID(high: 7, low: 7)
    #expect(
      await refused { _ = try await bench.deal("Odd") { $0.pipelineId = unknown } }
        == ["pipeline_id"]
    )
    let moved = try await bench.change(deal, "pipeline_id") { $0.pipelineId = second.id }
    #expect(moved.stage == "due" && moved.probability == 50)
    let contact = try await bench.contact("Denson")
    let stranger = ContactID(high: 7, low: 7)
    let fields = await refused {
      _ = try await bench.deal("Odd") {
        $0.contacts = [contact.id, contact.id, stranger, nil].map { DealContact(contactId: $0) }
        $0.contacts[0].role = "friend"
      }
    }
    #expect(
      Set(fields ?? []) == [
        "contacts[3].contact_id", "contacts[0].role", "contacts[1].contact_id",
        "contacts[2].contact_id",
      ]
    )
    let good = try await bench.deal("Good") {
      $0.contacts = [DealContact(contactId: contact.id, role: "champion")]
    }
    #expect(good.contacts.map(\.role) == ["champion"])
    #expect(try await bench.names("'\(contact.idText)' in contact_ids") == ["Good"])
    #expect(try await bench.names("!('\(contact.idText)' in contact_ids)") == ["Machines"])
    #expect(try await bench.names("'\(contact.idText)' in contact_ids", bench.asRep()) == [])
    let size = await refusal { _ = try await bench.names("size(contact_ids) > 1") }
    #expect(size?.reason == .invalidFilter)
  }

  @Test func `enters a stage with the fields and the condition that it asks for`() async throws {
    let bench = try await DealsBench()
    _ = try await bench.change(try await bench.pipeline(), "stages") {
      $0.stages[2].requiredFields = ["amount", "competitor"]
      $0.stages[3].entryCondition = "amount >= 1000 && next_step != ''"
    }
    let deal = try await bench.deal("Machines") { $0.amount = usd(50_000) }
    #expect(await refused { _ = try await bench.move(deal, "demo") } == ["competitor"])
    #expect(await refused { _ = try await bench.move(deal, "proposal") } == ["stage"])
    let rich = try await bench.change(deal, "amount", "next_step", "competitor") {
      ($0.amount, $0.nextStep, $0.competitor) = (usd(100_000), "Call", "Initech")
    }
    let shown = try await bench.move(rich, "demo")
    let cleared = await refused {
      _ = try await bench.change(shown, "competitor") { $0.competitor = "" }
    }
    #expect(cleared == ["competitor"])
    let proposed = try await bench.change(shown, "stage") { $0.stage = "proposal" }
    #expect(proposed.stage == "proposal")
    // It stays where it is, whatever becomes of it.
    #expect(try await bench.change(proposed, "amount") { $0.amount = nil }.amount == nil)
    let made = await refused { _ = try await bench.deal("New") { $0.stage = "proposal" } }
    #expect(made == ["stage"])
  }

  @Test func `can be made, and seen on the board, once its tenant has a pipeline`() async throws {
    let bench = try await DealsBench()
    let tenant = IDGenerator.system.next(TenantKind.self)
    try await bench.begin(tenant, hasDefaults: false)
    let admin = bench.asAdmin(of: tenant)
    let made = await refusal { _ = try await bench.deal("Early", admin) }
    let board = await refusal { _ = try await bench.handlers.getDealBoard(.init(), admin) }
    #expect(made?.code == .unavailable && board?.code == .unavailable)
    try await bench.begin(tenant)
    #expect(try await bench.deal("Early", admin).stage == "new")
  }

  @Test func `is its maker's although no more than their standing has arrived`() async throws {
    let bench = try await DealsBench()
    let member = MemberID(high: 1, low: 9)
    let call = bench.admit(member, "rep")
    let deal = try await bench.deal("Machines", call)
    #expect(deal.ownerId == member)
    #expect(try await bench.get(deal, call).ownerId == member)
    let given = try await bench.deal("Tools") { $0.ownerId = member }
    #expect(given.ownerId == member)
  }

  @Test func `enters a stage whose condition names the owner, who is its creator unless given`()
    async throws
  {
    let bench = try await DealsBench()
    let pipeline = try await bench.change(try await bench.pipeline(), "stages") {
      $0.stages[0].entryCondition = "owner_id == '\(bench.reps[0])'"
    }
    let deal = try await bench.deal("Machines", bench.asRep())
    #expect(deal.stage == "new" && deal.ownerId == bench.reps[0])
    let other = await refused { _ = try await bench.deal("Odd", bench.asRep(1)) }
    #expect(other == ["stage"])
    _ = try await bench.change(pipeline, "stages") {
      $0.stages[0].entryCondition = "id == '\(deal.idText)'"
    }
    let unknown = await refused { _ = try await bench.deal("Odd") }
    #expect(unknown == ["stage"], "its id comes later")
  }

  @Test func `is refused a stage whose condition can no longer be read`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.deal("Machines")
    let pipeline = try await bench.pipeline()
    let author = Author(actor: "system:test")
    try await bench.handlers.store.write(bench.tenant, as: author) { transaction in
      var changed = pipeline
      changed.stages[2].entryCondition = "colour == 'red'"
      _ = try transaction.save(changed, before: pipeline, by: NoRules<Pipeline>())
    }
    let refusal = await refusal { _ = try await bench.move(deal, "demo") }
    #expect(refusal?.violations.map(\.field) == ["stage"])
    #expect(refusal?.message.contains("can no longer be read") == true)
  }

  @Test func `rots by the last activity`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.deal("Machines")
    bench.clock.advance(by: .seconds(86_400))
    let moved = try await bench.move(deal, at: 0)
    #expect(moved.rotTime == deal.rotTime && moved.etag == deal.etag)
    let touched = try await bench.change(moved, "next_step") { $0.nextStep = "Call" }
    #expect(touched.rotTime == deal.rotTime.map { $0 + .seconds(86_400) })
    let same = try await bench.change(touched, "next_step") { $0.nextStep = "Call" }
    #expect(same == touched)
    let demo = try await bench.move(touched, "demo")
    #expect(demo.rotTime == bench.clock.now + .seconds(21 * 86_400))
  }
}
