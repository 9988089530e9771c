import DealsAPI
import LeadsAPI
import MeshCore
import MeshLoop
import MeshPeers
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import TasksAPI
import TypeAPI

extension TaskRule: WatchRule {
  /// A draft of the task that the rule creates.
  ///
  /// - Parameters:
  ///   - record: the record that the task is about.
  ///   - now: the time of creation.
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

/// The checks of the rules that create tasks, and the effect of a changed rule on waiting records.
struct AutomationRules: RecordRules {
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

extension TaskPeers {
  /// How the rules that create tasks look at leads and deals, and create a task.
  func watching(_ peers: Peers) -> Watching<TaskRule> {
    let (leads, deals) = (leads, deals)
    let kinds = [
      WatchedKind(Lead.self, in: "leads", place: "status") {
        @LoopActor (filter, token, options) async throws in
        let request = ListLeadsRequest(filter: filter, pageSize: 1_000, pageToken: token)
        let page = try await leads(request, options)
        return (page.leads, page.nextPageToken)
      },
      WatchedKind(Deal.self, in: "deals", place: "stage") {
        @LoopActor (filter, token, options) async throws in
        let request = ListDealsRequest(filter: filter, pageSize: 1_000, pageToken: token)
        let page = try await deals(request, options)
        return (page.deals, page.nextPageToken)
      },
    ]
    return Watching(in: "task_rule_records", timer: "task.rule", kinds, lock: TasksRPC.lock) {
      rule,
      record,
      transaction in
      var draft = try rule.draft(for: record, at: transaction.now) { member in
        try peers.may(member, "task", "edit", in: transaction.tenant)
      }
      draft.category =
        try transaction.activeKey(draft.category, in: TaskCategory.schema.table) ?? ""
      let rules = TaskRules(transaction: transaction, peers: peers, rule: rule.id)
      return try transaction.create(draft, by: rules).recordID
    }
  }
}
