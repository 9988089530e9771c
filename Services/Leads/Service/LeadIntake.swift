import MeshCore

/// What a tenant's leads are made with, in one consistent state: read once for a request or a batch.
struct IntakeRules: Sendable {
  let settings: TenantSettings
  var statuses: KeyTable
  var sources: KeyTable
  let scorer: Scorer
  var rotation: Rotation

  /// The date in the tenant, in whose zone days begin.
  func day(at time: Timestamp) -> CalendarDate {
    (TimeZone(settings.timeZone) ?? .utc).date(at: time)
  }
}

/// The lead that a new one repeats.
struct Original: Sendable, Equatable {
  let id: LeadID
  let owner: MemberID?
}

/// Who a new lead is to belong to.
enum OwnerChoice: Sendable, Equatable {
  /// Whose turn it is.
  case rotation
  case member(MemberID)
}

extension IntakeRules {
  /// Makes a lead of a clean profile: linked, assigned and scored.
  ///
  /// A lead that repeats another goes to the other's owner and takes nobody's turn.
  ///
  /// - Throws: `.invalid` when the status, the source or the owner is none of the tenant's.
  mutating func lead(
    _ clean: CleanProfile,
    id: LeadID,
    original: Original?,
    owner choice: OwnerChoice,
    at now: Timestamp
  ) throws(LeadFault) -> Lead {
    var profile = clean.profile
    if profile.status.isEmpty { profile.status = statuses.first?.key ?? "" }
    try check(profile)
    let owner: MemberID?
    switch (choice, original) {
    case (.member(let member), _):
      try check(member)
      owner = member
    case (.rotation, let original?): owner = original.owner
    case (.rotation, nil): owner = rotation.next(on: day(at: now))
    }
    var lead = Lead(
      id: id,
      version: 1,
      profile: profile,
      phoneIsValid: clean.phoneIsValid,
      owner: owner,
      score: .none,
      duplicateOf: original?.id,
      createTime: now,
      updateTime: now,
      lastActivityTime: nil
    )
    lead.score = scorer.score(lead)
    return lead
  }

  /// - Throws: `.invalid` when the status or the source is none of the tenant's.
  func check(_ profile: LeadProfile) throws(LeadFault) {
    var violations: [FieldViolation] = []
    if !statuses.contains(profile.status) {
      violations.append(.status, "is none of the tenant's lead statuses")
    }
    if !profile.source.isEmpty && !sources.contains(profile.source) {
      violations.append(.source, "is none of the tenant's lead sources")
    }
    guard violations.isEmpty else { throw .invalid(violations) }
  }

  /// - Throws: `.invalid` when the member does not work in the tenant.
  func check(_ owner: MemberID) throws(LeadFault) {
    guard rotation.hasActive(owner) else {
      var violations: [FieldViolation] = []
      violations.append(.ownerID, "is no active member of the tenant")
      throw .invalid(violations)
    }
  }
}
