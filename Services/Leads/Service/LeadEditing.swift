import MeshCore

/// Which fields an update writes.
struct UpdateMask: Sendable {
  let fields: [LeadField]

  /// - Parameter paths: names of fields; `*` for all; `annual_revenue.currency` counts as its whole.
  /// - Throws: `.invalid` naming each path that is no field people fill in.
  init(paths: [String]) throws(LeadFault) {
    if paths == ["*"] {
      fields = LeadField.allCases
      return
    }
    var fields: [LeadField] = []
    var violations: [FieldViolation] = []
    for path in paths {
      let name = String(path.prefix { $0 != "." })
      if let field = LeadField(rawValue: name) {
        if !fields.contains(field) { fields.append(field) }
      } else {
        violations.append(
          FieldViolation(
            field: "update_mask",
            description: "“\(path)” is no field of a lead that can be set"
          )
        )
      }
    }
    if paths.isEmpty {
      violations.append(
        FieldViolation(field: "update_mask", description: "names no field to change")
      )
    }
    guard violations.isEmpty else { throw .invalid(violations) }
    self.fields = fields
  }
}

/// What somebody wants to change of a lead.
struct LeadEdit: Sendable {
  let mask: UpdateMask
  let draft: LeadProfile
  let owner: MemberID?
  /// Of the lead they have read; empty for whatever it is.
  let etag: String
}

extension Lead {
  /// The lead with the fields of a mask taken from a draft; the rest stays.
  ///
  /// - Returns: the profile as it would be, before cleaning.
  func profile(taking mask: UpdateMask, from draft: LeadProfile) -> LeadProfile {
    var result = profile
    for field in mask.fields { result.take(field, from: draft) }
    return result
  }
}

extension IntakeRules {
  /// A lead as it is after an edit, scored again.
  ///
  /// - Parameters:
  ///   - lead: as it is.
  ///   - clean: its new profile.
  ///   - original: what it repeats now.
  ///   - owner: its new owner; nil in the unassigned queue.
  /// - Returns: the lead with its new values; version and times are the caller's.
  /// - Throws: `.invalid` when the status, the source or the owner is none of the tenant's.
  func edited(
    _ lead: Lead,
    to clean: CleanProfile,
    original: Original?,
    owner: MemberID?
  ) throws(LeadFault) -> Lead {
    try check(clean.profile)
    if let owner, owner != lead.owner { try check(owner) }
    var result = lead
    result.profile = clean.profile
    result.phoneIsValid = clean.phoneIsValid
    result.owner = owner
    result.duplicateOf = original?.id
    result.score = scorer.score(result)
    return result
  }
}
