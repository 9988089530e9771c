import MeshAccess
import MeshCore
import MeshRecords
import MeshStore
import TasksAPI
import TypeAPI

/// The rules of dependencies: both tasks exist, a pair is linked once, and no task waits for itself.
struct TaskDependencyRules: RecordRules {
  let transaction: WriteTransaction

  func prepare(
    _ dependency: inout TaskDependency,
    before: TaskDependency?,
    _ check: inout FieldCheck
  ) throws {
    if dependency.type.isEmpty { dependency.type = "finish_to_start" }
    guard let first = dependency.predecessorId, let last = dependency.successorId else { return }
    try transaction.checkNamed(Task.self, first.words, "predecessor_id", &check)
    try transaction.checkNamed(Task.self, last.words, "successor_id", &check)
    guard check.violations.isEmpty else { return }
    let isPair: SQL = "predecessor_id = \(first) AND successor_id = \(last)"
    let all: Scope<TaskDependency> = transaction.scope(forCalculation: "dependencies")
    if try transaction.records(where: isPair, in: all, limit: 2).contains(where: {
      $0.id != dependency.id
    }) {
      throw MeshError.alreadyExists("successor_id", "waits for that task already")
    }
    if let path = try transaction.path(from: last, to: first, TaskDependency.links(from:)) {
      throw CircleFault("successor_id", ([first] + path).map(\.description))
    }
  }
}
