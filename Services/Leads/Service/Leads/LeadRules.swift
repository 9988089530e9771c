import LeadsAPI
import MeshCore
import MeshPeers
import MeshPhone
import MeshProto
import MeshRecords
import MeshStore
import TypeAPI

/// The rules of leads: checks that a lead can be contacted, formats its phone number, links it to
/// the lead it duplicates, assigns an owner and computes the score.
///
/// Belongs to one transaction; an import shares one among the rows of a batch.
final class LeadRules: RecordRules {
  static let privateColumns: Set = [DuplicateKeys.phoneColumn]
  /// Two leads that are written at once could miss that they are duplicates, or take the same turn; a lead that is
  /// written while a status, a source or a scoring rule changes could keep a value that no longer exists.
  static let lock = "leads"

  /// What leads are written for.
  enum Occasion {
    /// Whatever people and services do with leads; a converted one can only be read.
    case change
    /// A file, some leads of which may have been converted elsewhere.
    case fileImport
    /// A conversion, or unconverting.
    case conversion
  }

  private let transaction: WriteTransaction
  private(set) var intake: IntakeRules
  /// Whether each change saves the turns taken; otherwise `saveTurns` saves them together.
  private let savesTurns: Bool
  /// Phone numbers parsed before the transaction, because parsing is slow.
  private let phones: [String: PhoneParse?]
  /// The leads foreseen, by id; the one without an id is the next to be created.
  var foreseen: [LeadID?: ForeseenLead]
  /// Whether the lead's score was not foreseen.
  private var needsScore = false
  private let occasion: Occasion
  /// Wishes that were read before for all leads that are written; nil to read those of each.
  private var wishes: LeadWishes?

  init(
    _ transaction: WriteTransaction,
    _ intake: IntakeRules,
    savesTurns: Bool = true,
    phones: [String: PhoneParse?] = [:],
    foreseen: [LeadID?: ForeseenLead] = [:],
    wishes: LeadWishes? = nil,
    for occasion: Occasion = .change
  ) {
    self.transaction = transaction
    self.intake = intake
    self.savesTurns = savesTurns
    self.phones = phones
    self.foreseen = foreseen
    self.wishes = wishes
    self.occasion = occasion
  }

  func prepare(_ lead: inout Lead, before: Lead?, _ check: inout FieldCheck) throws {
    needsScore = false
    if let before, before.converted, occasion != .conversion, lead.changes(from: before).isEmpty {
      // It can only be read, but it may duplicate another lead by now.
      try transaction.linkOriginal(of: &lead, before: before)
      return
    }
    if let before, occasion != .conversion { try transaction.requireUnconverted(before) }
    lead.checkName(&check)
    lead.checkReachability(&check)
    readPhone(of: &lead)
    if lead.isReachedOtherwise(than: before) {
      try (wishes ?? LeadWishes(about: [lead], transaction)).complete(&lead)
    }
    lead.makeFields()
    if lead.status.isEmpty { lead.status = intake.statuses.first?.key ?? "" }
    intake.nameByKey(&lead, before: before)
    intake.check(lead, before: before, &check)
    lead.settle(
      before: before,
      by: intake.workflow(at: transaction.now),
      mayConvert: occasion != .change,
      &check
    )
    guard check.violations.isEmpty else { return }
    let original = try transaction.linkOriginal(of: &lead, before: before)
    if before == nil, lead.ownerId == nil {
      // A duplicate goes to the original's owner and uses no turn, unless they can no longer work on it.
      if let original, original.ownerId.map(intake.mayOwn) ?? true {
        lead.ownerId = original.ownerId
      } else {
        lead.ownerId = intake.rotation.next(on: intake.day(at: transaction.now))
      }
    }
    score(&lead, before: before)
  }

  /// Others with the same address or number may have asked not to be contacted since it was deleted.
  func restore(_ lead: inout Lead) throws {
    try LeadWishes(about: [lead], transaction).complete(&lead)
  }

