import DealsAPI
import MeshCore
import MeshLoop
import MeshPeers
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import DealsService
@testable import MeshService

@Suite @LoopActor struct `The health of an account` {
  @Test func `has a reason for each rule, and says what is not measured`() async throws {
    let bench = try await DealsBench()
    let account = try await bench.account("Acme")
    #expect(account.healthScore == nil && account.health.isEmpty)
    let known = try await bench.health(of: account)
    #expect(known.healthScore == 15 && known.health == "poor")
    #expect(
      known.healthReasons.map { "\($0.points) \($0.name): \($0.state)" } == [
        "25 Activity within 30 days: not_met", "25 Open deal or subscription: not_met",
        "20 Won in 12 months: not_met", "15 No ticket past its SLA: not_measured",
        "15 Nothing overdue: met",
      ]
    )
    #expect(known.healthReasons.allSatisfy { $0.ruleId != nil })
    #expect(known.etag == account.etag && known.updateTime == account.updateTime)
  }

  @Test func `tells whoever reads the account whether and when, not how many or how much`()
    async throws
  {
    let bench = try await DealsBench()
    let account = try await bench.account("Acme")
    _ = try await bench.deal("Hidden") {
      ($0.accountId, $0.ownerId) = (account.id, bench.admin)
      $0.amount = Money(amountMinor: 1_234_500, currency: .usd)
    }
    let known = try await bench.health(of: account)
    let request = GetAccountRequest(id: account.idText)
    let seen = try await bench.handlers.getAccount(request, bench.asRep(0)).message()
    #expect(seen.hasOpenDeal && seen.healthScore == known.healthScore)
    let computed = Account.schema.generated.filter { !$0.isInput }
    let sizes = computed.filter { [FieldType.integer, .decimal, .money].contains($0.type) }
    #expect(sizes.map(\.name) == ["health_score"])
  }

  @Test func `follows its deals as they open, close, open again, go and come back`() async throws {
    let bench = try await DealsBench()
    let account = try await bench.account("Acme")
    func score() async throws -> Int32? { try await bench.health(of: account).healthScore }
    let deal = try await bench.deal("First") { $0.accountId = account.id }
    #expect(try await score() == 40)
    _ = try await bench.move(deal, "closed_won", win: "price")
    #expect(try await score() == 35)
    _ = try await bench.handlers.reopenDeal(.init(id: deal.idText), bench.asAdmin())
    #expect(try await score() == 40)
    _ = try await bench.move(deal, "closed_lost", loss: "timing")
    #expect(try await score() == 15)
    let second = try await bench.deal("Second") {
      ($0.accountId, $0.stage, $0.winReason) = (account.id, "closed_won", "price")
    }
    let third = try await bench.deal("Third") { $0.accountId = account.id }
    let both = try await bench.health(of: account)
    #expect(both.healthScore == 60 && both.health == "fair")
    #expect(both.hasOpenDeal && both.wonIn12Months && both.lastWonDate == second.closeDate)
    let delete = DeleteDealRequest(id: third.idText)
    _ = try await bench.handlers.deleteDeal(delete, bench.asAdmin())
    #expect(try await score() == 35)
    _ = try await bench.handlers.undeleteDeal(.init(id: third.idText), bench.asAdmin())
    #expect(try await score() == 60)
  }

  @Test func `goes with a deal that moves to another account`() async throws {
    let bench = try await DealsBench()
    let (old, new) = (try await bench.account("Old"), try await bench.account("New"))
    let deal = try await bench.deal("Deal") { $0.accountId = old.id }
    #expect(try await bench.health(of: old).hasOpenDeal)
    _ = try await bench.change(deal, "account_id") { $0.accountId = new.id }
    #expect(try await !bench.health(of: old).hasOpenDeal)
    #expect(try await bench.health(of: new).hasOpenDeal)
  }

  @Test func `goes back when a conversion is undone`() async throws {
    let bench = try await DealsBench()
    let account = try await bench.account("Acme")
    let lead = LeadID(high: 7, low: 1)
    let system = TestCaller.system("leads", in: bench.tenant)
    var (contact, deal) = (Contact(lastName: "Denson"), Deal(name: "Chargers"))
    (contact.ownerId, deal.ownerId) = (bench.reps[0], bench.reps[0])
    var request = MakeConversionRequest(leadId: lead, contact: contact, deal: deal)
    request.accountId = account.id
    _ = try await bench.handlers.makeConversion(request, system)
    #expect(try await bench.health(of: account).healthScore == 40)
    let undo = UndoConversionRequest(leadId: lead)
    _ = try await bench.handlers.undoConversion(undo, system)
    #expect(try await bench.health(of: account).healthScore == 15)
  }

  @Test func `forgets a win once 365 days have gone by, without any change`() async throws {
    let bench = try await DealsBench()
    let account = try await bench.account("Acme")
    _ = try await bench.deal("Old") {
      ($0.accountId, $0.stage, $0.winReason) = (account.id, "closed_won", "price")
      ($0.startDate, $0.closeDate) = (CalendarDate("2024-12-01"), CalendarDate("2024-12-31"))
    }
    // The evening of 31 December 2025 in New York.
    #expect(try await bench.health(of: account).healthScore == 35)
    let runner = RescoringRunner(
      bench.handlers.rescorer,
      Log(service: "test", level: .error),
      today: bench.handlers.peers.today
    )
    var days = await runner.renew()
    #expect(try await bench.health(of: account).healthScore == 35)
    bench.clock.advance(by: .seconds(86_400))
    days = await runner.renew(but: days)
    #expect(days[bench.tenant] == CalendarDate("2026-01-01"))
    let later = try await bench.health(of: account)
    #expect(later.healthScore == 15 && !later.wonIn12Months)
    #expect(later.lastWonDate == CalendarDate("2024-12-31"))
  }

  @Test func `is in the account's history, as the service's`() async throws {
    let bench = try await DealsBench()
    let account = try await bench.account("Acme")
    _ = try await bench.health(of: account)
    _ = try await bench.deal("Deal") { $0.accountId = account.id }
    _ = try await bench.health(of: account)
    let history = try await bench.handlers.listAccountHistory(
      ListHistoryRequest(id: account.idText),
      bench.asAdmin()
    )
    let last = try #require(history.entries.first)
    #expect(last.actor == "system:deals" && last.action == "update")
    let score = try #require(last.changes.first { $0.field == "health_score" })
    #expect(score.old == "15" && score.new == "40")
    #expect(history.entries.map(\.action) == ["update", "update", "create"])
  }

  @Test func `orders and filters a list`() async throws {
    let bench = try await DealsBench()
    let (poor, fair) = (try await bench.account("Poor"), try await bench.account("Fair"))
    for stage in ["new", "closed_won"] {
      _ = try await bench.deal(stage) {
        ($0.accountId, $0.stage) = (fair.id, stage)
        if stage != "new" { $0.winReason = "price" }
      }
    }
    _ = try await bench.health(of: poor)
    func names(_ request: ListAccountsRequest) async throws -> [String] {
      try await bench.handlers.listAccounts(request, bench.asAdmin()).message().accounts.map(\.name)
    }
    let falling = ListAccountsRequest(orderBy: "health_score desc")
    #expect(try await names(falling) == ["Fair", "Poor"])
    let filter = "health == 'fair' && health_score >= 40 && has_open_deal && won_in_12_months"
    #expect(try await names(ListAccountsRequest(filter: filter)) == ["Fair"])
  }

  @Test func `cannot be set by anyone`() async throws {
    let bench = try await DealsBench()
    let account = try await bench.account("Acme") {
      ($0.healthScore, $0.health, $0.hasOpenDeal) = (100, "good", true)
    }
    #expect(account.healthScore == nil && account.health.isEmpty && !account.hasOpenDeal)
  }

  @Test func `is looked up however many deals an account has`() async throws {
    let log = PlanLog()
    let bench = try await DealsBench(plans: log)
    let account = try await bench.account("Acme")
    for number in 0..<20 {
      _ = try await bench.deal("Deal \(number)") {
        ($0.accountId, $0.stage) = (account.id, number % 2 == 0 ? "closed_won" : "closed_lost")
        ($0.winReason, $0.lossReason) = ("price", "timing")
      }
    }
    _ = try await bench.deal("Open") { $0.accountId = account.id }
    try await bench.opened.multiply("deals", of: bench.tenant, doublings: 7, others: 3)
    try bench.opened.settle("deals")
    _ = log.take()
    #expect(try await bench.health(of: account).healthScore == 60)
    let plans = log.take().filter { $0.statement.contains("FROM deals") }
    #expect(plans.count >= 2)
    #expect(plans.compactMap { PlanRule().fault(of: $0) } == [])
  }

  @Test func `is computed in the background, as soon as a deal changes it`() async throws {
    let bench = try await DealsBench()
    let store = bench.handlers.store
    let runner = RescoringRunner(bench.handlers.rescorer, Log(service: "test", level: .error))
    let running = Task.immediate { @LoopActor in await runner.run() }
    defer { running.cancel() }
    let account = try await bench.account("Acme")
    _ = try await bench.deal("Deal") { $0.accountId = account.id }
    var (place, score): (Int64, Int32?) = (0, nil)
    while score != 40 {
      let batch = try await store.changes(
        after: place,
        max: 100,
        objects: ["account"],
        wait: .seconds(30)
      )
      guard !batch.entries.isEmpty else { break }
      place = batch.position
      score = try batch.entries.last?.after.flatMap { try Account(wire: $0).healthScore }
    }
    #expect(score == 40)
  }
}

