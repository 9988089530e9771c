import DealsAPI
import EngageAPI
import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import MeshTesting
import RecordsAPI
import TasksAPI
import Testing
import TypeAPI

@testable import EngageService

extension EngageBench {
  /// Has the service hear that the lead was given to a member.
  func assign(
    _ id: LeadID? = nil,
    to member: MemberID?,
    from owner: MemberID? = nil,
    _ action: String = "update",
    by actor: MemberID? = nil
  ) async throws {
    let id = id ?? lead
    let before = action == "create" ? nil : Lead(id: id, ownerId: owner)
    let after = Lead(id: id, ownerId: member)
    try await hear("lead", "\(id)", action, from: before, to: after, by: actor?.description)
  }

  fileprivate func read(_ notification: EngageAPI.Notification) async throws
    -> EngageAPI.Notification
  {
    try await handlers.readNotification(.init(id: notification.idText), asRep())
  }
}

@Suite @LoopActor struct `A member is told` {
  @Test func `of a lead that somebody gives them, new or old`() async throws {
    let bench = try await EngageBench()
    try await bench.assign(to: bench.reps[0], from: bench.reps[1])
    try await bench.assign(to: bench.reps[0], "create")
    let told = try await bench.told()
    #expect(told.map(\.kind) == ["lead_assigned", "lead_assigned"])
    let first = try #require(told.first)
    #expect(
      first.record?.description == "\(bench.lead)" && first.title == "A lead was assigned to you"
    )
    #expect(first.actor == bench.admin.description && first.state == "unread")
    #expect(first.count == 1 && first.readTime == nil && first.priority == "normal")
    #expect(try await bench.told(1).isEmpty)
  }

  @Test func `nothing of their own act, of a lead that stays theirs, or that came back`()
    async throws
  {
    let bench = try await EngageBench()
    try await bench.assign(to: bench.reps[0], by: bench.reps[0])
    try await bench.assign(to: bench.reps[0], from: bench.reps[0])
    try await bench.hear("lead", "\(bench.lead)", "undelete", to: Lead(ownerId: bench.reps[0]))
    try await bench.assign(to: nil, from: bench.reps[0])
    #expect(try await bench.told().isEmpty)
  }

  @Test func `that a lead can be converted, also when they did the last step`() async throws {
    let bench = try await EngageBench()
    let image = Lead(id: bench.lead, ownerId: bench.reps[0])
    try await bench.hear(
      "lead",
      "\(bench.lead)",
      "conversion_ready",
      from: image,
      to: image,
      by: bench.reps[0].description,
      isPartial: true
    )
    #expect(try await bench.told().map(\.kind) == ["conversion_ready"])
  }

  @Test func `that somebody moved a deal of theirs, and not that they did`() async throws {
    let bench = try await EngageBench()
    let pipeline = PipelineID(high: 8, low: 1)
    func deal(in stage: String) -> Deal {
      Deal(id: bench.deal, pipelineId: pipeline, stage: stage, ownerId: bench.reps[0])
    }
    let (before, after) = (deal(in: "quote_sent"), deal(in: "agreed"))
    try await bench.hear("deal", "\(bench.deal)", "move", from: before, to: after)
    try await bench.hear("deal", "\(bench.deal)", "update", from: after, to: after)
    let own = bench.reps[0].description
    try await bench.hear("deal", "\(bench.deal)", "move", from: before, to: after, by: own)
    let told = try await bench.told()
    #expect(told.map(\.kind) == ["deal_stage_changed"])
    #expect(told.first?.message == "From quote sent to agreed", "while the pipeline is not known")
    let stages = [("quote_sent", "Quote sent!"), ("agreed", "Handshake!")].map { key, name in
      Stage(key: key, displayName: name)
    }
    bench.reacting.stages.take(Pipeline(id: pipeline, stages: stages), of: bench.tenant)
    bench.clock.advance(by: .seconds(1))
    try await bench.hear("deal", "\(bench.deal)", "move", from: before, to: after)
    #expect(try await bench.told().first?.message == "From Quote sent! to Handshake!")
    let gone = deal(in: "taken_away")
    bench.clock.advance(by: .seconds(1))
    try await bench.hear("deal", "\(bench.deal)", "move", from: gone, to: after)
    #expect(try await bench.told().first?.message == "From taken away to Handshake!")
  }

  @Test func `of tasks that are given to them, and of those they made when these are done`()
    async throws
  {
    let bench = try await EngageBench()
    let id = TaskID(high: 5, low: 1)
    for member in bench.reps { bench.others.open(TypeID(id), to: member) }
    var task = TasksAPI.Task(id: id, assigneeIds: [bench.reps[1]])
    task.createdBy = bench.reps[0].description
    try await bench.hear("task", "\(id)", "create", to: task, by: task.createdBy)
    var done = task
    (done.completeTime, done.status) = (bench.clock.now, "completed")
    let actor = bench.reps[1].description
    try await bench.hear("task", "\(id)", "complete", from: task, to: done, by: actor)
    try await bench.hear("task", "\(id)", from: done, to: done, by: actor)
    #expect(try await bench.told(1).map(\.kind) == ["task_assigned"])
    #expect(try await bench.told(0).map(\.kind) == ["task_completed"])
  }

  @Test func `of the moments of a task, each once, late ones as late`() async throws {
    let bench = try await EngageBench()
    let id = TaskID(high: 5, low: 1)
    bench.others.open(TypeID(id), to: bench.reps[0])
    var last = TasksAPI.Task(id: id)
    for (kind, minutes, isLate) in [
      ("reminder", 60, false), ("overdue", 0, true), ("escalation", 0, false),
    ] as [(String, Int32, Bool)] {
      var task = TasksAPI.Task(id: id)
      task.alert = TaskAlert(
        kind: kind,
        memberIds: [bench.reps[0]],
        minutes: minutes,
        late: isLate,
        priority: isLate ? "urgent" : "medium"
      )
      let system = "system:tasks"
      for before in [last, task] {
        try await bench.hear("task", "\(id)", from: before, to: task, by: system, isPartial: true)
      }
      last = task
      bench.clock.advance(by: .seconds(1))
    }
    try await bench.hear("task", "\(id)", "undelete", to: last, by: "system:tasks")
    let told = try await Array(bench.told().reversed())
    #expect(told.map(\.kind) == ["task_reminder", "task_overdue", "task_overdue"])
    #expect(told.map(\.late) == [false, true, false])
    #expect(told.map(\.title)[2] == "A task of your team is overdue")
    #expect(told.first?.message == "In 1 hour")
    #expect(told.map(\.priority) == ["normal", "urgent", "normal"])
  }

  @Test func `whose task of their team is overdue, and since when`() async throws {
    let bench = try await EngageBench()
    let id = TaskID(high: 5, low: 1)
    bench.others.open(TypeID(id), to: bench.reps[0])
    let gone = MemberID(high: 9, low: 9)
    for doers in [[bench.reps[1]], [bench.admin, bench.reps[1], gone], [gone]] {
      var task = TasksAPI.Task(id: id)
      task.alert = TaskAlert(
        kind: "escalation",
        memberIds: [bench.reps[0]],
        doerIds: doers,
        dueTime: bench.clock.now
      )
      let before = TasksAPI.Task(id: id)
      try await bench.hear("task", "\(id)", "escalated", from: before, to: task, isPartial: true)
    }
    let told = try await bench.told()
    // The bench begins on the first day of 2026, which is the last of 2025 in New York.
    let since = "since 2025-12-31 19:00 (America/New_York)"
    #expect(
      Set(told.map(\.message)) == [
        "rep 3, \(since)", "admin 1, rep 3 and 1 other, \(since)", "1 member, \(since)",
      ]
    )
  }

  @Test func `how an import of theirs has ended`() async throws {
    let bench = try await EngageBench()
    func hear(_ object: String, _ state: RecordImportState, _ failure: String = "") async throws {
      var job = RecordImport(state: state, created: 1, refused: 2, failure: failure, updated: 4)
      job.creator = bench.reps[0].description
      try await bench.hear(object, "import_x", to: job, by: "system:leads")
    }
    try await hear("import", .running)
    try await hear("import", .succeeded)
    bench.clock.advance(by: .seconds(1))
    try await hear("record_import", .failed, "the disk is full")
    let told = try await bench.told()
    #expect(told.map(\.kind) == ["system_alert", "system_alert"])
    #expect(told.map(\.title) == ["An import has failed", "An import has ended"])
    #expect(told.map(\.message) == ["the disk is full", "Rows: 1 created, 4 updated, 2 refused."])
    #expect(told.map(\.priority) == ["high", "normal"] && told.allSatisfy { $0.record == nil })
  }

  @Test func `of 20 one by one, and of those that follow by one that is always shown`() async throws
  {
    let bench = try await EngageBench()
    for number in 1...25 {
      let id = LeadID(high: 6, low: UInt64(number))
      bench.others.open(TypeID(id), to: bench.reps[0])
      try await bench.assign(id, to: bench.reps[0], "create")
    }
    let told = try await bench.told()
    #expect(told.count == 21 && told.map(\.count).reduce(0, +) == 25)
    #expect(Set(told.compactMap(\.record)).count == 20)
    for number in 1...25 {
      bench.others.close(TypeID(LeadID(high: 6, low: UInt64(number))), to: bench.reps[0])
    }
    let last = try await bench.told()
    #expect(last.map(\.title) == ["More leads were assigned to you"])
    #expect(last.map(\.message) == ["5 more"] && last.map(\.count) == [5])
    #expect(last.first?.record == nil && last.first?.state == "unread")
    bench.clock.advance(by: .seconds(3_601))
    try await bench.assign(to: bench.reps[0])
    #expect(try await bench.told().map(\.count) == [1, 5])
  }

  @Test func `of what two do by turns by few, and again one by one once these are read`()
    async throws
  {
    let bench = try await EngageBench()
    for _ in 0..<50 {
      for actor in [bench.admin, bench.reps[1]] {
        try await bench.assign(to: bench.reps[0], by: actor)
      }
      bench.clock.advance(by: .seconds(30))
    }
    let told = try await bench.told()
    #expect(told.count == 42 && told.map(\.count).reduce(0, +) == 100)
    #expect(told.filter { $0.record == nil }.map(\.actor).count == 2)
    _ = try await bench.handlers.readAllNotifications(.init(), bench.asRep())
    try await bench.assign(to: bench.reps[0])
    let next = try await bench.told(0, "state == 'unread'")
    #expect(next.map(\.count) == [1] && next.first?.record != nil)
  }
}

