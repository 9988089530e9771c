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
    let unread = JudgedRequest(filter: "state == 'unread'", size: 100)
    let page = try await notifications.judgedPage(unread, call, by: noticeJudge)
    return CountUnreadNotificationsResponse(
      count: Int32(clamping: page.records.count),
      more: !page.nextPageToken.isEmpty,
      gaps: page.gaps
    )
  }
}
