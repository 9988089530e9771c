import LeadsAPI
import MeshCore
import MeshProto
import MeshRPC
import MeshRecords

/// A method by which a lead's chance to buy is assessed: criteria with points.
protocol AssessmentMethod {
  /// The lead's field.
  static var name: String { get }
  /// The names of the criteria.
  static var criteria: [String] { get }
  /// The most points of one criterion.
  static var mostPoints: Int32 { get }

  /// The assessed criteria, in the order of `criteria`; nil for those that nobody assessed.
  var answers: [Criterion?] { get set }
}

extension Bant: AssessmentMethod {
  static let name = "bant"
  static let criteria = ["budget", "authority", "need", "timeline"]
  static let mostPoints: Int32 = 25

  var answers: [Criterion?] {
    get { [budget, authority, need, timeline] }
    set {
      (budget, authority) = (newValue[0], newValue[1])
      (need, timeline) = (newValue[2], newValue[3])
    }
  }
}

extension Meddicc: AssessmentMethod {
  static let name = "meddicc"
  static let criteria = [
    "metrics", "economic_buyer", "decision_criteria", "decision_process", "identified_pain",
    "champion", "competition",
  ]
  static let mostPoints: Int32 = 10

  var answers: [Criterion?] {
    get {
      [
        metrics, economicBuyer, decisionCriteria, decisionProcess, identifiedPain, champion,
        competition,
      ]
    }
    set {
      (metrics, economicBuyer) = (newValue[0], newValue[1])
      (decisionCriteria, decisionProcess) = (newValue[2], newValue[3])
      (identifiedPain, champion) = (newValue[4], newValue[5])
      competition = newValue[6]
    }
  }

  /// The sum of the scores in percent of the highest possible one; nil without any.
  var percent: Int32? {
    let most = Self.mostPoints * Int32(Self.criteria.count)
    return total.map { ($0 * 100).dividedAndRounded(by: most) }
  }
}

extension AssessmentMethod {
  /// The sum of the scores; nil without any.
  var total: Int32? {
    let scores = answers.compactMap { $0?.score }
    return scores.isEmpty ? nil : scores.reduce(0, +)
  }

  /// The sum with full points for all criteria that nobody assessed.
  var bestTotal: Int32 { answers.reduce(0) { $0 + ($1?.score ?? Self.mostPoints) } }

  fileprivate var isEmpty: Bool { answers.allSatisfy { $0 == nil } }

  /// Normalizes the evidence; errors are added to the check.
  fileprivate mutating func conform(_ check: inout FieldCheck) {
    for (index, name) in Self.criteria.enumerated() {
      guard var answer = answers[index] else { continue }
      let path = "\(Self.name).\(name)"
      if let score = answer.score, !(0...Self.mostPoints).contains(score) {
        check.refuse("\(path).score", "must be from 0 to \(Self.mostPoints)")
      }
      answer.evidence = check.text(answer.evidence, "\(path).evidence", 0...1_000)
      answers[index] = answer
    }
  }

  /// The criteria after an assessment: given ones replace, empty ones clear.
  fileprivate func taking(_ given: Self, by member: MemberID?, at now: Timestamp) -> Self {
    var merged = self
    for (index, answer) in given.answers.enumerated() {
      guard let answer else { continue }
      if let present = answers[index], present.score == answer.score,
        !differ(present.evidence, answer.evidence)
      {
        continue
      }
      let isCleared = answer.score == nil && answer.evidence.isEmpty
      merged.answers[index] =
        isCleared
        ? nil
        : Criterion(score: answer.score, evidence: answer.evidence, memberId: member, time: now)
    }
    return merged
  }
}

/// An assessment of a lead by both methods.
struct Assessment: Sendable {
  private let bant: Bant?
  private let meddicc: Meddicc?
  private let member: MemberID?

  /// - Parameters:
  ///   - bant: as it came; nil for no change.
  ///   - meddicc: as it came; nil for no change.
  ///   - call: of the caller who assesses.
  ///   - check: collects the errors.
  init(bant: Bant?, meddicc: Meddicc?, by call: Call, _ check: inout FieldCheck) {
    var (bant, meddicc) = (bant, meddicc)
    bant?.conform(&check)
    meddicc?.conform(&check)
    self.bant = bant
    self.meddicc = meddicc
    member = call.caller.member
  }

  /// The lead with the assessed criteria.
  func applied(to lead: Lead, at now: Timestamp) -> Lead {
    var lead = lead
    if let bant {
      let merged = (lead.bant ?? Bant()).taking(bant, by: member, at: now)
      lead.bant = merged.isEmpty ? nil : merged
      lead.bantScore = merged.total
    }
    if let meddicc {
      let merged = (lead.meddicc ?? Meddicc()).taking(meddicc, by: member, at: now)
      lead.meddicc = merged.isEmpty ? nil : merged
      lead.meddiccScore = merged.percent
    }
    return lead
  }
}
