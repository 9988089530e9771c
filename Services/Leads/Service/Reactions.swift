import LeadsAPI
import MeshCore
import MeshPeers
import MeshRecords
import MeshService
import MeshStore
import TypeAPI

/// Reactions to new tenants and to activities about leads.
enum LeadsReactions {
  /// Creates the default statuses, sources, disqualification reasons and scoring rules of a new tenant.
  static let tenants = Reaction(to: "tenants", ["tenant"]) { change, transaction in
    guard change.after != nil, try transaction.beginRules() else { return }
    try transaction.addDefaults()
  }

  /// Notes on leads when someone last worked on them, and when they were contacted.
  static let activities = Reaction.activities { activity, transaction in
    let ids = activity.ids(of: LeadKind.self)
    let former = try transaction.leadsContacted(by: activity)
    if ids.isEmpty, former.isEmpty { return }
    try transaction.lock(LeadRules.lock)
    try transaction.keepContacts(by: activity, with: ids)
    let leads = try transaction.noteWork(on: ids + former, by: activity) { (lead: inout Lead) in
      guard let id = lead.id else { return }
      lead.take(try transaction.contacts(of: id), activity)
    }
    // Scoring rules may name these times.
    for lead in leads { try transaction.queueScore(of: lead) }
  }
}

extension WriteTransaction {
  fileprivate func addDefaults() throws {
    for status in TenantDefaults.statuses {
      _ = try create(status, by: PicklistRules<LeadStatus>(self))
    }
    for source in TenantDefaults.sources {
      _ = try create(source, by: PicklistRules<LeadSource>(self))
    }
    try addEntries(
      TenantDefaults.disqualificationReasons,
      by: PicklistRules<DisqualificationReason>(self)
    )
    try addRules(ScoringRule.self, TenantDefaults.rules)
  }
}
