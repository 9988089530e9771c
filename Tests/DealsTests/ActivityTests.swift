import DealsAPI
import EngageAPI
import MeshCore
import MeshLoop
import MeshPeers
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import MeshTesting
import TasksAPI
import Testing
import TypeAPI

@testable import DealsService

private let hour = Duration.seconds(3_600)
private let day = Duration.seconds(86_400)

extension DealsBench {
  fileprivate func hear(_ reaction: Reaction, _ change: Change) async throws {
    let entry = ChangeEntry(
      hearing: change,
      of: tenant,
      by: admin.description,
      at: clock.now
    )
    try await handlers.store.write(tenant, as: Author(actor: "system:deals")) {
      try reaction.apply(entry, $0)
    }
  }

  /// Has the service hear of a note about some records.
  fileprivate func hear(of ids: [String], at time: Timestamp, _ action: String = "create")
    async throws
  {
    var activity = Activity(type: "note", time: time)
    activity.related = ids.compactMap { RecordRef($0) }
    let change = Change(
      action: action,
      object: "activity",
      id: "\(ActivityID(high: 5, low: 1))",
      after: activity.wireBytes()
    )
    try await hear(DealsReactions.activities, change)
  }

  /// Has the service hear of a task about some records, as it is now.
  fileprivate func hear(task id: TaskID, of ids: [String], isOverdue: Bool = false) async throws {
    var task = TasksAPI.Task(id: id, overdue: isOverdue)
    task.related = ids.compactMap { RecordRef($0) }
    let change = Change(action: "update", object: "task", id: "\(id)", after: task.wireBytes())
    try await hear(DealsReactions.tasks, change)
  }

  /// Has the service hear that a task became overdue, or is it no more, as the change log says it.
  fileprivate func hear(task id: TaskID, becomes isOverdue: Bool) async throws {
    func image(_ isOverdue: Bool) -> [UInt8] {
      TasksAPI.Task(id: id, overdue: isOverdue).wireBytes()
    }
    let change = Change(
      action: "update",
      object: "task",
      id: "\(id)",
      before: image(!isOverdue),
      after: image(isOverdue),
      isPartial: true
    )
    try await hear(DealsReactions.tasks, change)
  }

  fileprivate func health(of account: Account) async throws -> Account {
    while try await handlers.rescorer.advance(tenant, by: 2) {}
    let request = GetAccountRequest(id: account.idText)
    return try await handlers.getAccount(request, asAdmin()).message()
  }
}

@Suite @LoopActor struct `A deal of which activities are logged` {
  @Test func `rots later, and stays as it is for whoever edits it`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.deal("Machines")
    bench.clock.advance(by: day)
    let time = bench.clock.now - hour
    try await bench.hear(of: [deal.idText], at: time)
    let known = try await bench.get(deal)
    #expect(known.lastActivityTime == time && known.rotTime == time + day * 14)
    #expect(known.etag == deal.etag && known.updateTime == deal.updateTime)
  }

  @Test
  func `does not go back for an old one, and none that is yet to come counts before its time`()
    async throws
  {
    let bench = try await DealsBench()
    let deal = try await bench.deal("Machines")
    try await bench.hear(of: [deal.idText], at: bench.clock.now - day)
    #expect(try await bench.get(deal) == deal)
    bench.clock.advance(by: day)
    for _ in 0..<2 { try await bench.hear(of: [deal.idText], at: bench.clock.now + day * 30) }
    #expect(try await bench.get(deal).lastActivityTime == bench.clock.now)
  }

  @Test func `never rots once it is closed`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.move(bench.deal("Machines"), "closed_won", win: "price")
    bench.clock.advance(by: day)
    try await bench.hear(of: [deal.idText], at: bench.clock.now)
    let known = try await bench.get(deal)
    #expect(known.rotTime == nil && known.lastActivityTime == bench.clock.now)
  }

  @Test func `goes on with its next edit from there`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.deal("Machines")
    bench.clock.advance(by: day)
    try await bench.hear(of: [deal.idText], at: bench.clock.now)
    let moved = try await bench.move(deal, at: 0)
    #expect(moved.lastActivityTime == bench.clock.now)
    bench.clock.advance(by: day)
    let changed = try await bench.change(moved, "next_step") { $0.nextStep = "Call" }
    #expect(changed.lastActivityTime == bench.clock.now)
  }
}

