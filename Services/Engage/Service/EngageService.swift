import EngageAPI
package import MeshLoop
import MeshPeers
package import MeshProto
package import MeshRPC
package import MeshRecords
package import MeshService
import TasksAPI

/// Engage: activities, the timelines of records, and notifications.
package struct EngageService: Service {
  package static let name = "engage"
  package static let summary = "activities, the timelines of records, and notifications"
  package static let grants = EngageObjects.grants
  package static let schemas = EngageObjects.schemas

  private let reacting: EngageReactions
  private let handlers: EngageRPC

  @LoopActor
  package init(settings: NoSettings, runtime: ServiceRuntime) {
    let peers = Peers(access: runtime.access)
    reacting = EngageReactions(peers: peers)
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

  package var reactions: [Reaction] { reacting.all }
  package var timers: [TimerKind] { [Activity.reminder] }
  package var replicas: [any Replicated] { reacting.peers.replicas + [reacting.stages] }
}
