import LeadsAPI
import MeshRecords
import MeshStore

// The tenant's lists of lead statuses, lead sources and disqualification reasons.

extension PicklistRules<LeadStatus> {
  convenience init(_ transaction: WriteTransaction) {
    self.init(transaction, usedBy: Lead.schema, "status", isNeeded: true) {
      try $0.noteRulesChange()
    }
  }
}

extension PicklistRules<LeadSource> {
  convenience init(_ transaction: WriteTransaction) {
    self.init(transaction, usedBy: Lead.schema, "source") { try $0.noteRulesChange() }
  }
}

extension PicklistRules<DisqualificationReason> {
  convenience init(_ transaction: WriteTransaction) {
    self.init(transaction, usedBy: Lead.schema, "disqualification_reason") {
      try $0.noteRulesChange()
    }
  }
}
