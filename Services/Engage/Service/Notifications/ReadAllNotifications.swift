import EngageAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshStore

extension EngageRPC {
  @LoopActor
  func readAllNotifications(
    _ request: ReadAllNotificationsRequest,
    _ call: Call
  ) async throws -> ReadAllNotificationsResponse {
    guard let member = call.caller.member else { return ReadAllNotificationsResponse() }
    let (until, most) = (store.clock.now, NotificationRules.most)
    return try await store.write(call.tenant, as: Author(call)) { transaction in
      let isUnread: SQL = "state = 'unread' AND create_time <= \(until)"
      let unread: [Notification] = try transaction.newest(of: member, where: isUnread, limit: most)
      let rules = NotificationRules(transaction: transaction)
      for notification in unread {
        let read = notification.read(at: transaction.now)
        _ = try transaction.update(notification, to: read, action: "read", by: rules)
      }
      return ReadAllNotificationsResponse(read: Int32(clamping: unread.count))
    }
  }
}
