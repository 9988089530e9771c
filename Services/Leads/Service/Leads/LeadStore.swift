import LeadsAPI
import MeshAccess
import MeshCore
import MeshRecords
import MeshStore
import TypeAPI

/// The lead that a new one duplicates.
struct Original: Sendable, Equatable {
  let id: LeadID
  let owner: MemberID?
}

/// Queries of leads besides those of every record.
extension ReadTransaction {
  /// The oldest lead before `id` with the same e-mail address, or the same phone number and name.
  func original(of keys: DuplicateKeys, before id: LeadID?) throws -> Original? {
    guard let id else { return nil }
    let byEmail = keys.email.isEmpty ? nil : try oldest("email_folded = \(keys.email)", before: id)
    let byPhone = try keys.samePhone.flatMap { try oldest($0, before: id) }
    guard let byEmail else { return byPhone }
    guard let byPhone else { return byEmail }
    return byEmail.id < byPhone.id ? byEmail : byPhone
  }

  /// The oldest match before `id`, or the lead that this match duplicates.
  ///
  /// Ids are in the order of creation. The result is never a duplicate itself.
  private func oldest(_ match: SQL, before id: LeadID) throws -> Original? {
    try first(
      """
      SELECT id, owner_id FROM leads WHERE id = (
        SELECT coalesce(duplicate_of, id) FROM leads WHERE \(match) AND id < \(id)
        ORDER BY id LIMIT 1
      )
      """
    ) { row in Original(id: try row.next(), owner: try row.next()) }
  }

  /// A lead as it is now.
  func lead(_ id: LeadID) throws -> Lead? {
    try record(id.words, in: scope(forCalculation: "duplicates"))
  }

  /// Leads after `id` that match its keys and repeat none, or one that came after it.
  func later(than id: LeadID, _ keys: DuplicateKeys) throws -> [Lead] {
    let matches: [SQL] = [
      keys.email.isEmpty ? "FALSE" : "email_folded = \(keys.email)",
      keys.samePhone ?? "FALSE",
    ]
    return try matches.flatMap { match in
      try records(
        where: "\(match) AND id > \(id) AND (duplicate_of IS NULL OR duplicate_of > \(id))",
        in: scope(forCalculation: "duplicates"),
        limit: .max
      )
    }
  }

  /// Leads that are linked to an original, oldest first.
  func duplicates(of id: LeadID) throws -> [Lead] {
    try records(
      where: "duplicate_of = \(id)",
      in: scope(forCalculation: "duplicates"),
      limit: .max
    )
  }

  /// Whether the tenant has leads.
  func hasLeads() throws -> Bool { try value("SELECT 1 FROM leads LIMIT 1", as: Int.self) != nil }

  /// Leads with ids after `id`, in the order of ids, for work on all leads.
  func leads(after id: LeadID?, limit: Int) throws -> [Lead] {
    try records(
      where: "TRUE",
      in: scope(forCalculation: "scoring"),
      after: id?.words,
      limit: limit
    )
  }
}
