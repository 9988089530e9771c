import LeadsAPI
import MeshCore
import MeshLoop
import MeshPeers
import MeshPhone
import MeshProto
import MeshRecords
import MeshStore
import TypeAPI

/// A tenant's compiled scoring rules, and their version.
struct Scoring: Sendable {
  let version: Int64
  let scorer: Scorer<ScoringRule>

  init(_ version: Int64, _ scorer: Scorer<ScoringRule>) {
    self.version = version
    self.scorer = scorer
  }
}

/// A lead as it is expected to become, scored before its transaction.
///
/// The transaction uses the score if, in the fields that the rules use, the lead has become just
/// that. Otherwise the lead is scored right after.
struct ForeseenLead: Sendable {
  let lead: Lead
  let score: Score
  let scoringVersion: Int64

  /// Scores a draft; nil when the rules are not compiled.
  ///
  /// - Parameters:
  ///   - draft: the lead as people or a file describe it.
  ///   - rules: the tenant's.
  ///   - phone: its parsed phone number.
  init?(_ draft: Lead, _ rules: IntakeRules, phone: PhoneParse?) {
    guard let scoring = rules.scoring else { return nil }
    var lead = draft
    lead.take(phone)
    lead.makeFields()
    if lead.status.isEmpty { lead.status = rules.statuses.first?.key ?? "" }
    lead.completeStage(rules.statuses[lead.status]?.type)
    if lead.duplicateResolutionStatus.isEmpty { lead.duplicateResolutionStatus = "none" }
    self.lead = lead
    score = scoring.scorer.score(lead)
    scoringVersion = scoring.version
  }
}

/// Foresees what a request makes of a lead.
struct LeadForesight: Sendable {
  let cache: RulesCache
  let store: Store

  /// Whether a change of some of the fields can change the score.
  func concerns(_ tenant: TenantID, _ field: Int) -> Bool {
    let phone = Lead.schema["phone"]?.index
    return field == phone
      || cache.latest(of: tenant)?.scoring?.scorer.fields.contains(field) ?? true
  }

  /// The rules of a transaction in which leads become what the drafts describe.
  func rules(_ tenant: TenantID, _ drafts: [Lead]) async throws -> Records<Lead>.MakeRules {
    try await cache.refresh(tenant, from: store)
    let region = try cache.replicas.settings(of: tenant).tenant.region
    guard let known = cache.latest(of: tenant) else { return rules() }
    let foresee = { @Sendable in
      var foreseen: [LeadID?: ForeseenLead] = [:]
      var phones: [String: PhoneParse?] = [:]
      for draft in drafts {
        var lead = draft
        var check = FieldCheck()
        // The transaction refuses it.
        guard (try? lead.conform(to: Lead.schema, &check)) != nil else { continue }
        known.nameByKey(&lead)
        let phone = PhoneNumber.parse(lead.phone, region: region)
        phones[lead.phone] = .some(phone)
        foreseen[lead.id] = ForeseenLead(lead, known, phone: phone)
      }
      return (foreseen, phones)
    }
    let isQuick = drafts.count == 1 && known.scoring?.scorer.isQuick ?? true
    let (leads, phones) = isQuick ? foresee() : await BlockingPool.shared.run { foresee() }
    return rules(leads, phones)
  }

  /// The rules of a transaction that converts or unconverts a lead.
  func conversionRules(_ transaction: WriteTransaction) throws -> LeadRules {
    LeadRules(transaction, try transaction.intakeRules(cache), for: .conversion)
  }

  /// The rules of a transaction for which nothing is foreseen.
  func rules(
    _ foreseen: [LeadID?: ForeseenLead] = [:],
    _ phones: [String: PhoneParse?] = [:]
  ) -> Records<Lead>.MakeRules {
    let cache = cache
    return { transaction in
      LeadRules(
        transaction,
        try transaction.intakeRules(cache),
        phones: phones,
        foreseen: foreseen
      )
    }
  }
}
