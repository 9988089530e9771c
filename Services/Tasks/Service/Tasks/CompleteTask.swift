import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import TasksAPI

extension TasksRPC {
  @LoopActor
  func completeTask(_ request: CompleteTaskRequest, _ call: Call) async throws -> Task {
    try await tasks.change(
      request.id,
      action: "complete",
      request,
      key: request.requestId,
      etag: Etag(sent: request.etag),
      telling: ["status"],
      call
    ) { $0.completed() }
  }
}
