import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import RecordsAPI
import TasksAPI

// The standard methods of what names other records, with a look at these first: whoever names one must be allowed to
// read it.
extension TasksRPC {
  @LoopActor
  func createTask(_ request: CreateTaskRequest, _ call: Call) async throws -> Task {
    let (draft, key) = (request.task, request.requestId)
    try await checkNamed(by: draft, ["*"], call)
    return try await tasks.create(draft, named: "task", request, key: key, call)
  }

  @LoopActor
  func updateTask(_ request: UpdateTaskRequest, _ call: Call) async throws -> Task {
    let (draft, key, mask) = (request.task, request.requestId, request.updateMask?.paths ?? [])
    try await checkNamed(by: draft, mask, call)
    return try await tasks.update(draft, named: "task", mask: mask, request, key: key, call)
  }

  @LoopActor
  func batchUpdateTasks(
    _ request: BatchUpdateTasksRequest,
    _ call: Call
  ) async throws -> RecordsAPI.Operation {
    let mask = request.updateMask?.paths ?? []
    try await checkNamed(by: request.task, mask, call)
    return try await tasks.batchUpdate(
      request.task,
      named: "task",
      mask: mask,
      ids: request.ids,
      filter: request.filter,
      request,
      key: request.requestId,
      call
    )
  }

  @LoopActor
  func createTaskDependency(
    _ request: CreateTaskDependencyRequest,
    _ call: Call
  ) async throws -> TaskDependency {
    let (draft, key, name) = (request.taskDependency, request.requestId, "task_dependency")
    try await tasks.requireNamed(draft?.predecessorId?.words, "predecessor_id", .read, call)
    try await tasks.requireNamed(draft?.successorId?.words, "successor_id", .edit, call)
    return try await taskDependencies.create(draft, named: name, request, key: key, call)
  }

  @LoopActor
  func createTimeLog(_ request: CreateTimeLogRequest, _ call: Call) async throws -> TimeLog {
    let (draft, key) = (request.timeLog, request.requestId)
    try await tasks.requireNamed(draft?.taskId?.words, "task_id", .edit, call)
    return try await timeLogs.create(draft, named: "time_log", request, key: key, call)
  }

  /// Refuses records that a task names anew, and that the caller may not read.
  @LoopActor
  private func checkNamed(by draft: Task?, _ mask: [String], _ call: Call) async throws {
    let readable = others.readable
    try await tasks.checkNamed(
      by: draft,
      in: ["related", "parent_id", "project_id"],
      mask: mask,
      own: [tasks, projects],
      call
    ) { @LoopActor ids in try await readable(ids, call) }
  }
}