@Suite @LoopActor struct `A notification` {
  @Test func `is read, unread and archived by its member, and by no other`() async throws {
    let bench = try await EngageBench()
    try await bench.assign(to: bench.reps[0])
    let new = try #require(try await bench.told().first)
    bench.clock.advance(by: .seconds(60))
    let read = try await bench.read(new)
    #expect(read.state == "read" && read.readTime == bench.clock.now)
    bench.clock.advance(by: .seconds(60))
    #expect(try await bench.read(new).readTime == read.readTime)
    #expect(try await bench.unread().count == 0)
    let archived = try await bench.handlers.archiveNotification(
      .init(id: new.idText),
      bench.asRep()
    )
    #expect(archived.state == "archived" && archived.archiveTime == bench.clock.now)
    #expect(archived.readTime == read.readTime)
    let back = try await bench.handlers.unreadNotification(.init(id: new.idText), bench.asRep())
    #expect(back.state == "unread" && back.readTime == nil && back.archiveTime == nil)
    for call in [bench.asRep(1), bench.asAdmin] {
      let refusal = await refusal {
        _ = try await bench.handlers.readNotification(.init(id: new.idText), call)
      }
      #expect(refusal?.code == .notFound)
    }
  }

  @Test func `that is archived unread is read with it`() async throws {
    let bench = try await EngageBench()
    try await bench.assign(to: bench.reps[0])
    let new = try #require(try await bench.told().first)
    let archived = try await bench.handlers.archiveNotification(
      .init(id: new.idText),
      bench.asRep()
    )
    #expect(archived.readTime == bench.clock.now)
    let request = UnarchiveNotificationRequest(id: new.idText)
    let back = try await bench.handlers.unarchiveNotification(request, bench.asRep())
    #expect(back.state == "read" && back.archiveTime == nil)
  }

