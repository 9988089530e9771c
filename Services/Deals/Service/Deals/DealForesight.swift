import CEL
import DealsAPI
import MeshAccess
import MeshCore
import MeshPeers
import MeshProto
import MeshRecords
import MeshStore
import TypeAPI

/// Whether a deal meets the condition of the stage that it is about to enter, evaluated before its transaction.
///
/// The transaction relies on it if the deal has become just that, in the fields that the condition
/// uses, and the pipeline has not changed.
struct ForeseenEntry: Sendable {
  let pipeline: Etag?
  let stage: Stage
  let deal: Deal
  /// The fields that the condition uses, except the id, which a new deal gets later.
  let fields: FieldBits
  /// Why it must not enter; nil when it may.
  let fault: String?

  /// nil for a stage without a condition.
  fileprivate init?(_ deal: Deal, _ stage: Stage, _ pipeline: Etag?) {
    if stage.entryCondition.isEmpty { return nil }
    (self.pipeline, self.stage, self.deal) = (pipeline, stage, deal)
    let (conditions, name) = (Deal.entryConditions, stage.displayName.quoted)
    guard let condition = try? conditions.compile(stage.entryCondition) else {
      fields = []
      fault = "must not be \(name) until its condition, which can no longer be read, is changed"
      return
    }
    fields = conditions.fields(of: condition).subtracting(Deal.schema.identity)
    let values = conditions.values(of: deal, slots: condition.referencedSlots)
    fault =
      condition.matches(values)
      ? nil : "must not be \(name) until this is true: \(stage.entryCondition)"
  }
}

extension Peers {
  /// Foresees whether deals meet the conditions of the stages that they enter.
  func foresight(in store: Store) -> Foresight<Deal> {
    let stages = Deal.schema.bits("stage", "pipeline_id")
    return Foresight(
      concerns: { stages.contains($1) },
      givesOwner: true,
      undoing: { DealRules(transaction: $0, peers: self, isUndoing: true) }
    ) { tenant, drafts in
      let now = store.clock.now
      let today = try settings(of: tenant).reports.today(at: now)
      var foreseen: [DealID?: ForeseenEntry] = [:]
      for (before, draft, pipeline) in try await store.read(tenant, { try $0.likely(drafts) }) {
        var (deal, check) = (draft, FieldCheck())
        // The transaction reports its errors.
        guard (try? deal.conform(to: Deal.schema, &check)) != nil else { continue }
        let stage = deal.settle(before: before, in: pipeline, at: now, on: today, &check)
        guard let stage else { continue }
        foreseen[before?.id] = ForeseenEntry(deal, stage, pipeline.etag)
      }
      return { [foreseen] in DealRules(transaction: $0, peers: self, foreseen: foreseen) }
    }
  }
}

extension ReadTransaction {
  /// Deals as they are and as they are expected to become, with their pipelines.
  fileprivate func likely(
    _ drafts: [Deal]
  ) throws -> [(before: Deal?, deal: Deal, pipeline: Pipeline)] {
    try drafts.compactMap { draft in
      guard let pipeline = try pipeline(draft.pipelineId) else { return nil }
      let before: Deal? = try draft.id.flatMap {
        try record($0.words, in: scope(forCalculation: "foresight"))
      }
      return (before, try keyed(draft), pipeline)
    }
  }
}
