import MeshAccess
import MeshCore
import MeshRecords
import MeshStore
import TasksAPI
import TypeAPI

extension TimeLog {
  fileprivate static let longest = Duration.seconds(31 * 86_400)

  /// The entry of a timer that ran until now, or until it had run for as long as one may.
  func stopped(at now: Timestamp) -> TimeLog {
    let start = startTime ?? now
    var log = self
    log.endTime = max(start, min(now, start + Self.longest))
    return log
  }
}

/// The rules of time logs: whose they are, that one timer of a member runs, and what a task comes to.
struct TimeLogRules: RecordRules {
  let transaction: WriteTransaction
  /// What a request calls the timer that it would start.
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
    if let running = try transaction.runningTimer(of: member), running.id != log.id {
      let task = running.taskId?.description ?? ""
      throw MeshError.alreadyExists(started, "must wait for your timer on \(task), which runs")
    }
  }

  func wrote(before: TimeLog?, after: TimeLog?) throws {
    let logged = (after?.seconds ?? 0) - (before?.seconds ?? 0)
    guard logged != 0, let id = (after ?? before)?.taskId, let task = try transaction.task(id)
    else { return }
    var changed = task
    changed.actualSeconds += logged
    _ = try transaction.save(changed, before: task, by: NoRules())
  }
}

extension WriteTransaction {
  /// Stops every timer that runs on a task.
  func stopTimers(on task: TaskID) throws {
    for log in try runningTimers(on: task) {
      _ = try update(log, to: log.stopped(at: now), by: TimeLogRules(transaction: self))
    }
  }
}

/// Queries of time logs besides those of every record.
extension ReadTransaction {
  /// The timer of a member that runs, if there is one.
  func runningTimer(of member: MemberID) throws -> TimeLog? {
    try running("member_id = \(member)", limit: 1).first
  }

  /// The timers that run on a task.
  func runningTimers(on task: TaskID) throws -> [TimeLog] {
    try running("task_id = \(task)", limit: 1_000)
  }

  private func running(_ condition: SQL, limit: Int) throws -> [TimeLog] {
    let isRunning: SQL = "\(condition) AND end_time IS NULL"
    return try records(where: isRunning, in: scope(forCalculation: "timers"), limit: limit)
  }
}
