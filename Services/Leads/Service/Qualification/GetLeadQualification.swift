import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import TypeAPI

extension LeadsRPC {
  @LoopActor
  func getLeadQualification(
    _ request: GetLeadQualificationRequest,
    _ call: Call
  ) async throws -> LeadQualification {
    let (gate, cache, now) = (gate, rulesCache, store.clock.now)
    return try await store.read(call.tenant) { transaction in
      let scope = transaction.scope(call, .read, of: Lead.self, gate)
      let lead = try transaction.require(request.id, in: scope)
      let intake = try transaction.intakeRules(cache)
      let risk = try transaction.risk(of: lead, visible: scope.visible, at: now)
      let checklist = Checklist(
        of: risk.lead,
        by: intake,
        hasDuplicates: try transaction.hasDuplicates(lead, in: scope),
        riskLevel: risk.scored(by: intake.settings.risk).level
      )
      return LeadQualification(
        risk.lead,
        bantMinimum: intake.settings.bantMinimum,
        checklist
      )
    }
  }
}

extension ReadTransaction {
  /// Whether a lead in a scope is linked to this one as a duplicate.
  func hasDuplicates(_ lead: Lead, in scope: Scope<Lead>) throws -> Bool {
    guard let id = lead.id, Lead.schema["duplicate_of"].map(scope.visible.contains) == true else {
      return false
    }
    return try !records(where: "duplicate_of = \(id)", in: scope, limit: 1).isEmpty
  }
}

extension LeadQualification {
  fileprivate init(_ lead: Lead, bantMinimum: Int32, _ checklist: Checklist) {
    self.init(
      leadId: lead.id,
      bant: lead.bant,
      bantScore: lead.bantScore,
      bantMinimum: bantMinimum,
      bantReached: lead.bantScore.map { $0 >= bantMinimum } ?? false,
      meddicc: lead.meddicc,
      meddiccScore: lead.meddiccScore,
      qualified: lead.qualified,
      qualificationTime: lead.qualificationTime,
      qualificationReason: lead.qualificationReason,
      checklist: checklist.items,
      checklistDone: checklist.isDone
    )
  }
}
