import DealsAPI
import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore

/// Converts a lead: makes its account, contact and deal in Deals, then marks it converted.
///
/// Nobody changes the lead while it is under way. When Deals refuses a value, or the lead can no longer be
/// marked, Deals undoes what it has made.
struct LeadConversionCommand: CommandKind {
  static let name = "lead.convert"

  let store: Store
  let deals: DealsPeer
  let foresight: LeadForesight

  var steps: [CommandStep<LeadConversion>] {
    [CommandStep("deals", call: askDeals, write: markConverted)]
  }

  var afterRefusal: AfterRefusal<LeadConversion> { .undo(undoInDeals) }

  @LoopActor
  private func askDeals(
    _ conversion: LeadConversion,
    _ work: CommandWork
  ) async throws -> LeadConversion {
    let lead = try await store.read(work.tenant) { try $0.lead(of: conversion) }
    let request = MakeConversionRequest(
      lead,
      conversion,
      requestID: work.options.idempotencyKey ?? ""
    )
    let made = try await deals.make(request, work.options)
    var done = conversion
    (done.accountId, done.contactId, done.dealId) = (made.accountId, made.contactId, made.dealId)
    return done
  }

  private func markConverted(
    _ conversion: inout LeadConversion,
    _ transaction: WriteTransaction
  ) throws {
    try transaction.lock(LeadRules.lock)
    let lead = try transaction.lead(of: conversion)
    let rules = try foresight.conversionRules(transaction)
    let converted = try lead.converted(
      by: conversion,
      at: transaction.now,
      rules.intake.statuses
    )
    _ = try transaction.update(lead, to: converted, action: "convert", by: rules)
    try transaction.keep(lead)
  }

  @LoopActor
  private func undoInDeals(_ conversion: LeadConversion, _ work: CommandWork) async throws {
    try await deals.undo(UndoConversionRequest(conversion, work), work.options)
  }
}

extension LeadConversion {
  /// The command that carries it out.
  ///
  /// - Throws: what would prevent the lead from being marked in the end, before anything is made.
  func command(
    for lead: Lead,
    _ rules: LeadRules,
    _ transaction: WriteTransaction
  ) throws -> NewCommand<LeadConversion> {
    var converted = try lead.converted(by: self, at: transaction.now, rules.intake.statuses)
    var check = FieldCheck()
    try rules.prepare(&converted, before: lead, &check)
    try check.finish()
    return NewCommand(in: transaction.tenant, about: lead.idText, self)
  }
}

/// Unconverts a lead: undoes the conversion in Deals, then makes the lead what it was before.
///
/// When Deals refuses, nothing was done.
struct LeadUnconversionCommand: CommandKind {
  static let name = "lead.unconvert"

  let deals: DealsPeer
  let foresight: LeadForesight

  var steps: [CommandStep<LeadConversion>] {
    [CommandStep("deals", call: askDeals, write: markUnconverted)]
  }

  var afterRefusal: AfterRefusal<LeadConversion> { .nothingToUndo }

  @LoopActor
  private func askDeals(
    _ conversion: LeadConversion,
    _ work: CommandWork
  ) async throws -> LeadConversion {
    try await deals.undo(UndoConversionRequest(conversion, work), work.options)
    return conversion
  }

  private func markUnconverted(
    _ conversion: inout LeadConversion,
    _ transaction: WriteTransaction
  ) throws {
    try transaction.lock(LeadRules.lock)
    let lead = try transaction.lead(of: conversion)
    guard let kept = try transaction.takeKept(lead) else { throw KeptLeadMissing() }
    let rules = try foresight.conversionRules(transaction)
    let unconverted = lead.unconverted(as: kept, rules.intake.statuses)
    // It was in that status before: no rule of the workflow checks the way back. Nothing here refuses it, as Deals
    // has undone what it made.
    _ = try transaction.save(unconverted, before: lead, action: "unconvert", by: rules)
    try rules.queueScore(of: unconverted)
  }
}

/// A converted lead is no longer stored as it was before: it stays converted, and the command is tried again.
///
/// `UnconvertLead` has seen it stored, in the transaction that began the command.
private struct KeptLeadMissing: Error {}

extension UndoConversionRequest {
  fileprivate init(_ conversion: LeadConversion, _ work: CommandWork) {
    self.init(leadId: conversion.leadId, requestId: work.options.idempotencyKey ?? "")
  }
}
