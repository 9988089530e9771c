import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import Synchronization
import TasksAPI
import Testing
import TypeAPI

@testable import TasksService

@Suite @LoopActor struct `A rule that makes tasks` {
  private let hours = Duration.seconds(3600)

  private func lead(_ bench: TasksBench, _ number: UInt64 = 1, score: Int32) -> Lead {
    Lead(
      id: LeadID(high: 3, low: number),
      lastName: "Lead \(number)",
      ownerId: bench.reps[0],
      score: score
    )
  }

  private let hot = "score >= 71 && status != 'contacted'"

  @Test func `makes one for a record of which its condition holds`() async throws {
    let bench = try await TasksBench()
    let rule = try await bench.rule { rule in
      (rule.condition, rule.dueMinutes, rule.priority) = (hot, 30, "high")
      rule.category = "call"
    }
    #expect(rule.active == true)
    let cold = lead(bench, score: 20)
    try await bench.happens("create", from: nil, to: cold)
    try await bench.look()
    #expect(try await bench.list().isEmpty)
    var warm = cold
    warm.score = 80
    try await bench.happens("update", from: cold, to: warm)
    try await bench.look()
    let task = try #require(try await bench.list().first)
    #expect(task.title == "Call them" && task.assigneeIds == [bench.reps[0]])
    #expect(task.ownerId == bench.reps[0] && task.ruleId == rule.id && task.priority == "high")
    #expect(task.related.map(\.description) == [warm.idText] && task.createdBy == "system:tasks")
    #expect(task.dueTime == bench.clock.now + .seconds(1800) && task.category == "call")
    _ = try await bench.complete(task)
    try await bench.happens("update", from: cold, to: warm)
    try await bench.look()
    #expect(try await bench.list().count == 1)
  }

  @Test func `waits while the condition holds, and forgets what was contacted`() async throws {
    let bench = try await TasksBench()
    _ = try await bench.rule { ($0.condition, $0.waitMinutes) = (hot, 240) }
    let (first, second) = (lead(bench, score: 80), lead(bench, 2, score: 90))
    for lead in [first, second] { try await bench.happens("create", from: nil, to: lead) }
    try await bench.look()
    try await bench.pass(hours * 2)
    var called = first
    called.status = "contacted"
    try await bench.happens("update", from: first, to: called)
    var renamed = second
    renamed.lastName = "Other"
    try await bench.happens("update", from: second, to: renamed)
    try await bench.look()
    try await bench.pass(hours * 2 - .seconds(1))
    try await bench.look()
    #expect(try await bench.list().isEmpty)
    try await bench.pass(.seconds(1))
    try await bench.look()
    let tasks = try await bench.list()
    #expect(tasks.map { $0.related.map(\.description) } == [[second.idText]])
  }

  @Test func `reads the record again at the end of the wait`() async throws {
    let bench = try await TasksBench()
    _ = try await bench.rule { ($0.condition, $0.waitMinutes) = (hot, 240) }
    let lead = lead(bench, score: 80)
    try await bench.happens("create", from: nil, to: lead)
    try await bench.look()
    // Nobody has heard of it here yet.
    bench.others.leads.withLock { $0[0].score = 10 }
    try await bench.pass(hours * 4)
    try await bench.look()
    #expect(try await bench.list().isEmpty)
  }

  @Test func `looks at its event alone`() async throws {
    let bench = try await TasksBench()
    for event in ["lead_created", "lead_assigned", "lead_status_changed"] {
      _ = try await bench.rule { ($0.event, $0.title) = (event, event) }
    }
    _ = try await bench.rule { ($0.event, $0.title, $0.active) = ("lead_created", "off", false) }
    var lead = lead(bench, score: 1)
    lead.ownerId = nil
    func made(_ action: String, from before: Lead?, to after: Lead) async throws -> [String] {
      let known = try await bench.list().map(\.title)
      try await bench.happens(action, from: before, to: after)
      try await bench.look()
      return try await bench.list().map(\.title).filter { !known.contains($0) }
    }
    #expect(try await made("create", from: nil, to: lead) == ["lead_created"])
    var owned = lead
    owned.ownerId = bench.reps[1]
    #expect(try await made("update", from: lead, to: owned) == ["lead_assigned"])
    var moved = owned
    moved.status = "contacted"
    #expect(try await made("update", from: owned, to: moved) == ["lead_status_changed"])
    #expect(try await made("undelete", from: nil, to: moved) == [])
  }