  @Test func `is read with all others of its member`() async throws {
    let bench = try await EngageBench()
    for _ in 0..<3 {
      try await bench.assign(to: bench.reps[0])
      try await bench.assign(to: bench.reps[1])
    }
    let answer = try await bench.handlers.readAllNotifications(.init(), bench.asRep())
    #expect(answer.read == 3)
    #expect(try await bench.told().allSatisfy { $0.state == "read" && $0.readTime != nil })
    bench.others.open(TypeID(bench.lead), to: bench.reps[1])
    #expect(try await bench.unread(1).count == 3)
    #expect(try await bench.handlers.readAllNotifications(.init(), bench.asRep()).read == 0)
  }

  @Test func `is listed before those that were read, newest first`() async throws {
    let bench = try await EngageBench()
    for number in 0..<4 {
      let id = LeadID(high: 6, low: UInt64(number))
      bench.others.open(TypeID(id), to: bench.reps[0])
      try await bench.assign(id, to: bench.reps[0])
      bench.clock.advance(by: .seconds(60))
    }
    let told = try await bench.told()
    let times = told.map(\.createTime)
    #expect(times == times.sorted { ($0 ?? .earliest) > ($1 ?? .earliest) })
    _ = try await bench.read(told[0])
    _ = try await bench.handlers.archiveNotification(.init(id: told[1].idText), bench.asRep())
    let order = try await bench.told().map(\.id)
    #expect(order == [told[2], told[3], told[0], told[1]].map(\.id))
    #expect(try await bench.told(0, "state != 'archived'").count == 3)
    #expect(try await bench.told(0, "kind == 'task_overdue'").isEmpty)
  }

