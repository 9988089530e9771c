import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore

extension LeadsRPC {
  @LoopActor
  func updateLead(_ request: UpdateLeadRequest, _ call: Call) async throws -> LeadsAPI.Lead {
    guard let message = request.lead else { throw MeshError.invalid("lead", "is missing") }
    let id: LeadID = try requireID(message.id, "lead")
    let edit = try faults { () throws(LeadFault) in
      LeadEdit(
        mask: try UpdateMask(paths: request.updateMask?.paths ?? []),
        draft: try message.profile(),
        owner: try message.owner(),
        etag: message.etag
      )
    }
    try access.fields(call, "lead").checkEditable(edit.mask.fields.map(\.rawValue))
    let readable = scope(call, .read)
    let editable = access.records(call, "lead", .edit)
    let cache = rulesCache
    try await cache.refresh(call.tenant, from: store)
    let view = { @Sendable [self] (lead: Lead) in self.view(lead, call) }
    return try await store.write(call.tenant, as: Author(call)) { transaction in
      try transaction.once(request, key: request.requestId, call) {
        guard let lead = try transaction.lead(id, readable) else {
          throw MeshError.notFound("lead", message.id)
        }
        guard editable.includes(owner: lead.owner) else {
          throw MeshError.permissionDenied("you may edit your own leads only")
        }
        do {
          return view(try transaction.apply(edit, to: lead, cache))
        } catch let fault as LeadFault {
          throw fault.meshError
        }
      }
    }
  }
}

extension WriteTransaction {
  /// Makes an edit: the lead is cleaned, linked and scored again.
  fileprivate func apply(_ edit: LeadEdit, to lead: Lead, _ cache: RulesCache) throws -> Lead {
    try lead.requireMatch(edit.etag)
    let rules = try intakeRules(cache)
    let clean = try CleanProfile(
      lead.profile(taking: edit.mask, from: edit.draft),
      settings: rules.settings
    )
    let original = try original(of: clean.keys, before: lead.id)
    let changed = try rules.edited(
      lead,
      to: clean,
      original: original,
      owner: edit.mask.fields.contains(.ownerID) ? edit.owner : lead.owner
    )
    if changed == lead { return lead }
    if let original, lead.duplicateOf == nil {
      try relinkDuplicates(of: lead.id, to: original.id)
    }
    return try updateLead(lead, to: changed, clean.keys)
  }
}
