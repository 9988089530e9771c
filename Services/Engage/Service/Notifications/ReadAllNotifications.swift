import EngageAPI
import MeshAccess
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
    let all = JudgedRequest(filter: "state == 'unread'", size: Int32(NotificationRules.most))
    let shown = try await notifications.judgedPage(all, call, by: noticeJudge).records
    return try await store.write(call.tenant, as: Author(call)) { transaction in
      let scope: Scope<Notification> = transaction.scope(forCalculation: "reading all")
      let ids = shown.compactMap(\.recordID)
      let unread = try ids.compactMap { try transaction.record($0, in: scope) }
        .filter { $0.state == "unread" }
      let rules = NotificationRules(transaction: transaction)
      for each in unread {
        let read = each.read(at: transaction.now)
        _ = try transaction.update(each, to: read, action: "read", by: rules)
      }
      return ReadAllNotificationsResponse(read: Int32(clamping: unread.count))
    }
  }
}
