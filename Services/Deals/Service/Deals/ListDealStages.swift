import DealsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshStore
import TypeAPI

extension DealsRPC {
  @LoopActor
  func listDealStages(
    _ request: ListDealStagesRequest,
    _ call: Call
  ) async throws -> ListDealStagesResponse {
    let size = request.pageSize == 0 ? Int32(PageRequest.largestSize) : request.pageSize
    let (page, gate) = (try PageRequest(size: size, token: request.pageToken), gate)
    let now = store.clock.now
    let visits = try await store.read(call.tenant) { transaction in
      let scope = transaction.scope(call, .read, of: Deal.self, gate)
      let deal = try transaction.require(request.id, in: scope)
      return try deal.recordID.map { id in
        try transaction.visits(of: id, Deal.visits, page) { row in
          StageVisit(pipelineId: try row.next(PipelineID.self), stage: try row.next())
        }
      }
    }
    return ListDealStagesResponse(
      visits: visits?.elements.map { StageVisit($0, at: now) } ?? [],
      nextPageToken: visits?.nextToken ?? ""
    )
  }
}

extension StageVisit {
  fileprivate init(_ visit: Visit<StageVisit>, at now: Timestamp) {
    self = visit.place
    (enterTime, leaveTime) = (visit.enterTime, visit.leaveTime)
    (seconds, movedBy) = (visit.seconds(at: now), visit.movedBy)
  }
}
