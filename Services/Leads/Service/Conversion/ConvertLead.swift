import DealsAPI
import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import TypeAPI

extension LeadsRPC {
  @LoopActor
  func convertLead(_ request: ConvertLeadRequest, _ call: Call) async throws -> ConvertLeadResponse
  {
    var check = FieldCheck()
    var asked = request
    asked.overrideReason = check.text(request.overrideReason, "override_reason", 0...500)
    if let deal = request.deal {
      asked.deal?.name = check.text(deal.name, "deal.name", 0...200)
    }
    if request.newAccount, request.accountId != nil {
      check.refuse("new_account", "must be false when account_id names one to link")
    }
    try check.finish()
    try await leads.prepare(call.tenant)
    if asked.accountId == nil, !asked.newAccount {
      asked.accountId = try await knownAccount(request.id, call)
    }
    let mark = RequestMark(request, key: request.requestId, call)
    let (wanted, gate, foresight, conversions) = (asked, gate, foresight, conversions)
    let start = try await store.write(call.tenant, as: Author(call), lock: LeadRules.lock) {
      transaction -> ConversionStart in
      let lead = try transaction.editable(
        request.id,
        RecordAction("convert"),
        call,
        gate,
        Lead.self
      )
      let undoing = LeadUnconversionCommand.name
      if try transaction.command(undoing, about: lead.idText, of: transaction.tenant) != nil {
        throw ConversionFault.isBeingUnconverted
      }
      if lead.converted { return .converted(lead) }
      let beginning = try transaction.begin(conversions, once: mark) {
        try lead.require(Etag(sent: request.etag))
        let rules = try foresight.conversionRules(transaction)
        let conversion = try LeadConversion(wanted, of: lead, rules.intake, call, gate)
        return try conversion.command(for: lead, rules, transaction)
      }
      return .begun(beginning)
    }
    switch start {
    case .converted(let lead):
      return ConvertLeadResponse(
        accountId: lead.accountId,
        contactId: lead.contactId,
        dealId: lead.dealId
      )
    case .begun(let beginning):
      let done = try await conversions.finish(beginning)
      return ConvertLeadResponse(
        accountId: done.accountId,
        contactId: done.contactId,
        dealId: done.dealId
      )
    }
  }

  /// The only account that a lead may belong to, as the caller sees it; nil when there is none, or several.
  ///
  /// - Throws: NOT_FOUND for a lead that the caller may not read; UNAVAILABLE while Deals does not answer.
  @LoopActor
  private func knownAccount(_ id: String, _ call: Call) async throws -> AccountID? {
    let lead = try await leads.get(id, call)
    if lead.converted { return nil }
    return try await candidates(of: lead, call).account(of: lead)
  }
}

/// What a conversion is answered with.
private enum ConversionStart: Sendable {
  case converted(Lead)
  case begun(CommandBeginning)
}

extension LeadConversion {
  /// Checks what a request asks for.
  ///
  /// - Throws: FAILED_PRECONDITION for a lead that is not qualified, if the tenant requires that and the
  ///   caller may not, or does not, override it.
  fileprivate init(
    _ asked: ConvertLeadRequest,
    of lead: Lead,
    _ intake: IntakeRules,
    _ call: Call,
    _ gate: AccessGate
  ) throws(ConversionFault) {
    let isQualified = intake.statuses[lead.status]?.type == .qualified
    let overrides = !isQualified && !intake.settings.convertsUnqualified
    if overrides {
      let mayOverride = gate.may(call, Lead.schema.object, "convert_override")
      let givesReason = !asked.overrideReason.isEmpty
      guard mayOverride else { throw .isNotQualified(givesReason: givesReason) }
      guard givesReason else { throw .lacksReason }
    }
    self.init(
      leadId: lead.id,
      accountId: asked.accountId,
      contactId: asked.contactId,
      deal: asked.deal,
      // An owner who can no longer work on leads is replaced by whoever converts.
      ownerId: lead.ownerId.flatMap { intake.mayOwn($0) ? $0 : nil } ?? call.caller.member,
      teamId: lead.teamId.flatMap { intake.isActive($0) ? $0 : nil },
      overrideReason: overrides ? asked.overrideReason : "",
      passesWishes: true
    )
  }
}
