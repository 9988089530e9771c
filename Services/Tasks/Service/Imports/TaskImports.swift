import MeshCore
import MeshImport
import MeshLoop
import MeshPeers
import MeshRecords
import MeshStore
import TasksAPI
import TypeAPI

extension Peers {
  /// The imports of tasks.
  @LoopActor
  func taskImports(
    in store: Store,
    failed: @escaping @Sendable (ImportID?, any Error) -> Void
  ) -> RecordImportEngines {
    let peers = self
    let around = importSurroundings(lock: TasksRPC.lock, object: "task_import")
    return RecordImportEngines(
      RecordImports<Task>(
        relations: ["project_id": .records(Project.self), "parent_id": .records(Task.self)],
        around,
        importObject: "task_import",
        namedBy: [Task.schema],
        rules: { TaskRules(transaction: $0, peers: peers) }
      ),
      store,
      access,
      service: "tasks",
      failed: failed
    )
  }
}
