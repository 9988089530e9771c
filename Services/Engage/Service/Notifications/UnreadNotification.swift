import EngageAPI
import MeshLoop
import MeshRPC
import MeshRecords

extension EngageRPC {
  @LoopActor
  func unreadNotification(
    _ request: UnreadNotificationRequest,
    _ call: Call
  ) async throws -> Notification {
    try await notifications.change(request.id, action: "unread", request, call) { $0.unread() }
  }
}