  func check(_ values: Lead, of fields: Set<String>, _ check: inout FieldCheck) {
    if fields.isSuperset(of: ["first_name", "last_name", "company_name"]) {
      values.checkName(&check)
    }
    if fields.isSuperset(of: ["email", "phone"]) { values.checkReachability(&check) }
    var lead = values
    if lead.status.isEmpty { lead.status = intake.statuses.first?.key ?? "" }
    intake.nameByKey(&lead)
    intake.check(lead, before: nil, &check)
  }

  /// Uses the score that was computed before, if it is for this very lead and by the present rules.
  ///
  /// No condition is evaluated here: on SQLite one thread writes for all tenants, and on PostgreSQL other writes
  /// wait for this one's lock.
  private func score(_ lead: inout Lead, before: Lead?) {
    if before == nil { lead.take(Score.none) }
    guard let scoring = intake.scoring else {
      needsScore = true
      return
    }
    let fields = scoring.scorer.fields
    if let before, lead.changes(from: before).intersection(fields).isEmpty { return }
    if let foreseen = foreseen[before?.id], foreseen.scoringVersion == scoring.version,
      lead.changes(from: foreseen.lead).intersection(fields).isEmpty
    {
      lead.take(foreseen.score)
    } else {
      needsScore = true
    }
  }

  func derive(_ lead: Lead, _ columns: inout RecordColumns) {
    columns.set(DuplicateKeys.phoneColumn, DuplicateKeys(of: lead).phone)
  }

  func wrote(before: Lead?, after: Lead?) throws {
    if let before, after == nil { try transaction.requireUnconverted(before) }
    if savesTurns { try saveTurns() }
    try noteWishes(before: before, after: after)
    // A lead that was unconverted is not converted automatically again.
    if let before, let after, occasion != .conversion {
      try transaction.noteReadiness(of: after, before: before, by: intake)
    }
    if needsScore || before == nil && after?.cameBack == true, let after {
      try queueScore(of: after)
    }
    try transaction.relinkDuplicates(before: before, after: after, link)
  }

  /// Keeps the wishes of a lead beyond its deletion, and beyond a change of its address or number.
  private func noteWishes(before: Lead?, after: Lead?) throws {
    if let after {
      wishes?.note(after)
      let isElsewhere = before.map { after.isReachedOtherwise(than: $0) } ?? after.cameBack
      if isElsewhere {
        // A wish stays with an address or a number that the lead has no longer.
        if let before { try LeadWishes.keep(of: before, besides: after, transaction) }
        try LeadWishes.forget(of: after, transaction)
      }
    } else if let before {
      try LeadWishes.keep(of: before, transaction)
    }
  }

  /// Saves the turns taken.
  func saveTurns() throws {
    try transaction.saveTurns(of: intake.rotation)
    intake.rotation.forgetMoves()
  }

  /// Adds an entry, which the transaction has stored, to a list in memory.
  func add<Entry>(_ entry: Entry, to list: WritableKeyPath<IntakeRules, Picklist<Entry>>) {
    intake[keyPath: list].add(entry)
  }

  private func readPhone(of lead: inout Lead) {
    let region = intake.settings.tenant.region
    lead.take(phones[lead.phone] ?? PhoneNumber.parse(lead.phone, region: region))
  }

  private func link(_ lead: Lead, to original: IDWords?) throws {
    let linked = try transaction.link(lead, to: original, by: self)
    let fields = intake.scoring?.scorer.fields
    if fields.map({ !linked.changes(from: lead).intersection($0).isEmpty }) ?? true {
      try queueScore(of: linked)
    }
  }

  /// Queues a lead to be scored after the transaction.
  func queueScore(of lead: Lead) throws {
    needsScore = false
    try transaction.queueScore(of: lead)
  }
}

extension Lead {
  /// Sets the parsed phone number; a text that cannot be a number stays as it was given.
  mutating func take(_ read: PhoneParse?) {
    phoneValid = read?.isValid ?? false
    if let read, read.isPossible { phone = read.canonical }
  }

