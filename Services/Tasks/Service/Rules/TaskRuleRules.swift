import MeshCore
import MeshPeers
import MeshProto
import MeshRecords
import MeshService
import MeshStore
import TasksAPI
import TypeAPI

extension TaskRule: WatchRule {
  /// A draft of the task that it makes.
  ///
  /// - Parameters:
  ///   - record: that the task is about.
  ///   - now: when it is made.
  ///   - may: whether a member may do tasks; others are left out.
  /// - Returns: the draft.
  /// - Throws: what `may` throws.
  func draft(
    for record: any RecordMessage,
    at now: Timestamp,
    _ may: (MemberID) throws -> Bool
  ) rethrows -> Task {
    let owner = type(of: record).schema["owner_id"].flatMap { record.value(of: $0).id }
    let owners = owner.flatMap { MemberID($0) }.map { [$0] } ?? []
    let assignees = try (assigneeIds.isEmpty ? owners : assigneeIds).filter(may)
    return Task(
      title: title,
      description: description,
      priority: priority,
      category: category,
      dueTime: dueMinutes.map { now + .seconds(60 * Int64($0)) },
      ownerId: assignees.first,
      assigneeIds: assignees,
      related: [RecordRef(record.idText)].compactMap { $0 }
    )
  }
}

/// The rules of the rules that make tasks: their condition and their task, and what becomes of records that wait.
struct TaskRuleRules: RecordRules {
  let transaction: WriteTransaction
  let peers: Peers
  let watching: Watching<TaskRule>

  func prepare(_ rule: inout TaskRule, before: TaskRule?, _ check: inout FieldCheck) throws {
    rule.active = rule.active ?? true
    if rule.priority.isEmpty { rule.priority = "medium" }
    try transaction.checkKeys(of: &rule, before: before, &check)
    try transaction.checkMembers(
      rule.assigneeIds,
      known: before?.assigneeIds,
      "assignee_ids",
      may: (object: "task", action: "edit"),
      peers,
      &check
    )
    guard !rule.condition.isEmpty, check.isFine("condition"),
      let conditions = watching.kind(of: rule)?.conditions
    else { return }
    do throws(MeshError) {
      _ = try conditions.compile(rule.condition)
    } catch {
      check.refuse("condition", error.violations.first?.description ?? error.message)
    }
  }

  func wrote(before: TaskRule?, after: TaskRule?) throws {
    try watching.wrote(before: before, after: after, in: transaction)
  }
}
