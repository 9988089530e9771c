import DealsAPI
import MeshLoop
import MeshPeers
import MeshRPC
import MeshRecords
import RecordsAPI

extension Deal {
  static let trends = TrendsShape(
    begun: (table: "deal_starts", day: "start_date"),
    ended: (table: "deal_closes", day: "close_date", outcome: "status"),
    won: StageKind.won.rawValue,
    lost: StageKind.lost.rawValue
  )
}

extension DealsRPC {
  @LoopActor
  func getDealTrends(_ request: TrendsRequest, _ call: Call) async throws -> TrendsResponse {
    try await deals.trends(request, Deal.trends, peers.settings(of: call.tenant).reports, call)
  }
}
