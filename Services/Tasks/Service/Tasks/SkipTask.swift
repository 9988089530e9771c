import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import TasksAPI

extension TasksRPC {
  @LoopActor
  func skipTask(_ request: SkipTaskRequest, _ call: Call) async throws -> Task {
    let (gate, peers) = (gate, peers)
    return try await tasks.write(request, key: request.requestId, call) { transaction in
      let task = try transaction.editable(request.id, .edit, call, gate, Task.self)
      try task.require(Etag(sent: request.etag))
      var skipped = try task.openInstance()
      skipped.status = "cancelled"
      let rules = TaskRules(transaction: transaction, peers: peers, makesNext: true)
      return try transaction.update(task, to: skipped, action: "skip", by: rules)
    }
  }
}
