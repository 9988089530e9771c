import DealsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshStore

extension DealsRPC {
  @LoopActor
  func reopenDeal(_ request: ReopenDealRequest, _ call: Call) async throws -> Deal {
    let stage = try await stageToReopen(request, call)
    return try await deals.change(
      request.id,
      action: "reopen",
      request,
      key: request.requestId,
      etag: Etag(sent: request.etag),
      call,
      finish: { deal, transaction in
        let found = try transaction.pipeline(deal.pipelineId)?.stage(deal.stage)
        guard found?.type == .open else {
          throw MeshError.invalid("stage", "must be an open stage of the deal's pipeline")
        }
        return deal
      }
    ) { deal in
      if deal.kind == .open { throw MeshError.failedPrecondition("the deal is open") }
      var reopened = deal
      (reopened.stage, reopened.status) = (stage, StageKind.open.rawValue)
      return reopened
    }
  }

  /// The key of the open stage that a deal goes into.
  ///
  /// - Throws: NOT_FOUND for a deal that the caller may not read.
  @LoopActor
  private func stageToReopen(_ request: ReopenDealRequest, _ call: Call) async throws -> String {
    if !request.stage.isEmpty { return request.stage }
    let gate = gate
    return try await store.read(call.tenant) { transaction in
      let scope = transaction.scope(call, .read, of: Deal.self, gate)
      let deal = try transaction.require(request.id, in: scope)
      let pipeline = try transaction.pipeline(deal.pipelineId)
      let here: SQL = "pipeline_id = \(deal.pipelineId)"
      let stages = try transaction.lastPlaces("stage", of: deal.id, Deal.visits, where: here)
      let last = stages.lazy.compactMap { pipeline?.stage($0) }.first { $0.type == .open }
      return (last ?? pipeline?.first(.open))?.key ?? ""
    }
  }
}
