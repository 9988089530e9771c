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
    let matches = [
      keys.email.isEmpty ? nil : "email_folded = \(keys.email)" as SQL, keys.samePhone,
    ]
    // The oldest match of each, or the lead that this match duplicates.
    let originals = matches.compactMap(\.self).map { match in
      """
      (SELECT coalesce(duplicate_of, id) FROM leads WHERE \(match) AND id < \(id) ORDER BY id LIMIT 1)
      """ as SQL
    }
    guard let one = originals.first else { return nil }
    // Of a single query in parentheses, PostgreSQL would make a join, and walk all leads for it.
    let isOriginal: SQL =
      originals.count == 1 ? "id = \(one)" : "id IN (\(originals.joined(by: ", ")))"
    return try first("SELECT id, owner_id FROM leads WHERE \(isOriginal) ORDER BY id LIMIT 1") {
      row in
      Original(id: try row.next(), owner: try row.next())
    }
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
