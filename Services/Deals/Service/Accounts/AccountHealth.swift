import DealsAPI
import MeshCore
import MeshPeers
import MeshRecords
import MeshStore

extension HealthRule: PointRule {
  typealias Scored = Account

  static let conditions = RecordConditions(
    Account.schema,
    computing: ["health_score", "health", "health_reasons"],
    unmeasured: ["has_subscription", "has_ticket_past_sla"]
  )
}

/// How long an activity speaks for an account.
private let activeTime = Duration.seconds(30 * 86_400)

extension Peers {
  /// How accounts get their health.
  func health(by clock: Clock) -> ScoredKind<Account> {
    ScoredKind(
      by: HealthRule.self,
      take: { $0.take($1) },
      complete: { account, transaction in
        let (now, settings) = (clock.now, try settings(of: transaction.tenant))
        let year = settings.reports.today(at: now).advanced(by: -365)
        try transaction.noteDeals(of: &account, since: year)
        account.activeIn30Days = account.lastActivityTime.map { now - $0 < activeTime } ?? false
        account.hasOverdue = try transaction.hasOverdueTask(account)
      },
      // A year or a month passes without any change.
      outdated: { day in
        """
        won_in_12_months AND last_won_date < \(day.advanced(by: -365))
        OR active_in_30_days AND last_activity_time <= \(clock.now - activeTime)
        """
      }
    )
  }
}

extension Account {
  fileprivate mutating func take(_ verdicts: [Verdict<HealthRule>]) {
    let score = Points.score(of: verdicts)
    (healthScore, health) = (score, score < 40 ? "poor" : score < 70 ? "fair" : "good")
    healthReasons = verdicts.map {
      let (rule, state) = ($0.rule, $0.state.rawValue)
      let (name, points) = (rule.displayName, rule.points)
      return HealthReason(ruleId: rule.id, name: name, points: points, state: state)
    }
  }
}
