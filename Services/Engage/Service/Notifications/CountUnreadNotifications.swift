import EngageAPI
import MeshLoop
import MeshRPC
import MeshRecords

extension EngageRPC {
  @LoopActor
  func countUnreadNotifications(
    _ request: CountUnreadNotificationsRequest,
    _ call: Call
  ) async throws -> CountUnreadNotificationsResponse {
    let page = try await notifications.encodedPage(
      filter: "state == 'unread'",
      size: 100,
      token: "",
      field: 1,
      call
    )
    return CountUnreadNotificationsResponse(
      count: page.totalSize,
      more: !page.nextPageToken.isEmpty,
      gaps: page.gaps
    )
  }
}