@Suite @LoopActor struct `An account of which activities are logged` {
  @Test func `is worked on by itself, by its deals and by its contacts`() async throws {
    let bench = try await DealsBench()
    let accounts = [
      try await bench.account("Own"), try await bench.account("Deal's"),
      try await bench.account("Contact's"), try await bench.account("Nobody's"),
    ]
    let deal = try await bench.deal("Machines") { $0.accountId = accounts[1].id }
    let contact = try await bench.contact("Denson") { $0.accountId = accounts[2].id }
    let ids = [accounts[0].idText, deal.idText, contact.idText]
    try await bench.hear(of: ids, at: bench.clock.now)
    var times: [Timestamp?] = []
    for account in accounts {
      let known = try await bench.health(of: account)
      #expect(known.activeIn30Days == (known.lastActivityTime != nil))
      times.append(known.lastActivityTime)
    }
    #expect(times == [bench.clock.now, bench.clock.now, bench.clock.now, nil])
  }

  @Test func `is healthier for 30 days`() async throws {
    let bench = try await DealsBench()
    let account = try await bench.account("Acme")
    #expect(try await bench.health(of: account).healthScore == 15)
    try await bench.hear(of: [account.idText], at: bench.clock.now)
    let known = try await bench.health(of: account)
    #expect(known.healthScore == 40 && known.etag == account.etag)
    let runner = RescoringRunner(
      bench.handlers.rescorer,
      Log(service: "test", level: .error),
      today: bench.handlers.peers.today
    )
    bench.clock.advance(by: day * 29)
    var days = await runner.renew()
    #expect(try await bench.health(of: account).healthScore == 40)
    bench.clock.advance(by: day + hour)
    days = await runner.renew(but: days)
    #expect(!days.isEmpty)
    let idle = try await bench.health(of: account)
    #expect(idle.healthScore == 15 && !idle.activeIn30Days)
    #expect(idle.lastActivityTime == known.lastActivityTime)
  }

  @Test func `is found by it and listed in its order`() async throws {
    let bench = try await DealsBench()
    var names: [String] = []
    for name in ["First", "Second", "Never"] {
      let account = try await bench.account(name)
      if name != "Never" { try await bench.hear(of: [account.idText], at: bench.clock.now) }
      bench.clock.advance(by: hour)
    }
    let request = ListAccountsRequest(orderBy: "last_activity_time desc")
    names = try await bench.handlers.listAccounts(request, bench.asAdmin()).message()
      .accounts.map(\.name)
    #expect(names == ["Second", "First", "Never"])
  }
}

@Suite @LoopActor struct `An account about which tasks are overdue` {
  private let task = TaskID(high: 5, low: 1)

  @Test func `knows it for as long as one is, whether it names the account or its deal`()
    async throws
  {
    let bench = try await DealsBench()
    let account = try await bench.account("Acme")
    let deal = try await bench.deal("Machines") { $0.accountId = account.id }
    let second = TaskID(high: 5, low: 2)
    try await bench.hear(task: task, of: [account.idText])
    try await bench.hear(task: second, of: [deal.idText], isOverdue: true)
    #expect(try await bench.health(of: account).hasOverdue)
    try await bench.hear(task: task, becomes: true)
    try await bench.hear(task: second, becomes: false)
    let late = try await bench.health(of: account)
    #expect(late.hasOverdue && late.healthScore == 25)
    try await bench.hear(task: task, becomes: false)
    let known = try await bench.health(of: account)
    #expect(!known.hasOverdue && known.healthScore == 40 && known.etag == account.etag)
  }

  @Test func `knows no more of a task that is about another, or gone`() async throws {
    let bench = try await DealsBench()
    let (old, new) = (try await bench.account("Old"), try await bench.account("New"))
    try await bench.hear(task: task, of: [old.idText], isOverdue: true)
    #expect(try await bench.health(of: old).hasOverdue)
    try await bench.hear(task: task, of: [new.idText], isOverdue: true)
    #expect(try await !bench.health(of: old).hasOverdue)
    #expect(try await bench.health(of: new).hasOverdue)
    let bytes = TasksAPI.Task(id: task, overdue: true).wireBytes()
    let deletion = Change(action: "delete", object: "task", id: "\(task)", before: bytes)
    try await bench.hear(DealsReactions.tasks, deletion)
    #expect(try await !bench.health(of: new).hasOverdue)
    // A change to its alerts, which does not name the account, alters nothing.
    try await bench.hear(task: task, becomes: true)
    #expect(try await !bench.health(of: new).hasOverdue)
  }
}
