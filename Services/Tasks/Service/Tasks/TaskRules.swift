import MeshAccess
import MeshCore
import MeshPeers
import MeshProto
import MeshRecords
import MeshStore
import TasksAPI
import TypeAPI

/// The rules of tasks: owners, assignees and watchers, dependencies, series, and moments.
struct TaskRules: RecordRules {
  let transaction: WriteTransaction
  let peers: Peers
  /// The instance before a new one in its series, and when the new one is due by the rule.
  var following: (last: Task, time: Timestamp)?
  /// The rule that creates a new task.
  var rule: TaskRuleID?
  /// Whether to make the next instance of the series even if this one is not completed.
  var makesNext = false
  /// Whether another series begins with the task.
  var beginsSeries = false

  func prepare(_ task: inout Task, before: Task?, _ check: inout FieldCheck) throws {
    if before == nil { task.ruleId = rule }
    // Keeps the previous instance's values, even retired ones.
    let earlier = before ?? following?.last
    try transaction.checkHolders(of: &task, before: earlier, peers, &check)
    try checkMembers(task.assigneeIds, earlier?.assigneeIds, "assignee_ids", "edit", &check)
    try checkMembers(task.watcherIds, earlier?.watcherIds, "watcher_ids", "read", &check)
    try transaction.checkKeys(of: &task, before: earlier, &check)
    try transaction.checkParent(of: task, before: earlier, in: "parent_id", &check)
    if task.parentId != earlier?.parentId, let author = transaction.author.member,
      let parent = try task.parentId.flatMap({ try transaction.task($0) }),
      try !transaction.may(author, .edit, with: parent, peers.access)
    {
      check.refuse("parent_id", "must be a task that you may edit")
    }
    if let project = task.projectId, project != earlier?.projectId {
      try transaction.checkNamed(Project.self, project.words, "project_id", &check)
    }
    check.refuseRepeats(of: task.related, "related")
    let zone = try peers.settings(of: transaction.tenant).reports.timeZone.name
    task.settle(before: before, zone: zone, at: transaction.now, &check)
    if let (last, time) = following, before == nil {
      (task.seriesId, task.seriesStart, task.seriesTime) = (last.seriesId, last.seriesStart, time)
    } else {
      task.settleSeries(before: before, begins: beginsSeries, &check)
    }
    guard let before else { return }
    // A restored task does not repeat its last alert: its version is the next one already.
    if task.etag != before.etag { task.alert = nil }
    try checkDependencies(of: task, before: before, &check)
    let isDone = task.isCompleted && !before.isCompleted
    if makesNext || isDone && task.recurrenceParts.nextOn == "completion" {
      try transaction.planNext(of: &task)
    }
  }

  private func checkMembers(
    _ ids: [MemberID],
    _ known: [MemberID]?,
    _ field: String,
    _ action: String,
    _ check: inout FieldCheck
  ) throws {
    let may = (object: Task.schema.object, action: action)
    try transaction.checkMembers(ids, known: known, field, may: may, peers, &check)
  }

  /// Refuses to begin or complete a task that waits for another one.
  private func checkDependencies(
    of task: Task,
    before: Task,
    _ check: inout FieldCheck
  ) throws {
    let ends = task.isCompleted && !before.isCompleted
    guard ends || task.status == "in_progress" && !before.hasBegun, let id = task.id else { return }
    for (other, type) in try transaction.predecessors(of: id) where check.isFine("status") {
      let isFree =
        switch type {
        case "start_to_start": other.hasBegun
        case "finish_to_finish": other.isCompleted || !ends
        default: other.isCompleted
        }
      let step = type == "start_to_start" ? "has begun" : "is completed"
      if !isFree {
        check.refuse("status", "must not be \(task.status) before \(other.idText) \(step)")
      }
    }
  }

  func wrote(before: Task?, after: Task?) throws {
    guard let id = (after ?? before)?.id else { return }
    try transaction.scheduleMoments(of: before, after)
    guard let after else {
      guard try transaction.hasOpenParts(id) else { return }
      let rule = "open tasks are part of this task; complete, move or delete them first"
      throw MeshError.failedPrecondition(rule)
    }
    let watchers = before?.watcherIds ?? []
    if after.watcherIds != watchers || after.assigneeIds != before?.assigneeIds {
      try transaction.shareToRead(after, with: after.watcherIds, before: watchers)
    }
    if after.closed, before?.closed == false {
      try transaction.stopLogs(on: after)
    } else if let before, !before.isHeld(as: after) {
      try transaction.stopLogs(on: after, peers.access)
    }
    if let before, after.nextId != before.nextId { try transaction.makeNext(of: after, peers) }
  }
}

extension WriteTransaction {
  /// Plans the next instance of a series, unless one exists or the series ends.
  func planNext(of task: inout Task) throws {
    guard task.nextId == nil, let series = task.seriesId, let time = task.nextTime(at: now) else {
      return
    }
    let there = try tasks(where: "series_id = \(series) AND series_time = \(time)").first
    task.nextId = there?.id ?? ids.next()
  }

  /// Creates the planned next instance of a series, unless it exists.
  func makeNext(of task: Task, _ peers: Peers) throws {
    guard let next = task.nextId, let time = task.nextTime(at: now), try self.task(next) == nil
    else {
      return
    }
    let rules = TaskRules(transaction: self, peers: peers, following: (task, time))
    _ = try create(task.following(at: time), id: next.words, by: rules)
  }
}
