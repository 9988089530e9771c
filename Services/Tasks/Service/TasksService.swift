import DealsAPI
import LeadsAPI
import MeshImport
package import MeshLoop
import MeshPeers
package import MeshProto
package import MeshRPC
package import MeshRecords
package import MeshService
import TasksAPI

/// Tasks: what members have to do, projects, time logs and the rules that create tasks.
package struct TasksService: Service {
  package static let name = "tasks"
  package static let summary =
    "tasks, their recurrence, reminders and rules, projects and time logs"
  package static let grants = TasksObjects.grants
  package static let schemas = TasksObjects.schemas

  private let peers: Peers
  private let handlers: TasksRPC
  private let ruleRunner: WatchRunner<TaskRule>

  @LoopActor
  package init(settings: NoSettings, runtime: ServiceRuntime) {
    peers = Peers(access: runtime.access)
    let others = TaskPeers(
      LeadsServiceClient(runtime.channel(to: "leads")),
      DealsServiceClient(runtime.channel(to: "deals")),
      RecordPeers(runtime, ["leads", "deals"])
    )
    handlers = TasksRPC(runtime.store, peers, others, runtime.log)
    ruleRunner = WatchRunner(handlers.watching, runtime.store, runtime.log)
  }

  @LoopActor
  package func register(in router: inout RPCRouter) {
    (handlers as any TasksServiceHandlers).register(in: &router)
    (handlers as any ProjectsServiceHandlers).register(in: &router)
    (handlers as any TaskCategoriesServiceHandlers).register(in: &router)
    (handlers as any TaskDependenciesServiceHandlers).register(in: &router)
    (handlers as any TimeLogsServiceHandlers).register(in: &router)
    (handlers as any TaskRulesServiceHandlers).register(in: &router)
    (handlers as any TaskImportsServiceHandlers).register(in: &router)
  }

  package var records: [any RecordCollection] {
    [
      handlers.tasks, handlers.projects, handlers.taskCategories, handlers.taskDependencies,
      handlers.timeLogs, handlers.taskRules,
    ]
  }

  package var reactions: [Reaction] { [TasksReactions.tenants] + handlers.watching.reactions }
  package var timers: [TimerKind] { TaskTimers.kinds(peers) + handlers.watching.timers }
  package var replicas: [any Replicated] { peers.replicas }
  package var work: [BackgroundWork] { handlers.recordImports.work + [{ await ruleRunner.run() }] }
}
