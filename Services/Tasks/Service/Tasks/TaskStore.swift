import MeshAccess
import MeshCore
import MeshRecords
import MeshStore
import TasksAPI
import TypeAPI

/// Queries of tasks beyond those of every record.
extension ReadTransaction {
  /// A task as it is now.
  func task(_ id: TaskID) throws -> Task? {
    try record(id.words, in: scope(forCalculation: "tasks"))
  }

  /// The tasks that meet a condition, by id.
  func tasks(where condition: SQL, limit: Int = 1_000) throws -> [Task] {
    try records(where: condition, in: scope(forCalculation: "tasks"), limit: limit)
  }

  /// Whether open tasks are part of a task.
  func hasOpenParts(_ task: TaskID) throws -> Bool {
    let query: SQL = "SELECT 1 FROM tasks WHERE parent_id = \(task) AND NOT closed LIMIT 1"
    return try value(query, as: Int.self) != nil
  }

  /// The tasks that a task waits for, and how; cancelled ones hold nothing up.
  func predecessors(of task: TaskID) throws -> [(task: Task, type: String)] {
    let all: Scope<TaskDependency> = scope(forCalculation: "dependencies")
    return try records(where: "successor_id = \(task)", in: all, limit: 1_000).compactMap { link in
      guard let other = try link.predecessorId.flatMap({ try self.task($0) }),
        other.status != "cancelled"
      else { return nil }
      return (task: other, type: link.type)
    }
  }

  /// How many tasks of a scope each rule created in a period, by priority.
  ///
  /// - Parameters:
  ///   - start: when the period begins; nil for no bound.
  ///   - end: when it is over; nil for no bound.
  ///   - scope: the tasks that count.
  /// - Returns: counts for each rule and priority of such tasks.
  /// - Throws: `StoreError`.
  func ruleCounts(
    from start: Timestamp?,
    to end: Timestamp?,
    in scope: Scope<Task>
  ) throws -> [RuleCount] {
    let (first, last) = (start ?? .earliest, end ?? .latest)
    let isOfPeriod: SQL = "create_time >= \(first) AND create_time < \(last)"
    return try rows(
      """
      SELECT rule_id, priority, count(CASE WHEN \(isOfPeriod) THEN 1 END),
        count(CASE WHEN \(isOfPeriod) AND status = 'completed' THEN 1 END),
        count(CASE WHEN \(isOfPeriod) AND overdue THEN 1 END), max(create_time)
      FROM tasks WHERE rule_id IS NOT NULL AND \(scope.predicate(walks: false))
      GROUP BY rule_id, priority
      """
    ) { row in
      RuleCount(
        rule: try row.next(),
        priority: try row.next(),
        created: try row.next(),
        completed: try row.next(),
        overdue: try row.next(),
        lastTime: try row.next()
      )
    }
  }
}

/// How many tasks of one priority a rule has created.
struct RuleCount {
  let rule: TaskRuleID
  let priority: String
  let created: Int64
  let completed: Int64
  let overdue: Int64
  /// When the latest task was created, even outside the period.
  let lastTime: Timestamp
}

/// Queries of dependencies beyond those of every record.
extension TaskDependency {
  /// Links from each of some tasks to those that wait for it.
  static func links(from tasks: [IDWords]) -> SQL {
    """
    SELECT predecessor_id, successor_id FROM task_dependencies
    WHERE \(SQL.isOne("predecessor_id", of: tasks)) ORDER BY id
    """
  }
}
