import EngageAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshStore

extension EngageRPC {
  @LoopActor
  func readNotification(
    _ request: ReadNotificationRequest,
    _ call: Call
  ) async throws -> Notification {
    let now = store.clock.now
    return try await notifications.change(request.id, action: "read", request, call) {
      $0.read(at: now)
    }
  }
}
