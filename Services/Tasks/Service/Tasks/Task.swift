import MeshCore
import MeshRecords
import TasksAPI

extension Task {
  static let priorities = ["low", "medium", "high", "urgent"]
  /// The most Unicode characters of a tag.
  private static let longestTag = 60

  var isCompleted: Bool { status == "completed" }

  /// Whether work on it has begun, even if it is waiting.
  var hasBegun: Bool { ["in_progress", "waiting", "completed"].contains(status) }

  /// Its assignees; without any, its owner.
  var doers: [MemberID] { assigneeIds.isEmpty ? [ownerId].compactMap { $0 } : assigneeIds }

  func completed() -> Task {
    var completed = self
    completed.status = "completed"
    return completed
  }

  /// Fills in what was left out, and updates what follows from its other fields.
  ///
  /// - Parameters:
  ///   - before: as it was; nil for a new one.
  ///   - zone: the tenant's time zone.
  ///   - now: the moment of the change.
  ///   - check: collects faults.
  mutating func settle(
    before: Task?,
    zone: String,
    at now: Timestamp,
    _ check: inout FieldCheck
  ) {
    if status.isEmpty { status = "todo" }
    if priority.isEmpty { priority = "medium" }
    priorityRank = Int32((Self.priorities.firstIndex(of: priority) ?? 0) + 1)
    closed = isCompleted || status == "cancelled"
    completeTime = isCompleted ? before?.completeTime ?? now : nil
    if dueTimeZone.isEmpty, dueTime != nil { dueTimeZone = zone }
    if closed || dueTime.map({ $0 > now }) ?? true { overdue = false }
    if let start = startTime, let due = dueTime, due < start {
      check.refuse("due_time", "must not be before start_time")
    }
    settleTags(&check)
    var seen: Set<Int32> = []
    for (index, reminder) in reminders.enumerated() where !seen.insert(reminder.minutes).inserted {
      check.refuse("reminders[\(index)].minutes", "must be named once")
    }
  }

  private mutating func settleTags(_ check: inout FieldCheck) {
    var seen: Set<String> = []
    tags = tags.map { TextForm.cleaned($0) }
      .filter { !$0.isEmpty && seen.insert(UnicodeText.folded($0)).inserted }
    if tags.contains(where: { $0.unicodeScalars.count > Self.longestTag }) {
      check.refuse("tags", "must have entries of at most \(Self.longestTag) characters")
    }
  }
}
