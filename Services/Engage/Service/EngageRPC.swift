import EngageAPI
import MeshLoop
import MeshPeers
import MeshRPC
import MeshRecords
import MeshStore
import TasksAPI

/// The handlers of activities, timelines, notifications and mutes.
struct EngageRPC: Sendable {
  typealias ListTasks =
    @Sendable @LoopActor (ListTasksRequest, Call) async throws -> ListTasksResponse

  let store: Store
  let peers: Peers
  /// The services of the records that activities and notifications name.
  let others: RecordPeers
  let listTasks: ListTasks
  let activities: Records<Activity>
  let notifications: Records<Notification>
  /// Shows a notification only while its member may read the record that it is about.
  ///
  /// Engage itself checks activities; other services check their own records.
  let noticeJudge: NamedRecordsJudge<Notification>
  let mutes: Records<Mute>

  @LoopActor
  init(_ store: Store, _ peers: Peers, _ others: RecordPeers, listTasks: @escaping ListTasks) {
    (self.store, self.peers, self.others, self.listTasks) = (store, peers, others, listTasks)
    let gate = peers.access
    activities = Records(
      store,
      gate,
      judge: NamedRecordsJudge(others, by: "related", .opening),
      names: NamedRecords(in: ["related"]) { @LoopActor refs, call in
        try await others.readable(refs, call)
      },
      rules: { ActivityRules(transaction: $0, peers: peers) }
    )
    noticeJudge = NamedRecordsJudge(others, by: "record", .closing, own: (store, [activities]))
    let rules: Records<Notification>.MakeRules = { NotificationRules(transaction: $0) }
    notifications = Records(store, gate, judge: noticeJudge, rules: rules)
    mutes = Records(store, gate, lock: "mutes", rules: { MuteRules(transaction: $0) })
  }
}

extension EngageRPC: ActivitiesServiceHandlers, ActivityMethods, TimelineServiceHandlers {}
extension EngageRPC: NotificationsServiceHandlers, NotificationMethods, MuteMethods {}
