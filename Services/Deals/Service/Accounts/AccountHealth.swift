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
    unmeasured: ["active_in_30_days", "has_overdue", "has_subscription", "has_ticket_past_sla"]
  )
}

extension Peers {
  /// How accounts get their health.
  func health(by clock: Clock) -> ScoredKind<Account> {
    ScoredKind(
      by: HealthRule.self,
      take: { $0.take($1) },
      complete: { account, transaction in
        let today = try settings(of: transaction.tenant).reports.today(at: clock.now)
        try transaction.noteDeals(of: &account, since: today.advanced(by: -365))
      },
      // A year passes without any change.
      outdated: { "won_in_12_months AND last_won_date < \($0.advanced(by: -365))" }
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
