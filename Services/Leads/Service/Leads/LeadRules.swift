import LeadsAPI
import MeshCore
import MeshPhone
import MeshProto
import MeshRecords
import MeshStore
import TypeAPI

/// The rules of leads: a lead can be reached, has a number that can be dialled, knows which lead it repeats,
/// belongs to someone and has a score.
///
/// Made for one transaction; an import shares one among the rows of a batch.
final class LeadRules: RecordRules {
  static let privateColumns: Set = ["phone_key"]

  private let transaction: WriteTransaction
  private(set) var intake: IntakeRules
  /// Whether each change writes whose turn was taken; else `saveTurns` does, for all of them.
  private let savesTurns: Bool
  /// Numbers that were read before the transaction, as that takes time.
  private let phones: [String: PhoneParse?]

  init(
    _ transaction: WriteTransaction,
    _ intake: IntakeRules,
    savesTurns: Bool = true,
    phones: [String: PhoneParse?] = [:]
  ) {
    self.transaction = transaction
    self.intake = intake
    self.savesTurns = savesTurns
    self.phones = phones
  }

  func prepare(_ lead: inout Lead, before: Lead?, _ check: inout FieldCheck) throws {
    lead.checkReachability(&check)
    readPhone(of: &lead)
    if lead.status.isEmpty { lead.status = intake.statuses.first?.key ?? "" }
    intake.check(lead, before: before, &check)
    guard check.violations.isEmpty else { return }
    let original = try transaction.original(of: DuplicateKeys(of: lead), before: lead.id)
    lead.duplicateOf = original?.id
    if before == nil, lead.ownerId == nil {
      // A lead that repeats another goes to the other's owner and takes nobody's turn.
      if let original {
        lead.ownerId = original.owner
      } else {
        lead.ownerId = intake.rotation.next(on: intake.day(at: transaction.now))
      }
    }
    lead.take(intake.scorer.score(lead))
  }

  func derive(_ lead: Lead, _ columns: inout RecordColumns) {
    columns.set("phone_key", DuplicateKeys(of: lead).phone)
  }

  func wrote(before: Lead?, after: Lead?) throws {
    if savesTurns { try saveTurns() }
    if before == nil, let after, after.cameBack { try linkLater(to: after) }
    guard let before, let id = before.id else { return }
    if let after {
      // Every link leads to a lead that repeats none.
      guard before.duplicateOf == nil, let original = after.duplicateOf else { return }
      for duplicate in try transaction.duplicates(of: id) { try link(duplicate, to: original) }
    } else {
      let repeated = try transaction.duplicates(of: id)
      guard let oldest = repeated.first else { return }
      try link(oldest, to: nil)
      for duplicate in repeated.dropFirst() { try link(duplicate, to: oldest.id) }
    }
  }

  /// Keeps whose turns were taken.
  func saveTurns() throws {
    try transaction.saveTurns(of: intake.rotation)
    intake.rotation.forgetMoves()
  }

  /// Takes note of an entry that the transaction added to a list.
  func add<Entry>(_ entry: Entry, to list: WritableKeyPath<IntakeRules, Picklist<Entry>>) {
    intake[keyPath: list].add(entry)
  }

  private func readPhone(of lead: inout Lead) {
    let read =
      phones[lead.phone] ?? PhoneNumber.parse(lead.phone, region: intake.settings.defaultRegion)
    if let read { lead.phone = read.e164 }
    lead.phoneValid = read?.isValid ?? false
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
  }
}

extension Lead {
  /// Whether it was written before: a record begins with version 1.
  fileprivate var cameBack: Bool { etag != Etag(version: 1) }

  fileprivate func checkReachability(_ check: inout FieldCheck) {
    if lastName.isEmpty && companyName.isEmpty {
      check.refuse("last_name", "must have a value where there is no company")
    }
    if email.isEmpty && phone.isEmpty {
      check.refuse("email", "must have a value where there is no phone number")
    }
  }
}

/// What a tenant's leads are made with, in one consistent state: read once for a request or a batch.
struct IntakeRules: Sendable {
  var settings: TenantSettings
  /// Who works in the tenant, by their ids.
  var members: [IDWords: Assignee]
  var statuses: Picklist<LeadStatus>
  var sources: Picklist<LeadSource>
  let scorer: Scorer
  var rotation: Rotation

  /// The date in the tenant, in whose zone days begin.
  func day(at time: Timestamp) -> CalendarDate {
    (TimeZone(settings.timeZone) ?? .utc).date(at: time)
  }

  fileprivate func check(_ lead: Lead, before: Lead?, _ check: inout FieldCheck) {
    // A lead keeps a status or source that was retired since.
    if lead.status != before?.status, !statuses.offers(lead.status) {
      check.refuse("status", "must be one of the tenant's active lead statuses")
    }
    if lead.source != before?.source, !lead.source.isEmpty, !sources.offers(lead.source) {
      check.refuse("source", "must be one of the tenant's active lead sources")
    }
    if let owner = lead.ownerId, owner != before?.ownerId, members[owner.words] == nil {
      check.refuse("owner_id", "must be an active member of the tenant")
    }
  }
}

/// What a tenant has set that decides how values are read.
struct TenantSettings: Sendable, Equatable {
  /// Region of phone numbers without a country code, ISO 3166-1 alpha-2.
  var defaultRegion = "US"
  /// Zone in which days begin.
  var timeZone = "UTC"
  /// Currency of amounts without one.
  var currency = CurrencyCode.usd
}
