import DealsAPI
import MeshCore
import MeshPeers
import MeshProto
import MeshRecords
import MeshStore
import TypeAPI

/// The rules of deals: owner, pipeline and stage, reasons, account and contacts, and the stages they have
/// been in.
struct DealRules: RecordRules {
  let transaction: WriteTransaction
  let peers: Peers
  /// Results of the conditions of stages, by deal; nil for a deal that is about to be created.
  var foreseen: [DealID?: ForeseenEntry] = [:]
  /// The lead that a new deal is converted from.
  var lead: LeadID?
  /// Whether deals become what they were, including their stage, which then needs neither condition nor reopening.
  var isUndoing = false

  func prepare(_ deal: inout Deal, before: Deal?, _ check: inout FieldCheck) throws {
    if before == nil {
      deal.leadId = lead
    } else if let lead = deal.leadId {
      // A deal that is restored after its conversion was undone no longer belongs to the lead.
      let made = MadeRecords(for: lead.words, in: DealsRPC.conversions, transaction)
      if try made.id(of: Deal.self) != deal.recordID { deal.leadId = nil }
    }
    try transaction.checkHolders(of: &deal, before: before, peers, &check)
    guard check.isFine("pipeline_id") else { return }
    guard let pipeline = try transaction.pipeline(deal.pipelineId) else {
      return try check.refuse("pipeline_id", missing: deal.pipelineId)
    }
    if isUndoing {
      deal.status = StageKind.open.rawValue
      deal.stage = pipeline.stage(deal.stage)?.key ?? deal.stage
      if deal.probabilityReason.isEmpty { deal.probability = nil }
    }
    let now = transaction.now
    let today = try peers.settings(of: transaction.tenant).reports.today(at: now)
    let entered = deal.settle(before: before, in: pipeline, at: now, on: today, &check)
    try transaction.checkKeys(of: &deal, before: before, &check)
    try checkReferences(of: deal, before: before, &check)
    guard check.violations.isEmpty, !isUndoing, let entered, !entered.entryCondition.isEmpty else {
      return
    }
    // No condition is evaluated here: other writes wait for this one.
    guard let entry = foreseen[before?.id], entry.stage == entered, entry.pipeline == pipeline.etag,
      deal.changes(from: entry.deal).intersection(entry.fields).isEmpty
    else { throw MeshError.staleEtag() }
    if let fault = entry.fault { check.refuse("stage", fault) }
  }

  private func checkReferences(of deal: Deal, before: Deal?, _ check: inout FieldCheck) throws {
    if let account = deal.accountId, account != before?.accountId {
      try transaction.checkNamed(Account.self, account.words, "account_id", &check)
    }
    let known = (before?.contacts ?? []).map(\.contactId)
    let ids = deal.contacts.map(\.contactId)
    try transaction.checkNamed(Contact.self, ids, known: known, &check) {
      "contacts[\($0)].contact_id"
    }
  }

  func wrote(before: Deal?, after: Deal?) throws {
    try transaction.rescore(Account.self, of: before, after, "account_id", "status", "close_date")
    guard let after, let id = after.id, let pipeline = after.pipelineId else { return }
    if after.stage == before?.stage, pipeline == before?.pipelineId { return }
    let isNew = before == nil && !after.cameBack
    let stage = [pipeline.sqlValue, after.stage.sqlValue]
    try transaction.noteVisit(of: id.words, at: stage, Deal.visits, isNew: isNew)
  }
}
