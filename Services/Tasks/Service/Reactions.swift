import MeshRecords
import MeshService
import MeshStore
import TasksAPI

/// Reactions to new tenants.
enum TasksReactions {
  /// Creates the first categories of a new tenant, which may change them.
  static let tenants = Reaction(to: "tenants", ["tenant"]) { change, transaction in
    guard change.before == nil, change.after != nil else { return }
    let names = ["Call", "E-mail", "Meeting", "Follow-up", "Administration"]
    try transaction.addEntries(TaskCategory.self, names, usedBy: Task.schema, "category")
  }
}
