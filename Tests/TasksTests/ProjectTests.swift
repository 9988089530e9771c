import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshService
import MeshTesting
import RecordsAPI
import TasksAPI
import Testing
import TypeAPI

@testable import TasksService

@Suite @LoopActor struct `A project` {
  private func project(
    _ bench: TasksBench,
    _ change: (inout Project) -> Void = { _ in }
  ) async throws -> Project {
    var project = Project(name: "Move")
    change(&project)
    return try await bench.handlers.createProject(
      CreateProjectRequest(project: project),
      bench.asRep()
    )
  }

  @Test func `begins planned, and is its creator's`() async throws {
    let bench = try await TasksBench()
    let project = try await project(bench)
    #expect(project.status == "planned" && project.ownerId == bench.reps[0])
  }

  @Test func `is refused with the field named`() async throws {
    let bench = try await TasksBench()
    let dates = await refused {
      _ = try await project(bench) { project in
        project.startDate = CalendarDate("2026-02-01")
        project.endDate = CalendarDate("2026-01-31")
      }
    }
    #expect(dates == ["end_date"])
    let members = await refused {
      _ = try await project(bench) { $0.memberIds = [MemberID(high: 9, low: 9)] }
    }
    #expect(members == ["member_ids[0]"])
  }

  @Test func `stays while tasks are part of it`() async throws {
    let bench = try await TasksBench()
    let project = try await project(bench)
    let task = try await bench.task("Pack") { $0.projectId = project.id }
    func delete() async -> MeshError? {
      await refusal {
        _ = try await bench.handlers.deleteProject(.init(id: project.idText), bench.asAdmin())
      }
    }
    #expect(await delete()?.code == .failedPrecondition)
    _ = try await bench.change(task, "project_id") { $0.projectId = nil }
    #expect(await delete() == nil)
  }
}

@Suite @LoopActor struct `An undone operation on tasks` {
  @Test func `puts them back into a project only while its member may read that`() async throws {
    let bench = try await TasksBench()
    let (handlers, call) = (bench.handlers, bench.asRep())
    let services = RecordServices([handlers.tasks], handlers.store)
    let worker = OperationWorker([handlers.tasks], handlers.store)
    func finish(_ operation: RecordsAPI.Operation) async throws {
      let id = try #require(IDWords(operation.id, prefix: "tasks_operation"))
      while try await worker.step(id, of: bench.tenant) {}
    }
    for isMember in [true, false] {
      let draft = Project(name: "Move", memberIds: [bench.reps[0]])
      var project = try await handlers.createProject(.init(project: draft), bench.asAdmin())
      let task = try await bench.task("Pack", call) { $0.projectId = project.id }
      let started = try await handlers.batchUpdateTasks(
        BatchUpdateTasksRequest(
          ids: [task.idText],
          task: TasksAPI.Task(),
          updateMask: .init(paths: ["project_id"])
        ),
        call
      )
      try await finish(started)
      #expect(try await bench.get(task).projectId == nil)
      if !isMember {
        project.memberIds = []
        let update = UpdateProjectRequest(
          project: project,
          updateMask: .init(paths: ["member_ids"])
        )
        _ = try await handlers.updateProject(update, bench.asAdmin())
      }
      try await finish(try await services.undoOperation(.init(id: started.id), call))
      let results = try await services.listOperationResults(.init(id: started.id), call).results
      #expect(results.map(\.outcome) == [isMember ? .undone : .undoFailed])
      #expect(try await bench.get(task).projectId == (isMember ? project.id : nil))
    }
  }
}
