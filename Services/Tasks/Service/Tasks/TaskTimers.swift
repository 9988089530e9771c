import MeshAccess
import MeshCore
import MeshPeers
import MeshProto
import MeshRecords
import MeshService
import MeshStore
import TasksAPI
import TypeAPI

/// Acts at the moments of a task: reminds, alerts, and makes the next instance of a series.
enum TaskTimers {
  private static let reminder = "task.reminder"
  private static let overdue = "task.overdue"
  private static let escalation = "task.escalation"
  private static let next = "task.next"

  /// A moment of a task, for which a timer is set; its key begins with the task's.
  struct Moment: Equatable {
    let name: String
    let key: String
    let time: Timestamp

    var isReminder: Bool { name == TaskTimers.reminder }
  }

  static let names = [reminder, overdue, escalation, next]

  /// The moments that follow from a task's fields.
  static func moments(of task: Task) -> [Moment] {
    guard let key = task.recordID?.typeIDSuffix else { return [] }
    var moments: [Moment] = []
    if let due = task.dueTime, !task.closed {
      moments.append(Moment(name: overdue, key: key, time: due))
      for entry in task.reminders {
        let time = due - .seconds(60 * Int64(entry.minutes))
        moments.append(Moment(name: reminder, key: "\(key)/\(entry.minutes)", time: time))
      }
    }
    // A series that goes by dates ends when an instance is cancelled.
    if task.recurrenceParts.nextOn == "date", task.status != "cancelled", task.nextId == nil,
      let time = task.seriesTime
    {
      moments.append(Moment(name: next, key: key, time: time))
    }
    return moments
  }

  static func kinds(_ peers: Peers) -> [TimerKind] {
    [
      TimerKind(reminder) { timer, transaction in
        guard let task = try transaction.task(of: timer), let due = task.dueTime else { return }
        let minutes = Int32(clamping: (due - timer.due).components.seconds / 60)
        let members = try peers.active(task.doers, in: timer.tenant)
        try alert(task, .reminder, members, timer, minutes: minutes, in: transaction)
      },
      TimerKind(overdue) { timer, transaction in
        guard let task = try transaction.task(of: timer) else { return }
        let members = try peers.active(task.doers, in: timer.tenant)
        try alert(task, .overdue, members, timer, in: transaction)
        let wait = try peers.settings(of: timer.tenant).escalation
        let (time, wasOver) = (timer.due + wait, timer.payload)
        let isOver = time > timer.now ? [] : wasOver
        try transaction.setTimer(escalation, key: timer.key, at: time, payload: isOver)
      },
      TimerKind(escalation) { timer, transaction in
        guard let task = try transaction.task(of: timer) else { return }
        let managers = Set(task.doers.flatMap { peers.access.managers(of: $0, in: timer.tenant) })
        let others = managers.subtracting(task.doers).sorted()
        let members = try peers.active(others, in: timer.tenant)
        try alert(task, .escalation, members, timer, in: transaction)
      },
      TimerKind(next) { timer, transaction in
        try transaction.lock(TasksRPC.lock)
        guard let task = try transaction.task(of: timer) else { return }
        var changed = task
        try transaction.planNext(of: &changed)
        let planned = try transaction.save(changed, before: task, by: NoRules())
        try transaction.makeNext(of: planned, peers)
      },
    ]
  }

  /// Alerts those members who have not had this alert yet: the change log announces it, and the task carries it, which
  /// is nobody's edit.
  private static func alert(
    _ task: Task,
    _ kind: TaskAlertKind,
    _ members: [MemberID],
    _ timer: DueTimer,
    minutes: Int32 = 0,
    in transaction: WriteTransaction
  ) throws {
    guard let id = task.id else { return }
    let alertedMembers = try members.filter { member in
      try transaction.execute(
        """
        INSERT INTO task_alerts (task_id, kind, minutes, due_time, member_id)
        VALUES (\(id), \(kind.rawValue), \(minutes), \(task.dueTime), \(member))
        ON CONFLICT (tenant_id, task_id, kind, minutes, due_time, member_id) DO NOTHING
        """
      ) > 0
    }
    let isReminded = timer.payload.isEmpty && task.reminders.contains { $0.minutes == 0 }
    var alerted = task
    alerted.overdue = task.overdue || kind == .overdue
    if alertedMembers.isEmpty, alerted.overdue == task.overdue { return }
    alerted.alert = TaskAlert(
      kind: kind.rawValue,
      memberIds: kind == .overdue && isReminded ? [] : alertedMembers,
      time: timer.due,
      minutes: minutes,
      late: timer.isLate && timer.payload.isEmpty,
      doerIds: task.doers,
      dueTime: task.dueTime,
      priority: task.priority
    )
    _ = try kind.save(alerted, before: task, in: transaction)
  }
}

/// The kinds of `TaskAlert`.
private enum TaskAlertKind: String {
  case reminder, overdue, escalation

  /// Saves a task with its alert, as the change that announces it.
  func save(_ after: Task, before task: Task, in transaction: WriteTransaction) throws -> Task {
    switch self {
    case .reminder: try transaction.save(after, before: task, action: "reminded", by: NoRules())
    case .overdue: try transaction.save(after, before: task, action: "overdue", by: NoRules())
    case .escalation: try transaction.save(after, before: task, action: "escalated", by: NoRules())
    }
  }
}

extension WriteTransaction {
  /// Sets the timers of a task that was written, except reminders whose time has passed.
  func scheduleMoments(of before: Task?, _ after: Task?) throws {
    guard let key = (after ?? before)?.recordID?.typeIDSuffix else { return }
    let moments = after.map { TaskTimers.moments(of: $0) } ?? []
    if let before {
      if moments == TaskTimers.moments(of: before) { return }
      for name in TaskTimers.names { try cancelTimers(name, keyPrefix: key) }
    }
    for moment in moments where !moment.isReminder || moment.time > now {
      let isPast: [UInt8] = moment.time > now ? [] : [1]
      try setTimer(moment.name, key: moment.key, at: moment.time, payload: isPast)
    }
  }

  /// The task of a timer; nil when it is gone.
  fileprivate func task(of timer: DueTimer) throws -> Task? {
    let suffix = timer.key.prefix { $0 != "/" }
    return try TaskID("\(Task.schema.idPrefix)_\(suffix)").flatMap { try task($0) }
  }
}
