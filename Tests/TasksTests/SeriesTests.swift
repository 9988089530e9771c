import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshService
import MeshTesting
import TasksAPI
import Testing
import TypeAPI

@testable import TasksService

@Suite @LoopActor struct `A series` {
  /// Friday, 27 March 2026, 9:00 in Berlin; clocks are set forward that Sunday.
  private let friday = Timestamp(rfc3339: "2026-03-27T08:00:00Z") ?? .earliest

  private func series(
    _ bench: TasksBench,
    _ rule: String = "FREQ=DAILY",
    on next: String = "",
    _ change: (inout Task) -> Void = { _ in }
  ) async throws -> Task {
    try await bench.task("Report", bench.asRep()) { task in
      task.dueTime = friday
      task.recurrence = TaskRecurrence(rule: rule, nextOn: next)
      change(&task)
    }
  }

  /// The open instances, by the texts of their due times.
  private func open(_ bench: TasksBench) async throws -> [String] {
    try await bench.list("!closed").map { $0.dueTime?.rfc3339 ?? "" }
  }

  @Test func `goes on when an instance is completed, once, by the clocks of its zone`() async throws
  {
    let bench = try await TasksBench(at: friday - .seconds(3600))
    let first = try await series(bench, "FREQ=DAILY;INTERVAL=2") { task in
      (task.startTime, task.category) = (friday - .seconds(600), "call")
      task.checklist = [TaskChecklistItem(text: "Add up", done: true)]
      task.assigneeIds = [bench.reps[0]]
    }
    #expect(first.seriesId == first.id && first.recurrence?.nextOn == "completion")
    let done = try await bench.complete(first)
    _ = try await bench.complete(first)
    let next = try #require(try await bench.list("!closed").first)
    #expect(try await open(bench) == ["2026-03-29T07:00:00Z"], "nine o'clock in summer")
    #expect(done.nextId == next.id && next.seriesId == first.id && next.status == "todo")
    #expect(next.startTime == next.dueTime.map { $0 - .seconds(600) } && next.category == "call")
    #expect(next.checklist == [TaskChecklistItem(text: "Add up")])
    #expect(next.assigneeIds == [bench.reps[0]])
    // Open again and completed once more: its next instance is there.
    _ = try await bench.change(done, "status") { $0.status = "todo" }
    _ = try await bench.complete(first)
    #expect(try await open(bench).count == 1)
  }

  @Test func `follows the rule from the instance's own time, however late it is completed`()
    async throws
  {
    let bench = try await TasksBench(at: friday)
    let first = try await series(bench, "FREQ=WEEKLY;BYDAY=FR")
    bench.clock.advance(by: .seconds(20 * 86_400))
    _ = try await bench.complete(first)
    #expect(try await open(bench) == ["2026-04-03T07:00:00Z"])
  }

  @Test func `keeps its days when one instance is moved`() async throws {
    let bench = try await TasksBench(at: friday)
    let first = try await series(bench, "FREQ=WEEKLY;BYDAY=FR")
    let moved = try await bench.change(first, "due_time") { $0.dueTime = friday + .seconds(86_400) }
    #expect(moved.seriesTime == friday && moved.seriesId == first.id)
    _ = try await bench.complete(moved)
    #expect(try await open(bench) == ["2026-04-03T07:00:00Z"])
  }

  @Test func `goes on without an instance that is skipped`() async throws {
    let bench = try await TasksBench(at: friday)
    let first = try await series(bench)
    let skipped = try await bench.handlers.skipTask(
      SkipTaskRequest(id: first.idText),
      bench.asRep()
    )
    #expect(skipped.status == "cancelled" && skipped.nextId != nil)
    #expect(try await open(bench) == ["2026-03-28T08:00:00Z"])
    let again = await refused {
      _ = try await bench.handlers.skipTask(SkipTaskRequest(id: first.idText), bench.asRep())
    }
    #expect(again == ["id"])
    let plain = try await bench.task("Once")
    let none = await refused {
      _ = try await bench.handlers.skipTask(SkipTaskRequest(id: plain.idText), bench.asAdmin())
    }
    #expect(none == ["id"])
  }

  @Test func `begins anew with an instance for this and those that follow`() async throws {
    let bench = try await TasksBench(at: friday)
    let first = try await series(bench, on: "date")
    try await bench.pass(.seconds(2 * 86_400))
    #expect(try await open(bench).count == 4, "with that of tomorrow")
    let second = try #require(try await bench.list("!closed").dropFirst().first)
    let split = try await bench.handlers.splitTask(
      SplitTaskRequest(
        id: second.idText,
        recurrence: TaskRecurrence(rule: "FREQ=WEEKLY"),
        dueTime: friday + .seconds(3 * 86_400)
      ),
      bench.asRep()
    )
    #expect(split.seriesId == split.id && split.nextId == nil)
    #expect(split.recurrence == TaskRecurrence(rule: "FREQ=WEEKLY", nextOn: "completion"))
    #expect(try await open(bench) == ["2026-03-27T08:00:00Z", "2026-03-30T08:00:00Z"])
    #expect(try await bench.get(first).seriesId == first.id)
    _ = try await bench.complete(split)
    #expect(try await open(bench).last == "2026-04-06T08:00:00Z")
  }

