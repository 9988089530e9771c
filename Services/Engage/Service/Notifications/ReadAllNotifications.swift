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
      let known = try shown.compactMap(\.recordID).compactMap { try transaction.record($0, in: scope) }
      let unread = known.filter { $0.state == "unread" }
      for each in unread {
        let rules = NotificationRules(transaction: transaction)
        _ = try transaction.update(each, to: each.read(at: transaction.now), action: "read", by: rules)
      }
      return ReadAllNotificationsResponse(read: Int32(clamping: unread.count))
    }
  }
}
