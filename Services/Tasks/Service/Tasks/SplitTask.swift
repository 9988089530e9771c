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
    let (access, peers) = (access, peers)
    return try await tasks.write(request, key: request.requestId, call) { transaction in
      let task = try transaction.editable(request.id, .edit, call, access, Task.self)
      try task.require(Etag(sent: request.etag))
      guard task.seriesId != nil else { throw SeriesFault.isNone }
      if task.closed { throw SeriesFault.isClosed }
      let isLater: SQL =
        "series_id = \(task.seriesId) AND series_time > \(task.seriesTime) AND NOT closed"
      for later in try transaction.tasks(where: isLater) {
        try transaction.delete(later, by: TaskRules(transaction: transaction, peers: peers))
      }
      var split = task
      split.nextId = nil
      split.dueTime = request.dueTime ?? task.dueTime
      if let recurrence = request.recurrence { split.recurrenceParts = recurrence }
      let rules = TaskRules(transaction: transaction, peers: peers, beginsSeries: true)
      return try transaction.update(task, to: split, action: "split", by: rules)
    }
  }
}