  /// Whether it has a name and a way to be reached.
  var canBeKept: Bool {
    var check = FieldCheck()
    checkName(&check)
    checkReachability(&check)
    return check.violations.isEmpty
  }

  fileprivate func checkName(_ check: inout FieldCheck) {
    if lastName.isEmpty && companyName.isEmpty && firstName.isEmpty {
      check.refuse("last_name", "must have a value when there is no company and no first name")
    }
  }

  fileprivate func checkReachability(_ check: inout FieldCheck) {
    if email.isEmpty && phone.isEmpty {
      check.refuse("email", "must have a value when there is no phone number")
    }
  }
}

/// Everything that creating a tenant's leads depends on, in one consistent state: read once for a request
/// or batch.
struct IntakeRules: Sendable {
  var settings: LeadSettings
  /// Whether a team of the tenant is active.
  let isActive: @Sendable (TeamID) -> Bool
  /// The tenant's active members, by id.
  var members: [IDWords: Assignee]
  var statuses: Picklist<LeadStatus>
  var sources: Picklist<LeadSource>
  let disqualificationReasons: Picklist<DisqualificationReason>
  /// The compiled scoring rules; nil when a transaction that writes would have to compile them.
  let scoring: Scoring?
  var rotation: Rotation

  /// Whether a member can work on leads: they are active, and their role may edit leads.
  func mayOwn(_ member: MemberID) -> Bool { members[member.words]?.mayOwn ?? false }

  /// The date in the tenant's time zone.
  func day(at time: Timestamp) -> CalendarDate { settings.tenant.reports.today(at: time) }

  func workflow(at now: Timestamp) -> LeadWorkflow {
    LeadWorkflow(statuses: statuses, bantMinimum: settings.bantMinimum, now: now)
  }

  /// Replaces names of status, source and reason by their keys in a lead that is about to be written.
  func nameByKey(_ lead: inout Lead, before: Lead? = nil) {
    if lead.status != before?.status { lead.status = statuses.keyed(lead.status) }
    if lead.source != before?.source { lead.source = sources.keyed(lead.source) }
    let reason = lead.disqualificationReason
    if reason != before?.disqualificationReason {
      lead.disqualificationReason = disqualificationReasons.keyed(reason)
    }
  }

  /// What is said of a disqualification reason that the tenant does not offer.
  static func reasonRule(_ reason: String) -> String {
    "must be one of the tenant's active disqualification reasons; \(reason.quoted) is not"
  }

  fileprivate func check(_ lead: Lead, before: Lead?, _ check: inout FieldCheck) {
    // A lead keeps a status or source that was retired later.
    if lead.status != before?.status, !statuses.offers(lead.status) {
      check.refuse(
        "status",
        "must be one of the tenant's active lead statuses; \(lead.status.quoted) is not"
      )
    }
    if lead.source != before?.source, !lead.source.isEmpty, !sources.offers(lead.source) {
      check.refuse(
        "source",
        "must be one of the tenant's active lead sources; \(lead.source.quoted) is not"
      )
    }
    let reason = lead.disqualificationReason
    if reason != before?.disqualificationReason, !reason.isEmpty,
      !disqualificationReasons.offers(reason)
    {
      check.refuse("disqualification_reason", Self.reasonRule(reason))
    }
    if let owner = lead.ownerId, owner != before?.ownerId, !mayOwn(owner) {
      check.refuse("owner_id", "must be an active member who may edit leads")
    }
    if let team = lead.teamId, team != before?.teamId, !isActive(team) {
      check.refuse("team_id", "must be an active team")
    }
  }
}

/// The settings of a tenant that apply to leads.
struct LeadSettings: Sendable, Equatable {
  /// The settings that are not only for leads.
  let tenant: TenantSettings
  /// The BANT sum that counts as enough, of 100.
  let bantMinimum: Int32
  /// The score from which a lead is ready to be converted.
  let conversionScore: Int32
  let risk: RiskSettings
  /// Whether leads of any status may be converted.
  let convertsUnqualified: Bool
  /// Whether a ready lead with everything that its checklist requires is converted automatically.
  let convertsAutomatically: Bool
}
