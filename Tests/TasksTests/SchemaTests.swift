import MeshCore
import MeshLoop
import MeshProto
import MeshRecords
import MeshStore
import MeshTesting
import TasksAPI
import Testing
import TypeAPI

@testable import TasksService

@Suite @LoopActor struct `The tables of Tasks` {
  @Test func `have a column for every field and no other`() async throws {
    let opened = try TestStore("tasks", TasksService.migrations)
    for schema in TasksObjects.schemas {
      #expect(try await opened.store.columns(of: schema.table) == schema.columnNames)
      for field in schema.lookups {
        let columns = try await opened.store.columns(of: field.rule.lookup)
        #expect(columns == ["tenant_id", "target_id", "record_id"])
      }
    }
    withExtendedLifetime(opened) {}
  }
}

@Suite @LoopActor struct `A list of Tasks` {
  private let log = PlanLog()

  /// A bench with thousands of tasks and projects of all sorts.
  private func filled() async throws -> (bench: TasksBench, project: Project, task: Task) {
    let bench = try await TasksBench(plans: log)
    let project = try await bench.handlers.createProject(
      CreateProjectRequest(project: Project(name: "Project")),
      bench.asAdmin()
    )
    let top = try await bench.task("Top")
    for number in 0..<40 {
      let task = try await bench.task("Task \(number)") { task in
        task.dueTime = number % 3 == 0 ? nil : bench.clock.now + .seconds(Int64(number))
        task.assigneeIds = [bench.reps[number % 2]]
        task.projectId = number % 4 == 0 ? project.id : nil
        task.parentId = top.id
        task.priority = number % 5 == 0 ? "urgent" : "low"
      }
      if number % 7 == 0 { _ = try await bench.complete(task) }
      bench.clock.advance(by: .seconds(60))
    }
    try await bench.opened.multiply("tasks", of: bench.tenant, doublings: 6, others: 5)
    try await bench.handlers.store.systemWrite(as: Author(actor: "system:test")) { transaction in
      _ = try transaction.execute(
        """
        INSERT INTO task_assignees (tenant_id, record_id, target_id)
        SELECT tenant_id, id, owner_id FROM tasks WHERE owner_id IS NOT NULL
        ON CONFLICT DO NOTHING
        """
      )
    }
    try await ListPlans(bench.handlers.tasks, log).indexWords(of: bench.tenant)
    _ = try await bench.task("Quillfeather")
    try bench.opened.settle("tasks", "task_assignees", "projects", "task_categories")
    return (bench, project, top)
  }

  @Test func `reads and sorts no more of a tenant's records than it needs`() async throws {
    let (bench, project, top) = try await filled()
    let (handlers, admin) = (bench.handlers, [bench.asAdmin()])
    let (now, due) = (bench.clock.now, "due_time")
    let small: Set = ["task_categories", "projects"]
    _ = log.take()
    let faults =
      try await ListPlans(handlers.tasks, log, small: small).faults(
        filters: [
          "'\(bench.reps[0])' in assignee_ids && !closed", "project_id == '\(project.idText)'",
          "parent_id == '\(top.idText)'",
        ],
        words: ["quillfeather"],
        admin
      )
      + ListPlans(handlers.tasks, log, small: small).faults(
        filters: [
          "overdue",
          "\(due) >= timestamp('\(now.rfc3339)') && \(due) < timestamp('\(now.rfc3339)')",
        ],
        orders: [due],
        admin
      )
    #expect(faults == [])
  }
}
