import MeshAccess
import MeshImport
import MeshLoop
import MeshPeers
import MeshRecords
import MeshService
import MeshStore
import TasksAPI

/// The handlers of tasks, projects, categories, dependencies, time logs and the rules that create tasks.
struct TasksRPC: Sendable {
  /// The lock that each write of a tenant holds.
  ///
  /// Without it two dependencies could close a circle, two completions could make two instances, and two timers of a
  /// member could run.
  static let lock = "tasks"

  let store: Store
  let gate: AccessGate
  let peers: Peers
  let others: TaskPeers
  let watching: Watching<TaskRule>
  let tasks: Records<Task>
  let projects: Records<Project>
  let taskCategories: Records<TaskCategory>
  let taskDependencies: Records<TaskDependency>
  let timeLogs: Records<TimeLog>
  let taskRules: Records<TaskRule>
  let recordImports: RecordImportEngines

  @LoopActor
  init(_ store: Store, _ peers: Peers, _ others: TaskPeers, _ log: Log) {
    (self.store, gate, self.peers, self.others) = (store, peers.access, peers, others)
    let watching = others.watching(peers)
    self.watching = watching
    let records = LockedRecords(store, peers.access, lock: Self.lock)
    let named = NamedRecords(
      in: ["related", "parent_id", "project_id"],
      own: [Task.self, Project.self],
      elsewhere: others.readable
    )
    tasks = records(names: named) { TaskRules(transaction: $0, peers: peers) }
    projects = records { ProjectRules(transaction: $0, peers: peers) }
    taskCategories = records(pageSize: 1_000) {
      PicklistRules($0, usedBy: Task.schema, "category")
    }
    taskDependencies = records { TaskDependencyRules(transaction: $0) }
    timeLogs = records { TimeLogRules(transaction: $0, gate: peers.access) }
    taskRules = records(pageSize: 1_000) {
      AutomationRules(transaction: $0, peers: peers, watching: watching)
    }
    let around = peers.importSurroundings(lock: Self.lock, object: "task_import")
    var imports = RecordImportEngines(around, service: "tasks", failed: log.importFailed)
    imports.add(
      tasks,
      relations: ["project_id": .records(Project.self), "parent_id": .records(Task.self)],
      namedBy: [Task.schema]
    )
    recordImports = imports
  }
}

extension TasksRPC: TasksServiceHandlers, TaskMethods {}
extension TasksRPC: ProjectsServiceHandlers, ProjectMethods {}
extension TasksRPC: TaskCategoriesServiceHandlers, TaskCategoryMethods {}
extension TasksRPC: TaskDependenciesServiceHandlers, TaskDependencyMethods {}
extension TasksRPC: TimeLogsServiceHandlers, TimeLogMethods {}
extension TasksRPC: TaskRulesServiceHandlers, TaskRuleMethods {}
extension TasksRPC: TaskImportsServiceHandlers, RecordImportMethods {}
