import DealsAPI
import MeshCore
import MeshRecords
import MeshStore

/// The rules of pipelines: their stages, that one is the default, and that no deal is left without a stage.
///
/// Made for one transaction.
final class PipelineRules: RecordRules {
  private let transaction: WriteTransaction
  /// Where the deals of removed stages go; nil if the request cannot say.
  private let mapping: [StageMapping]?
  /// What the change means for deals.
  private(set) var effects: [StageEffect] = []
  /// The default before the change.
  private var lastDefault: Pipeline?

  init(_ transaction: WriteTransaction, mapping: [StageMapping]? = nil) {
    self.transaction = transaction
    self.mapping = mapping
  }

  func prepare(_ pipeline: inout Pipeline, before: Pipeline?, _ check: inout FieldCheck) throws {
    pipeline.completeStages(before: before, &check)
    lastDefault = try transaction.pipeline(nil)
    if lastDefault == nil || lastDefault?.id == pipeline.id {
      if before?.isDefault == true, !pipeline.isDefault {
        check.refuse("is_default", "must stay true until another pipeline is the default")
      }
      pipeline.isDefault = true
    }
    guard let before, let id = before.id else { return }
    let counts = try transaction.dealCounts(in: id)
    pipeline.replaceStages(of: before, counts, mapping, &check)
    effects = pipeline.effects(after: before, counts)
  }

  func wrote(before: Pipeline?, after: Pipeline?) throws {
    if let before, let id = before.id, after == nil {
      if before.isDefault {
        let rule = "the default pipeline cannot be deleted; make another the default first"
        throw MeshError.failedPrecondition(rule)
      }
      if try !transaction.dealCounts(in: id).isEmpty {
        throw MeshError.failedPrecondition("deals are in this pipeline; move them to another first")
      }
    }
    if let after, after.isDefault, let last = lastDefault, last.id != after.id {
      var changed = last
      changed.isDefault = false
      _ = try transaction.save(changed, before: last, by: NoRules())
    }
    if let after, let id = after.id, !effects.isEmpty {
      // Until they have moved, the key of a removed stage means the one that took over its deals.
      let affected: SQL = "pipeline_id = \(id) AND stage IN (\(list: effects.map(\.stage)))"
      try transaction.follow(after, Deal(pipelineId: id), mask: "pipeline_id", where: affected)
    }
  }
}
