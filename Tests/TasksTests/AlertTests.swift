import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshService
import MeshStore
import MeshTesting
import TasksAPI
import Testing
import TypeAPI

@testable import TasksService

@Suite @LoopActor struct `Reminders and alerts` {
  private let hour = Duration.seconds(3600)

  @Test func `come at their moments, to those who do the task`() async throws {
    let bench = try await TasksBench()
    let due = bench.clock.now + hour * 48
    let task = try await bench.task("Call") { task in
      (task.dueTime, task.assigneeIds) = (due, bench.reps)
      task.reminders = [60, 1440, 10_080].map { TaskReminder(minutes: $0) }
      task.priority = "high"
    }
    try await bench.pass(hour * 24 - .seconds(1))
    #expect(try await bench.alerts().isEmpty, "the one of a week ago is over")
    try await bench.pass(.seconds(1))
    let day = TaskAlert(
      kind: "reminder",
      memberIds: bench.reps,
      time: bench.clock.now,
      minutes: 1440,
      doerIds: bench.reps,
      dueTime: due,
      priority: "high"
    )
    #expect(try await bench.alerts() == [day])
    #expect(try await bench.get(task).alert == day)
    #expect(try await bench.get(task).etag == task.etag, "nobody's edit")
    try await bench.pass(hour * 23)
    try await bench.pass(hour)
    #expect(try await bench.alerts().map(\.kind) == ["reminder", "reminder", "overdue"])
    #expect(try await bench.get(task).overdue)
    #expect(try await bench.list("overdue").map(\.id) == [task.id])
  }

  @Test func `go on to the managers of the teams after the tenant's time, once for each person`()
    async throws
  {
    let bench = try await TasksBench()
    try await bench.begin(bench.tenant, escalationHours: 2)
    let second = TeamID(high: 2, low: 2)
    bench.teams.set(
      [
        bench.team: TeamPlace(manager: bench.manager, members: bench.reps),
        second: TeamPlace(manager: bench.manager, members: [bench.reps[0]]),
      ],
      of: bench.tenant
    )
    let due = bench.clock.now + hour
    _ = try await bench.task("Call") { task in
      (task.dueTime, task.assigneeIds) = (due, bench.reps)
    }
    try await bench.pass(hour)
    try await bench.pass(hour * 2 - .seconds(1))
    #expect(try await bench.alerts().map(\.kind) == ["overdue"])
    try await bench.pass(.seconds(1))
    try await bench.pass(hour * 100)
    let told = try await bench.alerts()
    #expect(told.map(\.kind) == ["overdue", "escalation"])
    #expect(told.last?.memberIds == [bench.manager] && told.last?.late == false)
    #expect(told.last?.doerIds == bench.reps && told.last?.dueTime == due)
    let actions = try await bench.opened.changes().filter { $0.isPartial }.map(\.action)
    #expect(actions == ["overdue", "escalated"])
  }

  @Test func `go to nobody where there is no team, and to its owner where nobody does the task`()
    async throws
  {
    let bench = try await TasksBench()
    bench.teams.set([:], of: bench.tenant)
    _ = try await bench.task("Call", bench.asRep()) { $0.dueTime = bench.clock.now + hour }
    try await bench.pass(hour)
    try await bench.pass(hour * 24)
    #expect(try await bench.alerts().map(\.memberIds) == [[bench.reps[0]]])
  }

  @Test func `are told to nobody twice, whatever is edited, closed and opened again`() async throws
  {
    let bench = try await TasksBench()
    let task = try await bench.task("Call", bench.asRep()) { task in
      task.dueTime = bench.clock.now + hour
      task.reminders = [TaskReminder(minutes: 30)]
    }
    try await bench.pass(hour)
    let done = try await bench.complete(task)
    #expect(!done.overdue)
    let open = try await bench.change(done, "status") { $0.status = "todo" }
    try await bench.pass(.zero)
    #expect(try await bench.get(open).overdue)
    _ = try await bench.change(open, "reminders") { $0.reminders = [] }
    _ = try await bench.change(open, "assignee_ids") { $0.assigneeIds = bench.reps }
    _ = try await bench.change(open, "reminders") { $0.reminders = [TaskReminder(minutes: 5)] }
    try await bench.pass(.zero)
    let alerts = try await bench.alerts()
    // The second rep does it since then.
    let told = [[bench.reps[0]], [bench.reps[0]], [], [bench.reps[1]]]
    #expect(alerts.map(\.memberIds) == told)
    #expect(alerts.map(\.kind) == ["reminder", "overdue", "overdue", "overdue"])
  }

