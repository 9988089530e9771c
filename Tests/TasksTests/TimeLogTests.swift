import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshTesting
import TasksAPI
import Testing
import TypeAPI

@testable import TasksService

@Suite @LoopActor struct `Logged time` {
  private func start(_ task: Task, _ call: Call, _ bench: TasksBench) async throws -> TimeLog {
    try await bench.handlers.startTimer(StartTimerRequest(id: task.idText), call)
  }

  private func stop(_ task: Task, _ call: Call, _ bench: TasksBench) async throws -> TimeLog {
    try await bench.handlers.stopTimer(StopTimerRequest(id: task.idText, note: "Called"), call)
  }

  private func log(
    _ task: Task,
    _ seconds: Int64,
    _ bench: TasksBench
  ) async throws -> TimeLog {
    let start = bench.clock.now
    let log = TimeLog(taskId: task.id, startTime: start, endTime: start + .seconds(seconds))
    return try await bench.handlers.createTimeLog(CreateTimeLogRequest(timeLog: log), bench.asRep())
  }

  @Test func `of a timer adds to its task, and of each member one runs`() async throws {
    let bench = try await TasksBench()
    let task = try await bench.task("Call") { $0.assigneeIds = bench.reps }
    let other = try await bench.task("Write", bench.asRep())
    let running = try await start(task, bench.asRep(), bench)
    #expect(running.memberId == bench.reps[0] && running.endTime == nil && running.seconds == 0)
    for twice in [task, other] {
      let again = await refusal { _ = try await start(twice, bench.asRep(), bench) }
      #expect(again?.code == .alreadyExists && again?.violations.map(\.field) == ["id"])
    }
    _ = try await start(task, bench.asRep(1), bench)
    bench.clock.advance(by: .seconds(90))
    let stopped = try await stop(task, bench.asRep(), bench)
    #expect(stopped.id == running.id && stopped.seconds == 90 && stopped.note == "Called")
    #expect(try await bench.get(task).actualSeconds == 90)
    #expect(try await bench.get(task).etag == task.etag, "nobody's edit")
    let none = await refused { _ = try await stop(task, bench.asRep(), bench) }
    #expect(none == ["id"])
  }

  @Test func `ends for everybody when the task is closed`() async throws {
    let bench = try await TasksBench()
    let task = try await bench.task("Call") { $0.assigneeIds = bench.reps }
    for index in 0..<2 { _ = try await start(task, bench.asRep(index), bench) }
    bench.clock.advance(by: .seconds(60))
    let done = try await bench.complete(task)
    #expect(try await bench.get(task).actualSeconds == 120)
    let closed = await refused { _ = try await start(done, bench.asRep(), bench) }
    #expect(closed == ["id"])
  }

  @Test func `by hand counts as it is changed, deleted and restored`() async throws {
    let bench = try await TasksBench()
    let task = try await bench.task("Call", bench.asRep())
    var entry = try await log(task, 100, bench)
    _ = try await log(task, 50, bench)
    entry.endTime = entry.startTime.map { $0 + .seconds(10) }
    let update = UpdateTimeLogRequest(timeLog: entry, updateMask: .init(paths: ["end_time"]))
    _ = try await bench.handlers.updateTimeLog(update, bench.asRep())
    #expect(try await bench.get(task).actualSeconds == 60)
    _ = try await bench.handlers.deleteTimeLog(.init(id: entry.idText), bench.asRep())
    #expect(try await bench.get(task).actualSeconds == 50)
    _ = try await bench.handlers.undeleteTimeLog(.init(id: entry.idText), bench.asRep())
    #expect(try await bench.get(task).actualSeconds == 60)
  }

  @Test func `is refused with the field named`() async throws {
    let bench = try await TasksBench()
    let task = try await bench.task("Call", bench.asRep())
    let hidden = try await bench.task("Hidden")
    #expect(await refused { _ = try await log(task, -1, bench) } == ["end_time"])
    #expect(await refused { _ = try await log(task, 32 * 86_400, bench) } == ["end_time"])
    #expect(await refused { _ = try await log(hidden, 1, bench) } == ["task_id"])
    let future = await refused {
      let log = TimeLog(taskId: task.id, startTime: bench.clock.now + .seconds(1))
      let request = CreateTimeLogRequest(timeLog: log)
      _ = try await bench.handlers.createTimeLog(request, bench.asRep())
    }
    #expect(future == ["start_time"])
    _ = try await start(task, bench.asRep(), bench)
    let second = await refused {
      let request = CreateTimeLogRequest(timeLog: TimeLog(taskId: task.id))
      _ = try await bench.handlers.createTimeLog(request, bench.asRep())
    }
    #expect(second == ["end_time"])
  }

  @Test func `of a timer that was forgotten ends after 31 days`() async throws {
    let bench = try await TasksBench()
    let task = try await bench.task("Call", bench.asRep())
    _ = try await start(task, bench.asRep(), bench)
    bench.clock.advance(by: .seconds(100 * 86_400))
    #expect(try await stop(task, bench.asRep(), bench).seconds == 31 * 86_400)
  }