  @Test func `goes on once Leads answers again`() async throws {
    let bench = try await TasksBench()
    _ = try await bench.rule { _ in }
    bench.others.isDown.withLock { $0 = true }
    try await bench.happens("create", from: nil, to: lead(bench, score: 1))
    #expect(await refusal { try await bench.look() }?.code == .unavailable)
    bench.others.isDown.withLock { $0 = false }
    try await bench.look()
    #expect(try await bench.list().count == 1)
  }

  @Test
  func `forgets what waits when it is switched off or deleted, and the lead with its deletion`()
    async throws
  {
    let bench = try await TasksBench()
    let rule = try await bench.rule { $0.waitMinutes = 60 }
    let (first, second) = (lead(bench, score: 1), lead(bench, 2, score: 1))
    try await bench.happens("create", from: nil, to: first)
    try await bench.look()
    var off = rule
    off.active = false
    let update = UpdateTaskRuleRequest(taskRule: off, updateMask: .init(paths: ["active"]))
    _ = try await bench.handlers.updateTaskRule(update, bench.asAdmin())
    _ = try await bench.rule { ($0.displayName, $0.waitMinutes) = ("Other", 60) }
    try await bench.happens("create", from: nil, to: second)
    try await bench.look()
    try await bench.happens("delete", from: second, to: nil)
    try await bench.pass(hours)
    try await bench.look()
    #expect(try await bench.list().isEmpty)
  }

  @Test func `gives the task to active members alone`() async throws {
    let bench = try await TasksBench()
    _ = try await bench.rule { $0.assigneeIds = bench.reps }
    bench.follow(bench.reps[0], "rep", isActive: false)
    try await bench.happens("create", from: nil, to: lead(bench, score: 1))
    try await bench.look()
    #expect(try await bench.list().map(\.assigneeIds) == [[bench.reps[1]]])
  }

  @Test func `is refused with the field named, and is for admins`() async throws {
    let bench = try await TasksBench()
    let cases: [(field: String, change: (inout TaskRule) -> Void)] = [
      ("condition", { $0.condition = "scoore > 1" }),
      ("condition", { ($0.event, $0.condition) = ("deal_created", "score > 1") }),
      ("event", { $0.event = "lead_forgotten" }),
      ("title", { $0.title = "" }),
      ("wait_minutes", { $0.waitMinutes = -1 }),
      ("due_minutes", { $0.dueMinutes = -1 }),
      ("category", { $0.category = "golf" }),
      ("assignee_ids[0]", { $0.assigneeIds = [MemberID(high: 9, low: 9)] }),
    ]
    for (field, change) in cases {
      #expect(await refused { _ = try await bench.rule(change) } == [field])
    }
    let rule = try await bench.rule { _ in }
    let denied = await refusal {
      _ = try await bench.handlers.deleteTaskRule(.init(id: rule.idText), bench.asManager)
    }
    #expect(denied?.code == .permissionDenied)
  }
}

@Suite @LoopActor struct `Making tasks of rules now` {
  private func run(_ bench: TasksBench, _ rules: TaskRule...) async throws -> [Int32] {
    let request = AutoCreateForLeadsRequest(filter: "true", ruleIds: rules.compactMap(\.id))
    let response = try await bench.handlers.autoCreateForLeads(request, bench.asManager)
    return [response.created, response.skipped]
  }

  @Test func `answers what was created and skipped, without waits`() async throws {
    let bench = try await TasksBench()
    let hot = try await bench.rule { ($0.condition, $0.waitMinutes) = ("score >= 50", 240) }
    let all = try await bench.rule { $0.displayName = "All" }
    bench.others.leads.withLock { leads in
      leads = (1...5).map { Lead(id: LeadID(high: 3, low: $0), score: Int32($0) * 20) }
    }
    #expect(try await run(bench, hot, all) == [3 + 5, 2])
    #expect(try await run(bench, hot, all) == [0, 10])
    #expect(try await bench.list().allSatisfy { $0.createdBy == "\(bench.manager)" })
  }