  @Test func `are one where a reminder and the due time coincide`() async throws {
    let bench = try await TasksBench()
    let task = try await bench.task("Call", bench.asRep()) { task in
      (task.dueTime, task.reminders) = (bench.clock.now + hour, [TaskReminder(minutes: 0)])
    }
    try await bench.pass(hour)
    let alerts = try await bench.alerts()
    #expect(alerts.filter { $0.kind == "reminder" }.map(\.memberIds) == [[bench.reps[0]]])
    #expect(alerts.filter { $0.kind == "overdue" }.map(\.memberIds) == [[]])
    #expect(try await bench.get(task).overdue)
    // What is set once the task is overdue reminds nobody.
    _ = try await bench.change(task, "assignee_ids", "reminders") { task in
      task.assigneeIds = bench.reps
      task.reminders = [TaskReminder(minutes: 0), TaskReminder(minutes: 5)]
    }
    try await bench.pass(.zero)
    #expect(try await bench.get(task).alert?.memberIds == [bench.reps[1]])
  }

  @Test func `follow the due time, and end with the task`() async throws {
    let bench = try await TasksBench()
    let moved = try await bench.task("moved") { $0.dueTime = bench.clock.now + hour }
    let done = try await bench.task("done") { $0.dueTime = bench.clock.now + hour }
    let gone = try await bench.task("gone") { $0.dueTime = bench.clock.now + hour }
    _ = try await bench.change(moved, "due_time") { $0.dueTime = bench.clock.now + hour * 3 }
    _ = try await bench.complete(done)
    _ = try await bench.handlers.deleteTask(.init(id: gone.idText), bench.asAdmin())
    try await bench.pass(hour * 2)
    #expect(try await bench.alerts().isEmpty)
    try await bench.pass(hour)
    #expect(try await bench.alerts().count == 1)
    let later = try await bench.change(moved, "due_time") { $0.dueTime = bench.clock.now + hour }
    #expect(!later.overdue)
    _ = try await bench.handlers.undeleteTask(.init(id: gone.idText), bench.asAdmin())
    try await bench.pass(.zero)
    #expect(try await bench.get(gone).overdue)
  }

  @Test func `are not said again of a task that is restored`() async throws {
    let bench = try await TasksBench()
    let task = try await bench.task("Call", bench.asRep()) { $0.dueTime = bench.clock.now + hour }
    try await bench.pass(hour)
    #expect(try await bench.get(task).alert != nil)
    _ = try await bench.handlers.deleteTask(.init(id: task.idText), bench.asAdmin())
    _ = try await bench.handlers.undeleteTask(.init(id: task.idText), bench.asAdmin())
    let change = try #require(try await bench.opened.changes().last)
    let restored = try Task(wire: change.after ?? [])
    #expect(change.action == "undelete" && restored.alert == nil && restored.overdue)
    try await bench.pass(.zero)
    #expect(try await bench.alerts().count == 1)
  }

  @Test func `come late, once and in order after a day of downtime`() async throws {
    let bench = try await TasksBench()
    for (title, hours) in [("second", 3), ("first", 1), ("third", 5)] {
      _ = try await bench.task(title) { $0.dueTime = bench.clock.now + hour * hours }
    }
    try await bench.pass(hour * 24)
    try await bench.timers.takeDue()
    let alerts = try await bench.alerts()
    #expect(alerts.count == 3 && alerts.allSatisfy(\.late))
    #expect(alerts.map(\.time) == alerts.map(\.time).sorted { ($0 ?? .latest) < ($1 ?? .latest) })
  }

  @Test func `are not late with what was over when it was set`() async throws {
    let bench = try await TasksBench()
    _ = try await bench.task("Call", bench.asRep()) { $0.dueTime = bench.clock.now - hour * 1_000 }
    try await bench.pass(.zero)
    #expect(try await bench.alerts().map(\.kind) == ["overdue", "escalation"])
    #expect(try await bench.alerts().map(\.late) == [false, false])
    let soon = try await bench.task("Write", bench.asRep()) { $0.dueTime = bench.clock.now - hour }
    try await bench.pass(.zero)
    try await bench.pass(hour * 48)
    let last = try #require(try await bench.get(soon).alert)
    #expect(last.kind == "escalation" && last.late, "this one the service was down for")
  }

  @Test func `go to active members alone`() async throws {
    let bench = try await TasksBench()
    _ = try await bench.task("Call") { task in
      (task.dueTime, task.assigneeIds) = (bench.clock.now + hour, bench.reps)
    }
    bench.follow(bench.reps[0], "rep", isActive: false)
    try await bench.pass(hour)
    #expect(try await bench.alerts().map(\.memberIds) == [[bench.reps[1]]])
  }
}
