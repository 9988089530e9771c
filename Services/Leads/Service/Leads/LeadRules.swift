import LeadsAPI
import MeshCore
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
  static let privateColumns: Set = ["phone_key"]
  /// Two leads that are written at once could repeat each other unseen, or take the same turn; a lead that is
  /// written while a status, a source or a scoring rule changes could keep what is no longer there.
  static let lock = "leads"

  private let transaction: WriteTransaction
  private(set) var intake: IntakeRules
  /// Whether each change saves the turns taken; otherwise `saveTurns` saves them together.
  private let savesTurns: Bool
  /// Phone numbers parsed before the transaction, because parsing is slow.
  private let phones: [String: PhoneParse?]
  /// What leads were foreseen to be, by id; without one, the next that is created.
  var foreseen: [LeadID?: ForeseenLead]
  /// Whether the lead's score could not be foreseen.
  private var needsScore = false
  /// Called when the scores of some leads are to be computed after the transaction.
  private let scoreLater: @Sendable (TenantID) -> Void

  init(
    _ transaction: WriteTransaction,
    _ intake: IntakeRules,
    savesTurns: Bool = true,
    phones: [String: PhoneParse?] = [:],
    foreseen: [LeadID?: ForeseenLead] = [:],
    scoreLater: @escaping @Sendable (TenantID) -> Void
  ) {
    self.transaction = transaction
    self.intake = intake
    self.savesTurns = savesTurns
    self.phones = phones
    self.foreseen = foreseen
    self.scoreLater = scoreLater
  }

  func prepare(_ lead: inout Lead, before: Lead?, _ check: inout FieldCheck) throws {
    needsScore = false
    lead.checkName(&check)
    lead.checkReachability(&check)
    readPhone(of: &lead)
    lead.makeFields()
    if lead.status.isEmpty { lead.status = intake.statuses.first?.key ?? "" }
    intake.check(lead, before: before, &check)
    guard check.violations.isEmpty else { return }
    let original = try transaction.original(of: DuplicateKeys(of: lead), before: lead.id)
    lead.duplicateOf = original?.id
    if before == nil, lead.ownerId == nil {
      // A duplicate goes to the original's owner and uses no turn, unless they can work on it no more.
      if let original, original.owner.map(intake.mayOwn) ?? true {
        lead.ownerId = original.owner
      } else {
        lead.ownerId = intake.rotation.next(on: intake.day(at: transaction.now))
      }
    }
    score(&lead, before: before)
  }

  func check(_ values: Lead, of fields: Set<String>, _ check: inout FieldCheck) {
    if fields.isSuperset(of: ["last_name", "company_name"]) { values.checkName(&check) }
    if fields.isSuperset(of: ["email", "phone"]) { values.checkReachability(&check) }
    var lead = values
    if lead.status.isEmpty { lead.status = intake.statuses.first?.key ?? "" }
    intake.check(lead, before: nil, &check)
  }

  /// Takes over the score that was computed before, if it is this very lead's by the present rules.
  ///
  /// No condition is judged here: on SQLite one thread writes for all tenants, and on PostgreSQL other writes
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
    columns.set("phone_key", DuplicateKeys(of: lead).phone)
  }

  func wrote(before: Lead?, after: Lead?) throws {
    if savesTurns { try saveTurns() }
    if needsScore || before == nil && after?.cameBack == true, let after {
      try queueScore(of: after)
    }
    if before == nil, let after, after.cameBack { try linkLater(to: after) }
    guard let before, let id = before.id else { return }
    if let after {
      // A link must lead to a lead that is not a duplicate itself.
      guard before.duplicateOf == nil, let original = after.duplicateOf else { return }
      for duplicate in try transaction.duplicates(of: id) { try link(duplicate, to: original) }
    } else {
      let repeated = try transaction.duplicates(of: id)
      guard let oldest = repeated.first else { return }
      try link(oldest, to: nil)
      for duplicate in repeated.dropFirst() { try link(duplicate, to: oldest.id) }
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
    lead.take(
      phones[lead.phone] ?? PhoneNumber.parse(lead.phone, region: intake.settings.defaultRegion)
    )
  }

  /// Links what came after a lead while it was away, and repeats it, to the one that it repeats or to it.
  private func linkLater(to lead: Lead) throws {
    guard let id = lead.id, let original = lead.duplicateOf ?? lead.id else { return }
    for later in try transaction.later(than: id, DuplicateKeys(of: lead)) {
      // A link to one may have taken along the next.
      guard let present = try later.id.flatMap(transaction.lead), present.duplicateOf != original
      else { continue }
      try link(present, to: original)
    }
  }

  private func link(_ lead: Lead, to original: LeadID?) throws {
    var linked = lead
    linked.duplicateOf = original
    _ = try transaction.save(linked, before: lead, by: self)
    let fields = intake.scoring?.scorer.fields
    if fields.map({ !linked.changes(from: lead).intersection($0).isEmpty }) ?? true {
      try queueScore(of: linked)
    }
  }

  private func queueScore(of lead: Lead) throws {
    guard let id = lead.id else { return }
    needsScore = false
    try transaction.queueScore(of: id)
    scoreLater(transaction.tenant)
  }
}

extension Lead {
  /// Whether it was written before: a record begins with version 1.
  fileprivate var cameBack: Bool { etag != Etag(version: 1) }

  /// Takes over what was read of its phone number; what no number can be stays as it was given.
  mutating func take(_ read: PhoneParse?) {
    phoneValid = read?.isValid ?? false
    if let read, read.isPossible { phone = read.canonical }
  }

  fileprivate func checkName(_ check: inout FieldCheck) {
    if lastName.isEmpty && companyName.isEmpty {
      check.refuse("last_name", "must have a value when there is no company")
    }
  }

  fileprivate func checkReachability(_ check: inout FieldCheck) {
    if email.isEmpty && phone.isEmpty {
      check.refuse("email", "must have a value when there is no phone number")
    }
  }
}

/// All that creating a tenant's leads depends on, in one consistent state: read once for a request
/// or batch.
struct IntakeRules: Sendable {
  var settings: TenantSettings
  /// The tenant's active members, by id.
  var members: [IDWords: Assignee]
  var statuses: Picklist<LeadStatus>
  var sources: Picklist<LeadSource>
  /// The compiled scoring rules; nil when a transaction that writes would have to compile them.
  let scoring: Scoring?
  var rotation: Rotation

  /// Whether a member can work on leads: they are active, and their role may edit leads.
  func mayOwn(_ member: MemberID) -> Bool { members[member.words]?.mayOwn ?? false }

  /// The date in the tenant's time zone.
  func day(at time: Timestamp) -> CalendarDate {
    (TimeZone(settings.timeZone) ?? .utc).date(at: time)
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
    if let owner = lead.ownerId, owner != before?.ownerId, !mayOwn(owner) {
      check.refuse("owner_id", "must be an active member who may edit leads")
    }
  }
}

/// Tenant settings that affect how values are read.
struct TenantSettings: Sendable, Equatable {
  /// Region of phone numbers without a country code, ISO 3166-1 alpha-2.
  var defaultRegion = "US"
  /// Time zone of the tenant's days.
  var timeZone = "UTC"
  /// Currency of amounts without one.
  var currency = CurrencyCode.usd
}
