import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import TasksAPI

extension TasksRPC {
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
}
