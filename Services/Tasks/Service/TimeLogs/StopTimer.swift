import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshStore
import TasksAPI
import TypeAPI

extension TasksRPC {
  @LoopActor
  func stopTimer(_ request: StopTimerRequest, _ call: Call) async throws -> TimeLog {
    let gate = gate
    return try await timeLogs.write(request, key: request.requestId, call) { transaction in
      // A timer is stopped by whoever started it, also when the task is no longer theirs.
      guard let member = call.caller.member,
        let running = try transaction.runningLog(of: member), running.taskId == TaskID(request.id)
      else {
        let readable = transaction.scope(call, .read, of: Task.self, gate)
        _ = try transaction.require(request.id, in: readable)
        throw MeshError.invalid("id", "must be a task on which your timer runs")
      }
      var stopped = running.stopped(at: transaction.now)
      if !request.note.isEmpty { stopped.note = request.note }
      return try transaction.update(
        running,
        to: stopped,
        by: TimeLogRules(transaction: transaction)
      )
    }
  }
}
