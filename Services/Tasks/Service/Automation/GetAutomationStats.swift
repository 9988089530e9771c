import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import TasksAPI

extension TasksRPC {
  @LoopActor
  func getAutomationStats(
    _ request: GetAutomationStatsRequest,
    _ call: Call
  ) async throws -> GetAutomationStatsResponse {
    let (start, end, gate) = (request.startTime, request.endTime, gate)
    try FieldCheck.requirePeriod(from: start, until: end)
    guard request.ruleIds.count <= 100 else {
      throw MeshError.invalid("rule_ids", "must name at most 100 rules")
    }
    let (rules, counts) = try await store.read(call.tenant) { transaction in
      let scope = transaction.scope(call, .read, of: Task.self, gate)
      let counts = try transaction.ruleCounts(from: start, to: end, in: scope)
      return (try transaction.watchRules(TaskRule.self), counts)
    }
    let wanted = request.ruleIds.isEmpty ? Set(rules.keys) : Set(request.ruleIds.map(\.words))
    let shown = rules.filter { wanted.contains($0.key) }.map(\.value)
      .sorted { ($0.displayName, $0.idText) < ($1.displayName, $1.idText) }
    return GetAutomationStatsResponse(
      rules: shown.map { rule in TaskRuleStats(rule, counts.filter { $0.rule == rule.id }) }
    )
  }
}

extension TaskRuleStats {
  fileprivate init(_ rule: TaskRule, _ counts: [RuleCount]) {
    self.init(
      ruleId: rule.id,
      displayName: rule.displayName,
      created: counts.reduce(0) { $0 + $1.created },
      completed: counts.reduce(0) { $0 + $1.completed },
      overdue: counts.reduce(0) { $0 + $1.overdue },
      priorities: Task.priorities.map { priority in
        let count = counts.first { $0.priority == priority }?.created ?? 0
        return TaskPriorityCount(priority: priority, count: count)
      },
      lastRunTime: counts.map(\.lastTime).max()
    )
  }
}