  @Test func `is shown as long as its member may read the record, and counted as shown`()
    async throws
  {
    let bench = try await EngageBench()
    try await bench.assign(to: bench.reps[0])
    #expect(try await bench.unread().count == 1)
    bench.others.close(TypeID(bench.lead), to: bench.reps[0])
    #expect(try await bench.told().isEmpty)
    #expect(try await bench.unread().count == 0)
    #expect(try await bench.handlers.readAllNotifications(.init(), bench.asRep()).read == 0)
    bench.others.open(TypeID(bench.lead), to: bench.reps[0])
    #expect(try await bench.unread().count == 1)
    bench.others.fail(["leads"])
    let page = try await bench.handlers.listNotifications(.init(), bench.asRep()).message()
    #expect(page.notifications.isEmpty && page.gaps == ["leads"])
    #expect(try await bench.unread().gaps == ["leads"])
  }

  @Test func `is as if it were not to whoever may not read its record`() async throws {
    let bench = try await EngageBench()
    try await bench.assign(to: bench.reps[0])
    let new = try #require(try await bench.told().first)
    let (id, handlers, call) = (new.idText, bench.handlers, bench.asRep())
    let services = RecordServices([handlers.notifications], handlers.store)
    let asking: [@LoopActor () async throws -> Void] = [
      { _ = try await handlers.readNotification(.init(id: id), call) },
      { _ = try await handlers.unreadNotification(.init(id: id), call) },
      { _ = try await handlers.archiveNotification(.init(id: id), call) },
      { _ = try await handlers.unarchiveNotification(.init(id: id), call) },
      { _ = try await services.history(ListHistoryRequest(id: id), call) },
      { _ = try await services.permissions(PermissionsRequest(id: id), call) },
    ]
    func known() async throws -> [Bool] {
      let resolved = try await services.resolve(ResolveRequest(ids: [id]), call).records
      let checked = try await services.check(CheckRequest(ids: [id], action: "read"), call).records
      return resolved.map { $0.exists && !$0.title.isEmpty } + checked.map(\.exists)
    }
    #expect(try await known() == [true, true])
    bench.others.close(TypeID(bench.lead), to: bench.reps[0])
    for ask in asking { #expect(await refusal(ask)?.code == .notFound) }
    #expect(try await known() == [false, false])
    bench.others.fail(["leads"])
    for ask in asking { #expect(await refusal(ask)?.code == .unavailable) }
    bench.others.fail([])
    bench.others.open(TypeID(bench.lead), to: bench.reps[0])
    #expect(try await bench.told().map(\.state) == ["unread"])
    for ask in asking { #expect(await refusal(ask) == nil) }
  }

  @Test func `goes when its member has a thousand newer ones, those that were archived first`()
    async throws
  {
    let bench = try await EngageBench()
    let author = Author(actor: "system:engage")
    func tell(_ count: Int) async throws {
      bench.clock.advance(by: .seconds(61))
      try await bench.handlers.store.write(bench.tenant, as: author) { transaction in
        for number in 0..<count {
          var notice = Notice("system_alert")
          notice.actor = "system:\(number)"
          try transaction.tell([bench.reps[0]], notice)
        }
      }
    }
    try await tell(500)
    let archived = try #require(try await bench.told().first)
    _ = try await bench.handlers.archiveNotification(.init(id: archived.idText), bench.asRep())
    try await tell(500)
    #expect(try await bench.handlers.readAllNotifications(.init(), bench.asRep()).read == 999)
    #expect(try await bench.told(0, "state == 'archived'").count == 1)
    try await tell(1)
    #expect(try await bench.told(0, "state == 'archived'").isEmpty)
    try await tell(2)
    #expect(try await bench.unread().count == 3)
    let all = try await bench.handlers.store.read(bench.tenant) { transaction in
      try transaction.value("SELECT count(*) FROM notifications", as: Int.self)
    }
    #expect(all == 1_000)
  }
}
