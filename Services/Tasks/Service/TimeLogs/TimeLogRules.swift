import MeshAccess
import MeshCore
import MeshRecords
import MeshStore
import TasksAPI
import TypeAPI

extension TimeLog {
  fileprivate static let longest = Duration.seconds(31 * 86_400)

  /// The entry as its timer stops now, or as it stopped when it reached the longest time.
  func stopped(at now: Timestamp) -> TimeLog {
    let start = startTime ?? now
    var log = self
    log.endTime = max(start, min(now, start + Self.longest))
    return log
  }
}

/// The rules of time logs: their members, who may change them, one running timer per member, and the task's total.
struct TimeLogRules: RecordRules {
  let transaction: WriteTransaction
  /// Judges who makes the change; nil where the task was judged, and for what the service does itself.
  var gate: AccessGate?
  /// The field that errors name when the request would start a second timer.
  var started = "end_time"

  func prepare(_ log: inout TimeLog, before: TimeLog?, _ check: inout FieldCheck) throws {
    if before == nil {
      log.memberId = MemberID(transaction.author.actor)
      log.startTime = log.startTime ?? transaction.now
      if let task = log.taskId {
        try transaction.checkNamed(Task.self, task.words, "task_id", &check)
      }
    }
    guard let member = log.memberId else {
      throw MeshError.permissionDenied("only members log time")
    }
    guard let start = log.startTime else {
      return check.refuse("start_time", "must have a value")
    }
    log.seconds = 0
    if let end = log.endTime {
      log.seconds = (end - start).components.seconds
      if end < start || end - start > TimeLog.longest {
        check.refuse("end_time", "must be at most 31 days after start_time, and not before it")
      }
      return
    }
    if start > transaction.now {
      check.refuse("start_time", "must not be in the future while the timer runs")
    }
    if let task = log.taskId, try transaction.task(task)?.closed == true {
      check.refuse(started, "must be set, as the task is closed")
    }
    if let running = try transaction.runningLog(of: member), running.id != log.id {
      let task = running.taskId?.description ?? ""
      throw MeshError.alreadyExists(started, "must wait for your timer on \(task), which runs")
    }
  }

  func wrote(before: TimeLog?, after: TimeLog?) throws {
    let task = try (after ?? before)?.taskId.flatMap { try transaction.task($0) }
    if let gate, let member = MemberID(transaction.author.actor),
      try task.map({ try !transaction.may(member, .edit, with: $0, gate) }) ?? true
    {
      throw MeshError.permissionDenied("logged time is changed only by those who may edit its task")
    }
    let logged = (after?.seconds ?? 0) - (before?.seconds ?? 0)
    guard logged != 0, let task else { return }
    var changed = task
    changed.actualSeconds += logged
    _ = try transaction.save(changed, before: task, by: NoRules())
  }
}

extension WriteTransaction {
  /// Ends the time logs that run on a task, with `gate` only those of members who may not edit it any more.
  func stopLogs(on task: Task, _ gate: AccessGate? = nil) throws {
    for log in try running("task_id = \(task.id)", limit: 1_000) {
      if let gate, let who = log.memberId, try may(who, .edit, with: task, gate) { continue }
      _ = try update(log, to: log.stopped(at: now), by: TimeLogRules(transaction: self))
    }
  }
}

/// Queries of time logs beyond those of every record.
extension ReadTransaction {
  /// The time log of a member that runs; nil when none does.
  func runningLog(of member: MemberID) throws -> TimeLog? {
    try running("member_id = \(member)", limit: 1).first
  }

  fileprivate func running(_ condition: SQL, limit: Int) throws -> [TimeLog] {
    let isRunning: SQL = "\(condition) AND end_time IS NULL"
    return try records(where: isRunning, in: scope(forCalculation: "time logs"), limit: limit)
  }
}
