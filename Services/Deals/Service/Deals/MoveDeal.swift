import DealsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords

extension DealsRPC {
  private static var mostPosition: Int32 { 1_000 }

  @LoopActor
  func moveDeal(_ request: MoveDealRequest, _ call: Call) async throws -> Deal {
    let (position, gate) = (request.position ?? 0, gate)
    guard (0...Self.mostPosition).contains(position) else {
      throw MeshError.invalid("position", "must be from 0 to \(Self.mostPosition)")
    }
    guard !request.stage.isEmpty || request.position != nil else {
      throw MeshError.invalid("stage", "must be given where no position is")
    }
    return try await deals.change(
      request.id,
      action: "move",
      request,
      key: request.requestId,
      etag: Etag(sent: request.etag),
      telling: ["stage"],
      call,
      finish: { deal, transaction in
        let scope = transaction.scope(call, .read, of: Deal.self, gate)
        var ranked = deal
        ranked.rank = try transaction.rank(
          of: deal,
          at: Int(position),
          among: deal.column,
          in: scope
        )
        return ranked
      }
    ) { $0.moved(by: request) }
  }
}

extension Deal {
  fileprivate func moved(by request: MoveDealRequest) -> Deal {
    var deal = self
    if !request.stage.isEmpty { deal.stage = request.stage }
    if !request.winReason.isEmpty { deal.winReason = request.winReason }
    if !request.lossReason.isEmpty { deal.lossReason = request.lossReason }
    return deal
  }
}