  @Test func `is split by those alone who may delete all that follows`() async throws {
    let bench = try await TasksBench(at: friday)
    let first = try await series(bench, on: "date") { $0.assigneeIds = [bench.reps[1]] }
    try await bench.pass(.seconds(2 * 86_400))
    let last = try #require(try await bench.list("!closed").last)
    _ = try await bench.change(last, "assignee_ids") { $0.assigneeIds = [] }
    let due = try await open(bench)
    let refused = await refusal {
      _ = try await bench.handlers.splitTask(.init(id: first.idText), bench.asRep(1))
    }
    #expect(refused?.code == .permissionDenied)
    #expect(try await open(bench) == due, "whole or not at all")
    #expect(try await bench.get(first).nextId != nil)
    // Their owner may.
    _ = try await bench.handlers.splitTask(.init(id: first.idText), bench.asRep(0))
    #expect(try await open(bench).count == 1)
  }

  @Test func `is not split where more than a hundred open ones follow`() async throws {
    let bench = try await TasksBench(at: friday)
    let first = try await series(bench, "FREQ=HOURLY", on: "date") { $0.dueTimeZone = "UTC" }
    try await bench.pass(.seconds(105 * 3600))
    let all = try await bench.list("!closed")
    #expect(all.count == 107)
    let fields = await refused {
      _ = try await bench.handlers.splitTask(.init(id: first.idText), bench.asRep())
    }
    #expect(fields == ["id"])
    _ = try await bench.handlers.splitTask(.init(id: all[6].idText), bench.asRep())
    #expect(try await open(bench).count == 7)
  }

  @Test func `goes on by date without anyone, and late ones once and in order`() async throws {
    let bench = try await TasksBench(at: friday - .seconds(60))
    let first = try await series(bench, on: "date")
    _ = try await bench.complete(first)
    #expect(try await open(bench) == [], "not before its day")
    try await bench.pass(.seconds(60))
    #expect(try await open(bench) == ["2026-03-28T08:00:00Z"])
    try await bench.pass(.seconds(3 * 86_400))
    let days = ["28T08", "29T07", "30T07", "31T07"].map { "2026-03-\($0):00:00Z" }
    #expect(try await open(bench) == days)
    try await bench.timers.takeDue()
    #expect(try await open(bench) == days)
  }

  @Test func `goes on by date with the last 31 days, whenever it began`() async throws {
    let bench = try await TasksBench(at: friday)
    _ = try await series(bench, on: "date") { $0.dueTime = friday - .seconds(1_000 * 86_400) }
    try await bench.pass(.zero)
    #expect(try await open(bench).count == 1 + 31 + 1)
  }

  @Test func `ends with its rule, with an instance that is cancelled or deleted`() async throws {
    let bench = try await TasksBench(at: friday)
    let counted = try await series(bench, "FREQ=DAILY;COUNT=2")
    _ = try await bench.complete(counted)
    let last = try #require(try await bench.list("!closed").first)
    let ended = try await bench.complete(last)
    #expect(ended.nextId == nil)
    let cancelled = try await series(bench, on: "date")
    _ = try await bench.change(cancelled, "status") { $0.status = "cancelled" }
    let deleted = try await series(bench, on: "date")
    _ = try await bench.handlers.deleteTask(.init(id: deleted.idText), bench.asAdmin())
    try await bench.pass(.seconds(5 * 86_400))
    #expect(try await open(bench) == [])
  }

  @Test func `keeps who has left in its instances`() async throws {
    let bench = try await TasksBench(at: friday)
    let first = try await series(bench) { $0.assigneeIds = [bench.reps[0], bench.reps[1]] }
    bench.follow(bench.reps[1], "rep", isActive: false)
    _ = try await bench.complete(first)
    let next = try #require(try await bench.list("!closed").first)
    #expect(next.assigneeIds == first.assigneeIds)
  }

  @Test(arguments: [
    "", "FREQ=FORTNIGHTLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;UNTIL=20200101T000000Z",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=3",
  ])
  func `is refused for a rule that never begins, never ends or is too often`(rule: String)
    async throws
  {
    let bench = try await TasksBench(at: friday)
    if rule.isEmpty {
      #expect(try await series(bench, rule).recurrence == nil)
    } else {
      let fields = await refused { _ = try await series(bench, rule) }
      #expect(fields == ["recurrence.rule"])
    }
  }

  @Test func `needs a due time`() async throws {
    let bench = try await TasksBench(at: friday)
    let fields = await refused { _ = try await series(bench) { $0.dueTime = nil } }
    #expect(fields == ["due_time"])
    let odd = await refused { _ = try await series(bench, on: "whenever") }
    #expect(odd == ["recurrence.next_on"])
  }

  @Test func `shows its next times before there is one`() async throws {
    let bench = try await TasksBench(at: friday)
    func times(_ rule: String, _ count: Int32 = 0) async throws -> [String] {
      let request = PreviewRecurrenceRequest(rule: rule, startTime: friday, count: count)
      return try await bench.handlers.previewRecurrence(request, bench.asRep()).times
        .compactMap { Timestamp($0)?.rfc3339 }
    }
    #expect(try await times("FREQ=DAILY").count == 5)
    #expect(try await times("FREQ=DAILY", 1) == ["2026-03-28T08:00:00Z"])
    #expect(try await times("FREQ=DAILY;COUNT=3").count == 2)
    #expect(await refused { _ = try await times("FREQ=NEVER") } == ["rule"])
    #expect(await refused { _ = try await times("FREQ=DAILY", 51) } == ["count"])
  }
}
