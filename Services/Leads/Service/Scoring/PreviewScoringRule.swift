import CEL
import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshPeers
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import TypeAPI

extension LeadsRPC {
  /// Leads that a preview reads and scores at a time; other work runs in between.
  private static var previewPiece: Int { 500 }
  private static var mostPreviewed: Int { 100_000 }
  private static var longestPreview: Duration { .seconds(4) }

  @LoopActor
  func previewScoringRule(
    _ request: PreviewScoringRuleRequest,
    _ call: Call
  ) async throws -> PreviewScoringRuleResponse {
    let turn = try previews.begin(call.tenant, by: "\(call.caller.identity)")
    defer { previews.end(turn) }
    let deadline = Deadline(after: Self.longestPreview)
    var preview = try await preview(request, call)
    var last: LeadID?
    while preview.considered < Self.mostPreviewed, !deadline.hasPassed {
      try Task.checkCancellation()
      try previews.check(turn)
      let before = last
      let leads: [Lead] = try await store.read(call.tenant) { transaction in
        let all: Scope<Lead> = transaction.scope(forCalculation: "preview")
        return try transaction.records(before: before?.words, in: all, limit: Self.previewPiece)
      }
      let present = preview
      preview = await BlockingPool.shared.run {
        var preview = present
        // Some rules take milliseconds for each lead.
        for lead in leads where !deadline.hasPassed { preview.consider(lead) }
        return preview
      }
      guard preview.considered == present.considered + leads.count else { break }
      guard leads.count == Self.previewPiece, let oldest = leads.last?.id else {
        return PreviewScoringRuleResponse(preview, isComplete: true)
      }
      last = oldest
    }
    return PreviewScoringRuleResponse(preview, isComplete: false)
  }

  /// The preview of a rule that could be saved.
  ///
  /// - Throws: NOT_FOUND for a rule that does not exist; INVALID_ARGUMENT for a condition or points that a
  ///   rule must not have.
  @LoopActor
  private func preview(
    _ request: PreviewScoringRuleRequest,
    _ call: Call
  ) async throws -> ScoringPreview {
    guard var rule = request.scoringRule else {
      throw MeshError.invalid("scoring_rule", "must be given")
    }
    let (gate, cache, idText) = (gate, rulesCache, rule.idText)
    let (scoring, present) = try await store.read(call.tenant) {
      transaction -> (Scoring?, ScoringRule?) in
      let scoring = try transaction.intakeRules(cache).scoring
      if idText.isEmpty { return (scoring, nil) }
      let scope = transaction.scope(call, .edit, of: ScoringRule.self, gate)
      let rule = try transaction.require(idText, in: scope)
      return (scoring, rule)
    }
    if request.deleted {
      guard let present else { throw MeshError.invalid("id", "must be that of the deleted rule") }
      rule = present
    }
    var check = FieldCheck()
    try rule.conform(to: ScoringRule.schema, &check)
    let condition = rule.compile(&check)
    // A rule that is still being written may have no name yet.
    let found = check.violations.filter { ["condition", "points"].contains($0.field) }
    guard found.isEmpty, let condition, let scoring else {
      if found.isEmpty { throw MeshError.tenantIsNew }
      throw MeshError.invalid(found)
    }
    return ScoringPreview(scoring.scorer, rule, condition, isDeleted: request.deleted)
  }
}

/// The running previews: one for each tenant.
@LoopActor
final class ScoringPreviews {
  struct Turn: Equatable {
    let tenant: TenantID
    let caller: String
    let number: Int
  }

  private var turns: [TenantID: Turn] = [:]
  private var count = 0

  nonisolated init() {}

  /// Begins a preview; an earlier one of the same caller ends.
  ///
  /// - Throws: RESOURCE_EXHAUSTED (RATE_LIMITED) while another caller's preview is under way.
  func begin(_ tenant: TenantID, by caller: String) throws(MeshError) -> Turn {
    if let present = turns[tenant], present.caller != caller {
      throw MeshError(
        code: .resourceExhausted,
        reason: .rateLimited,
        message: "another member is previewing a rule; try again in a few seconds",
        metadata: ["retry_after_seconds": "2"]
      )
    }
    count += 1
    let turn = Turn(tenant: tenant, caller: caller, number: count)
    turns[tenant] = turn
    return turn
  }

  /// - Throws: CANCELLED when the caller has begun another preview.
  func check(_ turn: Turn) throws(MeshError) {
    guard turns[turn.tenant] == turn else {
      throw MeshError(
        code: .cancelled,
        reason: .cancelled,
        message: "a later preview took the place of this one"
      )
    }
  }

  func end(_ turn: Turn) {
    if turns[turn.tenant] == turn { turns[turn.tenant] = nil }
  }
}
