import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshStore
import TasksAPI

extension TasksRPC {
  @LoopActor
  func splitTask(_ request: SplitTaskRequest, _ call: Call) async throws -> Task {
    let (gate, peers) = (gate, peers)
    return try await tasks.write(request, key: request.requestId, call) { transaction in
      let task = try transaction.editable(request.id, .edit, call, gate, Task.self)
      try task.require(Etag(sent: request.etag))
      var split = try task.openInstance()
      split.nextId = nil
      split.dueTime = request.dueTime ?? task.dueTime
      if let recurrence = request.recurrence { split.recurrenceParts = recurrence }
      let isLater: SQL =
        "series_id = \(task.seriesId) AND series_time > \(task.seriesTime) AND NOT closed"
      let most = 100  // Others wait while these are deleted.
      let later = try transaction.tasks(where: isLater, limit: most + 1)
      if later.count > most { throw SeriesFault.isLong(most) }
      guard try later.allSatisfy({ try transaction.may(call, .delete, with: $0, gate) }) else {
        throw SeriesFault.isOthers
      }
      for instance in later {
        try transaction.delete(instance, by: TaskRules(transaction: transaction, peers: peers))
      }
      let rules = TaskRules(transaction: transaction, peers: peers, beginsSeries: true)
      return try transaction.update(task, to: split, action: "split", by: rules)
    }
  }
}
