import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshService
import MeshStore

extension LeadsRPC {
  @LoopActor
  func createLead(_ request: CreateLeadRequest, _ call: Call) async throws -> LeadsAPI.Lead {
    guard let message = request.lead else { throw MeshError.invalid("lead", "is missing") }
    let draft = try faults { () throws(LeadFault) in try message.profile() }
    let owner = try faults { () throws(LeadFault) in try message.owner() }
    try access.fields(call, "lead").checkEditable(draft.filledFields(owner: owner))
    let choice = ownerChoice(owner, call)
    let cache = rulesCache
    try await cache.refresh(call.tenant, from: store)
    let view = { @Sendable [self] (lead: Lead) in self.view(lead, call) }
    return try await store.write(call.tenant, as: Author(call)) { transaction in
      try transaction.once(request, key: request.requestId, call) {
        var rules = try transaction.intakeRules(cache)
        let lead = try transaction.createLead(draft, by: &rules, owner: choice)
        try transaction.saveTurns(of: rules.rotation)
        return view(lead)
      }
    }
  }

  /// Whoever may edit their own leads alone owns what they enter, or they could not go on with it.
  private func ownerChoice(_ owner: MemberID?, _ call: Call) -> OwnerChoice {
    if let owner { return .member(owner) }
    if case .own(let member) = access.records(call, "lead", .edit) { return .member(member) }
    return .rotation
  }
}

extension WriteTransaction {
  /// Cleans a draft and makes a lead of it.
  fileprivate func createLead(
    _ draft: LeadProfile,
    by rules: inout IntakeRules,
    owner: OwnerChoice
  ) throws -> Lead {
    do {
      let clean = try CleanProfile(draft, settings: rules.settings)
      return try createLead(clean, by: &rules, owner: owner)
    } catch let fault as LeadFault {
      throw fault.meshError
    }
  }
}

extension LeadProfile {
  /// Names of the fields that say something.
  func filledFields(owner: MemberID?) -> [String] {
    let empty = LeadProfile()
    var names = LeadField.allCases.filter { field in
      var copy = empty
      copy.take(field, from: self)
      return copy != empty
    }.map(\.rawValue)
    if owner != nil { names.append(LeadField.ownerID.rawValue) }
    return names
  }
}