@Suite @LoopActor struct `A health rule` {
  @Test func `gives its points to all accounts that meet it, and takes them when it goes`()
    async throws
  {
    let bench = try await DealsBench()
    let partner = try await bench.account("Partner") { $0.type = "partner" }
    let other = try await bench.account("Other")
    let rule = try await bench.rule("type == 'partner'", 80)
    #expect(try await bench.health(of: partner).health == "good")
    #expect(try await bench.health(of: other).healthScore == 15)
    var changed = rule
    changed.points = -50
    let update = UpdateHealthRuleRequest(
      healthRule: changed,
      updateMask: .init(paths: ["points"])
    )
    _ = try await bench.handlers.updateHealthRule(update, bench.asAdmin())
    let met = try await bench.health(of: partner)
    #expect(met.healthScore == 0, "never below 0")
    #expect(met.healthReasons.last?.points == -50 && met.healthReasons.last?.state == "met")
    _ = try await bench.handlers.deleteHealthRule(.init(id: rule.idText), bench.asAdmin())
    #expect(try await bench.health(of: partner).healthReasons.count == 5)
  }

  @Test func `follows a change of the account itself`() async throws {
    let bench = try await DealsBench()
    _ = try await bench.rule("employees >= 200", 30)
    let account = try await bench.account("Acme")
    #expect(try await bench.health(of: account).healthScore == 15)
    _ = try await bench.change(account, "employees") { $0.employees = 500 }
    #expect(try await bench.health(of: account).healthScore == 45)
  }

