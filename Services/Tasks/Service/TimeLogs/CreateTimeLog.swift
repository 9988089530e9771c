import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import TasksAPI

extension TasksRPC {
  @LoopActor
  func createTimeLog(_ request: CreateTimeLogRequest, _ call: Call) async throws -> TimeLog {
    let (draft, key) = (request.timeLog, request.requestId)
    try await tasks.requireNamed(draft?.taskId?.words, "task_id", .edit, call)
    return try await timeLogs.create(draft, named: "time_log", request, key: key, call)
  }
}