  @Test func `takes the place of a task that waits`() async throws {
    let bench = try await TasksBench()
    let rule = try await bench.rule { $0.waitMinutes = 60 }
    let lead = Lead(id: LeadID(high: 3, low: 1))
    try await bench.happens("create", from: nil, to: lead)
    try await bench.look()
    #expect(try await run(bench, rule) == [1, 0])
    try await bench.pass(.seconds(3600))
    try await bench.look()
    #expect(try await bench.list().count == 1)
  }

  @Test func `is refused with the field named`() async throws {
    let bench = try await TasksBench()
    let rule = try await bench.rule { _ in }
    let deal = try await bench.rule { ($0.displayName, $0.event) = ("Deals", "deal_created") }
    #expect(await refused { _ = try await run(bench) } == ["rule_ids"])
    #expect(await refused { _ = try await run(bench, rule, rule) } == ["rule_ids"])
    func fault(_ second: TaskRule) async -> FieldViolation? {
      await refusal { _ = try await run(bench, rule, second) }?.violations.first
    }
    let off = try await bench.rule { ($0.displayName, $0.active) = ("Off", false) }
    for other in [deal, off] {
      let rule = "must be a rule about leads that is switched on"
      #expect(await fault(other) == FieldViolation(field: "rule_ids[1]", description: rule))
    }
    #expect(
      await fault(TaskRule(id: TaskRuleID(high: 9, low: 9)))
        == FieldViolation(field: "rule_ids[1]", description: "does not exist")
    )
    bench.others.leads.withLock { leads in
      leads = (0...1_000).map { Lead(id: LeadID(high: 3, low: $0)) }
    }
    #expect(await refused { _ = try await run(bench, rule) } == ["filter"])
  }
}

@Suite @LoopActor struct `What rules have made` {
  @Test func `is counted by rule and priority in a period, of tasks that the caller reads`()
    async throws
  {
    let bench = try await TasksBench()
    let rule = try await bench.rule { ($0.priority, $0.dueMinutes) = ("urgent", 60) }
    _ = try await bench.rule { $0.displayName = "Never" }
    for number in 1...3 {
      let lead = Lead(
        id: LeadID(high: 3, low: UInt64(number)),
        ownerId: bench.reps[number == 3 ? 1 : 0]
      )
      bench.others.leads.withLock { $0 = [lead] }
      let request = AutoCreateForLeadsRequest(
        filter: "true",
        ruleIds: [rule.id].compactMap { $0 }
      )
      _ = try await bench.handlers.autoCreateForLeads(request, bench.asManager)
      bench.clock.advance(by: .seconds(600))
    }
    let first = try #require(try await bench.list().first)
    _ = try await bench.complete(first)
    try await bench.pass(.seconds(3600))
    func stats(
      _ call: Call,
      from start: Timestamp? = nil
    ) async throws -> [TaskRuleStats] {
      let request = GetAutomationStatsRequest(startTime: start)
      return try await bench.handlers.getAutomationStats(request, call).rules
    }
    let all = try await stats(bench.asAdmin())
    #expect(all.map(\.displayName) == ["Hot", "Never"])
    #expect(all[0].created == 3 && all[0].completed == 1 && all[0].overdue == 2)
    #expect(all[0].priorities.map(\.count) == [0, 0, 0, 3])
    #expect(all[1].created == 0 && all[1].lastRunTime == nil)
    let since = try await stats(bench.asAdmin(), from: first.createTime.map { $0 + .seconds(1) })
    #expect(since[0].created == 2 && since[0].completed == 0)
    #expect(since[0].lastRunTime == all[0].lastRunTime)
    #expect(try await stats(bench.asRep(1))[0].created == 1)
    let many = (0...100).map { TaskRuleID(high: 9, low: UInt64($0)) }
    let fields = await refused {
      let request = GetAutomationStatsRequest(ruleIds: many)
      _ = try await bench.handlers.getAutomationStats(request, bench.asAdmin())
    }
    #expect(fields == ["rule_ids"])
    let now = bench.clock.now
    let backwards = await refused {
      let request = GetAutomationStatsRequest(startTime: now, endTime: now - .microseconds(1))
      _ = try await bench.handlers.getAutomationStats(request, bench.asAdmin())
    }
    #expect(backwards == ["end_time"])
  }
}
