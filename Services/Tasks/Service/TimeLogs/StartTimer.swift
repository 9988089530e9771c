import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import TasksAPI

extension TasksRPC {
  @LoopActor
  func startTimer(_ request: StartTimerRequest, _ call: Call) async throws -> TimeLog {
    let gate = gate
    return try await timeLogs.write(request, key: request.requestId, call) { transaction in
      let task = try transaction.editable(request.id, .edit, call, gate, Task.self)
      if task.closed { throw MeshError.invalid("id", "must be a task that is open") }
      return try transaction.create(
        TimeLog(taskId: task.id, note: request.note),
        by: TimeLogRules(transaction: transaction, started: "id")
      )
    }
  }
}