  @Test func `does not count while it is switched off`() async throws {
    let bench = try await DealsBench()
    let account = try await bench.account("Acme")
    _ = try await bench.rule("true", 30, isActive: false)
    let known = try await bench.health(of: account)
    #expect(known.healthScore == 15 && known.healthReasons.count == 5)
  }

  @Test func `is refused for a condition that cannot be read, one over health, and 0 points`()
    async throws
  {
    let bench = try await DealsBench()
    for condition in ["emplyees > 1", "health_score > 1", "health == 'good'", "type =", "1 + 1"] {
      #expect(await refused { _ = try await bench.rule(condition, 5) } == ["condition"])
    }
    #expect(await refused { _ = try await bench.rule("true", 0) } == ["points"])
    #expect(try await bench.rule("!has_overdue || active_in_30_days", 1).active == true)
  }

  @Test func `is read by everybody and set by admins`() async throws {
    let bench = try await DealsBench()
    let rules = try await bench.handlers.listHealthRules(.init(), bench.asRep()).message()
    #expect(rules.healthRules.map(\.points).sorted() == [15, 15, 20, 25, 25])
    let rule = try await bench.rule("true", 5)
    let refused = await refusal {
      let delete = DeleteHealthRuleRequest(id: rule.idText)
      _ = try await bench.handlers.deleteHealthRule(delete, bench.asManager)
    }
    #expect(refused?.code == .permissionDenied)
  }
}

extension DealsBench {
  /// An account once what waits in the background is done, some accounts at a time.
  fileprivate func health(of account: Account) async throws -> Account {
    while try await handlers.rescorer.advance(tenant, by: 2) {}
    let request = GetAccountRequest(id: account.idText)
    return try await handlers.getAccount(request, asAdmin()).message()
  }

  fileprivate func rule(
    _ condition: String,
    _ points: Int32,
    isActive: Bool? = nil
  ) async throws -> HealthRule {
    let rule = HealthRule(
      displayName: condition,
      condition: condition,
      points: points,
      active: isActive
    )
    return try await handlers.createHealthRule(
      CreateHealthRuleRequest(healthRule: rule),
      asAdmin()
    )
  }
}
