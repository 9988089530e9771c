import DealsAPI
import EngageAPI
import LeadsAPI
import MeshCore
import MeshImport
import MeshPeers
import MeshRecords
import MeshService
import MeshStore
import RecordsAPI
import TasksAPI

/// Notifies members of changes to leads, deals, tasks and imports, and logs conversions.
///
/// The other services do not wait for it: they react to activities themselves, and would wait for each other.
struct EngageReactions: Sendable {
  let peers: Peers
  /// The names of the stages of each pipeline, by key.
  let stages: Replica<[String: String]> = Replica(of: Pipeline.self, in: "deals") { pipeline in
    pipeline.stages.reduce(into: [:]) { $0[$1.key] = $1.displayName }
  }

  var all: [Reaction] {
    let heard = [
      ("leads", ["lead", "import"]), ("deals", ["deal", "record_import"]),
      ("tasks", ["task", "task_import"]),
    ]
    return heard.map { name, objects in
      Reaction(to: name, objects, start: .nextChange, isAwaited: false) { change, transaction in
        switch change.object {
        case "lead": try hear(ofLead: change, transaction)
        case "deal": try hear(ofDeal: change, transaction)
        case "task": try hear(ofTask: change, transaction)
        default: try hear(ofImport: change, transaction)
        }
      }
    }
  }

  private func hear(ofLead change: ChangeEntry, _ transaction: WriteTransaction) throws {
    let (before, after) = try change.images(of: Lead.self)
    guard let lead = after else { return }
    if change.action == "conversion_ready" {
      // The owner is notified even of their own last step: the service found out what it led to.
      try transaction.tell([lead.ownerId], Notice("conversion_ready", change, doer: nil))
    }
    if change.isPartial { return }
    if change.action == "convert" {
      try transaction.logConversion(of: lead, by: change.member, peers)
    }
    if before == nil && change.action != "create" || lead.ownerId == before?.ownerId { return }
    try transaction.tell([lead.ownerId], Notice("lead_assigned", change, doer: change.member))
  }

  private func hear(ofDeal change: ChangeEntry, _ transaction: WriteTransaction) throws {
    let (before, after) = try change.images(of: Deal.self)
    if change.isPartial { return }
    guard let before, let deal = after, deal.stage != before.stage else { return }
    var notice = Notice("deal_stage_changed", change, doer: change.member)
    let names = [before, deal].map { deal in
      deal.pipelineId.flatMap { stages[change.tenant, $0]?[deal.stage] } ?? deal.stage.words
    }
    notice.message = "From \(names[0]) to \(names[1])"
    try transaction.tell([deal.ownerId], notice)
  }

  private func hear(ofTask change: ChangeEntry, _ transaction: WriteTransaction) throws {
    let (before, after) = try change.images(of: TasksAPI.Task.self)
    guard let task = after else { return }
    if let before, let alert = task.alert, alert != before.alert {
      var notice = Notice(alert, change)
      if alert.kind == "escalation", let due = alert.dueTime {
        let since = MomentText.of(due, in: try peers.settings(of: change.tenant).reports.timeZone)
        notice.message = "\(peers.names(of: alert.doerIds, in: change.tenant)), since \(since)"
      }
      try transaction.tell(alert.memberIds, notice)
    }
    if change.isPartial || before == nil && change.action != "create" { return }
    let assigned = Set(task.assigneeIds).subtracting(before?.assigneeIds ?? [])
    let notice = Notice("task_assigned", change, doer: change.member, task.priority)
    try transaction.tell(Array(assigned), notice)
    if let before, before.completeTime == nil, task.completeTime != nil {
      let notice = Notice("task_completed", change, doer: change.member, task.priority)
      try transaction.tell([MemberID(task.createdBy)], notice)
    }
  }

  /// Imports of leads have the same fields as other imports.
  private func hear(ofImport change: ChangeEntry, _ transaction: WriteTransaction) throws {
    guard let job = try change.images(of: RecordImport.self).after, let news = ImportNews(of: job)
    else { return }
    var notice = Notice("system_alert")
    (notice.title, notice.message) = (news.title, news.message)
    if news.hasFailed { notice.priority = "high" }
    try transaction.tell([MemberID(job.creator)], notice)
  }
}

extension Notice {
  /// A notice of another service's change.
  fileprivate init(
    _ kind: String,
    _ change: ChangeEntry,
    doer: MemberID?,
    _ taskPriority: String = ""
  ) {
    self.init(kind, about: change.id)
    (actor, self.doer) = (change.actor, doer)
    if ["low", "high", "urgent"].contains(taskPriority) { priority = taskPriority }
  }

  /// A notice of a task's alert, which nobody caused.
  fileprivate init(_ alert: TaskAlert, _ change: ChangeEntry) {
    let kind = alert.kind == "reminder" ? "task_reminder" : "task_overdue"
    self.init(kind, change, doer: nil, alert.priority)
    isLate = alert.late
    if alert.kind == "reminder" { message = SpanText.ahead(minutes: alert.minutes) }
    if alert.kind == "escalation" { title = "A task of your team is overdue" }
  }
}
