import EngageAPI
package import MeshLoop
import MeshPeers
package import MeshProto
package import MeshRPC
package import MeshRecords
package import MeshService
import MeshStore
import TasksAPI

/// Engage: activities, the timelines of records, and notifications.
package struct EngageService: Service {
  package static let name = "engage"
  package static let summary = "activities, the timelines of records, and notifications"
  package static let grants = EngageObjects.grants
  package static let schemas = EngageObjects.schemas

  private let peers: Peers
  private let handlers: EngageRPC

  @LoopActor
  package init(settings: NoSettings, runtime: ServiceRuntime) {
    peers = Peers(access: runtime.access)
    let tasks = TasksServiceClient(runtime.channel(to: "tasks"))
    let others = RecordPeers(runtime, ["leads", "deals", "tasks"])
    handlers = EngageRPC(runtime.store, peers, others) { @LoopActor request, call in
      try await tasks.listTasks(request, CallOptions(passingOn: call, by: Self.name))
    }
  }

  @LoopActor
  package func register(in router: inout RPCRouter) {
    (handlers as any ActivitiesServiceHandlers).register(in: &router)
    (handlers as any TimelineServiceHandlers).register(in: &router)
    (handlers as any NotificationsServiceHandlers).register(in: &router)
  }

  package var records: [any RecordCollection] {
    [handlers.activities, handlers.notifications, handlers.mutes]
  }

  package var reactions: [Reaction] { EngageReactions(peers: peers).all }
  package var timers: [TimerKind] { [Activity.reminder] }
  package var replicas: [any Replicated] { peers.replicas }
}

/// The handlers of activities, timelines, notifications and mutes.
struct EngageRPC: Sendable {
  typealias ListTasks =
    @Sendable @LoopActor (ListTasksRequest, Call) async throws -> ListTasksResponse

  let store: Store
  let peers: Peers
  /// The services whose records are talked about.
  let others: RecordPeers
  let tasks: ListTasks
  let activities: Records<Activity>
  let notifications: Records<Notification>
  let mutes: Records<Mute>

  @LoopActor
  init(_ store: Store, _ peers: Peers, _ others: RecordPeers, tasks: @escaping ListTasks) {
    (self.store, self.peers, self.others, self.tasks) = (store, peers, others, tasks)
    let access = peers.access
    let related = NamedRecords(in: ["related"]) { @LoopActor refs, call in
      try await others.readable(refs, call)
    }
    activities = Records(
      store,
      access,
      judge: NamedRecordsJudge(others, by: "related", .opening),
      names: related,
      rules: { ActivityRules(transaction: $0, peers: peers) }
    )
    let notices = NoticeJudge(others: others, activities: activities)
    let rules: Records<Notification>.MakeRules = { NotificationRules(transaction: $0) }
    notifications = Records(store, access, judge: notices, rules: rules)
    mutes = Records(store, access, rules: { MuteRules(transaction: $0) })
  }
}

extension EngageRPC: ActivitiesServiceHandlers, ActivityMethods, TimelineServiceHandlers {}
extension EngageRPC: NotificationsServiceHandlers, NotificationMethods, MuteMethods {}
