import CEL
import LeadsAPI
import MeshProto
import MeshRecords

/// What a change of one scoring rule would do to leads, counted lead by lead.
struct ScoringPreview: Sendable {
  private struct Part: Sendable {
    let condition: CheckedExpression
    let points: Int

    func points(for values: CELRecord) -> Int { condition.matches(values) ? points : 0 }
  }

  struct BandChange: Hashable {
    let from: Band
    let to: Band
  }

  private let others: [Part]
  /// The rule as it is; nil if it does not count.
  private let before: Part?
  /// The rule as it is about to be; nil if it will not count.
  private let after: Part?
  private let condition: CheckedExpression
  private let slots: [Int]

  private(set) var considered = 0
  private(set) var matching = 0
  private(set) var changes: [BandChange: Int] = [:]

  /// - Parameters:
  ///   - scorer: the present rules.
  ///   - rule: as it is about to be; with an id, in place of the rule with that id.
  ///   - condition: the rule's.
  ///   - isDeleted: whether it is about to be deleted.
  init(
    _ scorer: Scorer<ScoringRule>,
    _ rule: ScoringRule,
    _ condition: CheckedExpression,
    isDeleted: Bool
  ) {
    func part(_ entry: (rule: ScoringRule, condition: CheckedExpression)) -> Part {
      Part(condition: entry.condition, points: Int(entry.rule.points))
    }
    others = scorer.rules.filter { rule.id == nil || $0.rule.id != rule.id }.map(part)
    before = rule.id.flatMap { id in scorer.rules.first { $0.rule.id == id } }.map(part)
    let counts = !isDeleted && rule.active != false
    after = counts ? Part(condition: condition, points: Int(rule.points)) : nil
    self.condition = condition
    let conditions = scorer.rules.map(\.condition) + [condition]
    slots = Set(conditions.flatMap(\.referencedSlots)).sorted()
  }

  mutating func consider(_ lead: Lead) {
    let values = Lead.scoringConditions.values(of: lead, slots: slots)
    considered += 1
    if condition.matches(values) { matching += 1 }
    let base = others.reduce(0) { $0 + $1.points(for: values) }
    let from = Band(points: Score.clamped(base + (before?.points(for: values) ?? 0)))
    let to = Band(points: Score.clamped(base + (after?.points(for: values) ?? 0)))
    if from != to { changes[BandChange(from: from, to: to), default: 0] += 1 }
  }
}

extension PreviewScoringRuleResponse {
  init(_ preview: ScoringPreview, isComplete: Bool) {
    self.init()
    leadsConsidered = Int32(clamping: preview.considered)
    consideredAll = isComplete
    matching = Int32(clamping: preview.matching)
    for from in Band.allCases {
      for to in Band.allCases {
        guard let count = preview.changes[ScoringPreview.BandChange(from: from, to: to)] else {
          continue
        }
        changes.append(
          BandChange(fromBand: from.rawValue, toBand: to.rawValue, count: Int32(clamping: count))
        )
      }
    }
  }
}
