import LeadsAPI
import MeshPeers
import MeshProto
import MeshRecords
import MeshStore

extension ScoringRule: PointRule {
  typealias Scored = Lead

  static var conditions: RecordConditions { Lead.scoringConditions }

  static func noteChange(in transaction: WriteTransaction) throws {
    try transaction.noteScoringChange()
  }
}

extension Scorer<ScoringRule> {
  /// The score of a lead, computed from its fields; its present score is ignored.
  func score(_ lead: Lead) -> Score {
    Score(
      of: verdicts(on: lead).filter { $0.state == .met }.map { verdict in
        let rule = verdict.rule
        return ScoreComponent(ruleId: rule.id, name: rule.displayName, points: rule.points)
      }
    )
  }
}

extension RulesCache {
  /// How leads are scored in the background.
  var scoring: ScoredKind<Lead> {
    ScoredKind(
      rules: { transaction in
        guard let scorer = try transaction.intakeRules(self).scoring?.scorer else { return nil }
        return { lead in
          let score = scorer.score(lead)
          lead.take(score)
        }
      },
      version: { try $0.rulesVersion().scoring },
      wrote: { before, after, transaction in
        let rules = try transaction.intakeRules(self)
        try transaction.noteReadiness(of: after, before: before, by: rules)
      }
    )
  }
}