  @Test func `is to read for who may read the task, to change for who worked and their managers`()
    async throws
  {
    let bench = try await TasksBench()
    let task = try await bench.task("Call", bench.asRep(1)) { $0.assigneeIds = [bench.reps[0]] }
    let entry = try await log(task, 5, bench)
    func reads(_ call: Call) async -> Bool {
      await refusal {
        _ = try await bench.handlers.getTimeLog(.init(id: entry.idText), call)
      } == nil
    }
    func change(_ call: Call) async -> StatusCode? {
      await refusal { _ = try await note("Rang", on: entry, call, bench) }?.code
    }
    #expect(await reads(bench.asRep()))
    #expect(await reads(bench.asManager))
    #expect(await reads(bench.asRep(1)), "the task is theirs")
    #expect(await change(bench.asRep(1)) == .permissionDenied)
    #expect(await change(bench.asRep()) == nil)
    #expect(await change(bench.asManager) == nil)
    let ofTask = ListTimeLogsRequest(filter: "task_id == '\(task.idText)'")
    let listed = try await bench.handlers.listTimeLogs(ofTask, bench.asRep(1))
    #expect(try listed.message().timeLogs.map(\.id) == [entry.id])
    let others = try await bench.task("Hidden")
    _ = try await bench.handlers.createTimeLog(
      CreateTimeLogRequest(timeLog: TimeLog(taskId: others.id)),
      bench.asAdmin()
    )
    let all = try await bench.handlers.listTimeLogs(ListTimeLogsRequest(), bench.asRep(1))
    #expect(try all.message().timeLogs.count == 1)
  }

  @Test func `is changed no more by who has lost the task, and their timer stops`() async throws {
    let bench = try await TasksBench()
    let task = try await bench.task("Call") { $0.assigneeIds = bench.reps }
    let (kept, gone) = (try await log(task, 100, bench), try await log(task, 50, bench))
    _ = try await bench.handlers.deleteTimeLog(.init(id: gone.idText), bench.asRep())
    for index in 0..<2 { _ = try await start(task, bench.asRep(index), bench) }
    bench.clock.advance(by: .seconds(10))
    _ = try await bench.change(task, "assignee_ids") { $0.assigneeIds = [bench.reps[1]] }
    let refusals = [
      await refusal { _ = try await note("Rang", on: kept, bench.asRep(), bench) },
      await refusal {
        _ = try await bench.handlers.deleteTimeLog(.init(id: kept.idText), bench.asRep())
      },
      await refusal {
        _ = try await bench.handlers.undeleteTimeLog(.init(id: gone.idText), bench.asRep())
      },
    ]
    #expect(refusals.map { $0?.code } == [.permissionDenied, .permissionDenied, .permissionDenied])
    #expect(try await bench.get(task).actualSeconds == 110, "their timer has stopped")
    bench.clock.advance(by: .seconds(10))
    #expect(try await stop(task, bench.asRep(1), bench).seconds == 20, "the other's went on")
  }

  @Test func `of a timer is stopped by its member, whoever has the task`() async throws {
    let bench = try await TasksBench()
    let draft = Project(name: "Move", memberIds: [bench.reps[0]])
    var project = try await bench.handlers.createProject(.init(project: draft), bench.asAdmin())
    let task = try await bench.task("Call") { $0.projectId = project.id }
    _ = try await start(task, bench.asRep(), bench)
    project.memberIds = []
    let update = UpdateProjectRequest(project: project, updateMask: .init(paths: ["member_ids"]))
    _ = try await bench.handlers.updateProject(update, bench.asAdmin())
    #expect(await refusal { _ = try await bench.get(task, bench.asRep()) }?.code == .notFound)
    bench.clock.advance(by: .seconds(10))
    #expect(try await stop(task, bench.asRep(), bench).seconds == 10)
    let hidden = try await bench.task("Hidden")
    let refused = await refusal { _ = try await stop(hidden, bench.asRep(), bench) }
    #expect(refused?.code == .notFound)
  }

  @Test func `of a timer does not begin on a task that is closed`() async throws {
    let bench = try await TasksBench()
    let task = try await bench.complete(try await bench.task("Call", bench.asRep()))
    let running = await refused {
      let request = CreateTimeLogRequest(timeLog: TimeLog(taskId: task.id))
      _ = try await bench.handlers.createTimeLog(request, bench.asRep())
    }
    #expect(running == ["end_time"])
    #expect(try await log(task, 5, bench).seconds == 5, "what was done before may be noted")
  }

  private func note(
    _ text: String,
    on entry: TimeLog,
    _ call: Call,
    _ bench: TasksBench
  ) async throws -> TimeLog {
    var changed = entry
    (changed.etag, changed.note) = (nil, text)
    let request = UpdateTimeLogRequest(timeLog: changed, updateMask: .init(paths: ["note"]))
    return try await bench.handlers.updateTimeLog(request, call)
  }
}
