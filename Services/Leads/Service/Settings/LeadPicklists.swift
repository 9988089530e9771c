import LeadsAPI
import MeshRecords
import MeshStore

// What a tenant calls the steps of a lead's way and the places that leads come from.

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
