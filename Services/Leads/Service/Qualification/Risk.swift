import LeadsAPI
import MeshCore
import MeshProto
import MeshRecords

/// A sign that a lead may be lost.
enum RiskFactorKind: String, CaseIterable {
  case noContact = "no_contact"
  case unansweredMessages = "unanswered_messages"
  case emailInvalid = "email_invalid"
  case phoneInvalid = "phone_invalid"
  case budgetOrAuthorityUnknown = "budget_or_authority_unknown"
  case noTimeline = "no_timeline"
  case competitorNamed = "competitor_named"
  case scoreDrop = "score_drop"

  var displayName: String {
    switch self {
    case .noContact: "No contact for 7 days"
    case .unansweredMessages: "Three messages unanswered"
    case .emailInvalid: "E-mail address invalid or bounced"
    case .phoneInvalid: "Phone number invalid"
    case .budgetOrAuthorityUnknown: "Budget or authority unknown"
    case .noTimeline: "No timeline within 6 months"
    case .competitorNamed: "Competitor named"
    case .scoreDrop: "Score down by 10 in 14 days"
    }
  }

  /// The points if the tenant has set none.
  var defaultWeight: Int32 {
    switch self {
    case .noContact: 20
    case .unansweredMessages, .emailInvalid, .budgetOrAuthorityUnknown: 15
    case .phoneInvalid, .noTimeline, .scoreDrop: 10
    case .competitorNamed: 5
    }
  }

  /// The fields that it is computed from; none while nothing measures it.
  var fields: [String] {
    switch self {
    case .noContact: ["last_contacted_time", "create_time"]
    case .unansweredMessages, .emailInvalid: []
    case .phoneInvalid: ["phone", "phone_valid"]
    case .budgetOrAuthorityUnknown, .noTimeline: ["bant"]
    case .competitorNamed: ["meddicc"]
    case .scoreDrop: ["score"]
    }
  }
}

/// A tenant's points for factors, and its levels.
struct RiskSettings: Sendable, Equatable {
  var weights: [String: Int32] = [:]
  var mediumFrom: Int32 = 31
  var highFrom: Int32 = 61

  func weight(of factor: RiskFactorKind) -> Int32 {
    weights[factor.rawValue] ?? factor.defaultWeight
  }

  func level(of score: Int32) -> String {
    score >= highFrom ? "high" : score >= mediumFrom ? "medium" : "low"
  }
}

/// How likely it is that a lead is lost.
struct Risk {
  static let window = Duration.seconds(14 * 86_400)
  private static let drop: Int32 = 10
  /// How long a lead may wait for contact.
  private static let patience = Duration.seconds(7 * 86_400)

  let lead: Lead
  /// When it is computed.
  let now: Timestamp
  /// The highest score that it had in the window; nil if it was never another.
  let highestScore: Int32?
  /// What the caller sees of leads: a factor that depends on another field is not measured.
  let visible: FieldSet

  /// nil if nothing measures it.
  func isPresent(_ factor: RiskFactorKind) -> Bool? {
    let fields = factor.fields.compactMap { Lead.schema[$0] }
    guard !fields.isEmpty, fields.allSatisfy(visible.contains) else { return nil }
    switch factor {
    case .noContact:
      return (lead.lastContactedTime ?? lead.createTime).map { now - $0 > Self.patience } ?? false
    case .unansweredMessages, .emailInvalid: return nil
    case .phoneInvalid: return !lead.phone.isEmpty && !lead.phoneValid
    case .budgetOrAuthorityUnknown:
      return isUnknown(lead.bant?.budget) || isUnknown(lead.bant?.authority)
    case .noTimeline: return isUnknown(lead.bant?.timeline)
    case .competitorNamed: return lead.meddicc?.competition?.evidence.isEmpty == false
    case .scoreDrop: return highestScore.map { $0 - lead.score >= Self.drop } ?? false
    }
  }

  private func isUnknown(_ criterion: Criterion?) -> Bool { (criterion?.score ?? 0) == 0 }

  /// The risk by a tenant's settings.
  func scored(by settings: RiskSettings) -> LeadRiskScore {
    let factors = RiskFactorKind.allCases.map { factor in
      let (weight, isPresent) = (settings.weight(of: factor), isPresent(factor))
      return RiskFactor(
        key: factor.rawValue,
        displayName: factor.displayName,
        points: isPresent == true ? weight : 0,
        weight: weight,
        state: isPresent.map { $0 ? "present" : "absent" } ?? "not measured"
      )
    }
    let score = min(factors.reduce(0) { $0 + $1.points }, 100)
    return LeadRiskScore(
      leadId: lead.id,
      score: score,
      level: settings.level(of: score),
      factors: factors.filter { $0.points > 0 }.sorted { $0.points > $1.points }
        + factors.filter { $0.points == 0 }
    )
  }
}
