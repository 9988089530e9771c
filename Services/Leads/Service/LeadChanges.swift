import MeshCore
import MeshStore

// The one path of every change to a lead: the record, its links, its search document and the change
// log, in one transaction. RPCs, imports and rescoring all come through here.
extension WriteTransaction {
  /// Makes a lead of a clean profile.
  ///
  /// The caller saves the rotation's turns.
  ///
  /// - Throws: `LeadFault` when the tenant's tables refuse it.
  func createLead(
    _ clean: CleanProfile,
    by rules: inout IntakeRules,
    owner: OwnerChoice
  ) throws -> Lead {
    let id: LeadID = ids.next()
    let lead = try rules.lead(
      clean,
      id: id,
      original: try original(of: clean.keys, before: id),
      owner: owner,
      at: now
    )
    try insert(lead, clean.keys)
    try index(lead)
    try record(Change(action: "create", object: "lead", id: "\(id)", after: lead.wireBytes))
    return lead
  }

  /// Writes a lead that was changed, one version on.
  ///
  /// - Returns: the lead as it is then.
  func updateLead(_ before: Lead, to after: Lead, _ keys: DuplicateKeys) throws -> Lead {
    var lead = after
    lead.version = before.version + 1
    lead.updateTime = now
    try update(lead, keys)
    try index(lead)
    try record(
      Change(
        action: "update",
        object: "lead",
        id: "\(lead.id)",
        before: before.wireBytes,
        after: lead.wireBytes
      )
    )
    return lead
  }

  /// Deletes a lead; those that repeat it are linked to the oldest of them.
  func removeLead(_ lead: Lead) throws {
    let repeated = try duplicates(of: lead.id)
    if let oldest = repeated.first {
      try link(oldest, to: nil)
      for duplicate in repeated.dropFirst() { try link(duplicate, to: oldest.id) }
    }
    try deleteLead(lead.id)
    try unindex(lead.id)
    try record(
      Change(action: "delete", object: "lead", id: "\(lead.id)", before: lead.wireBytes)
    )
  }

  /// Links the leads that repeat one to another, so that every link leads to a lead that repeats none.
  func relinkDuplicates(of lead: LeadID, to original: LeadID) throws {
    for duplicate in try duplicates(of: lead) { try link(duplicate, to: original) }
  }

  private func link(_ lead: Lead, to original: LeadID?) throws {
    var linked = lead
    linked.duplicateOf = original
    _ = try updateLead(lead, to: linked, DuplicateKeys(of: lead.profile))
  }
}
