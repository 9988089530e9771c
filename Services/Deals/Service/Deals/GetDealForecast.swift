import DealsAPI
import MeshLoop
import MeshPeers
import MeshRPC
import MeshRecords
import RecordsAPI

extension Deal {
  static let forecast = ForecastShape(
    TotalsSnapshots(of: "deal_forecasts"),
    by: "forecast_category",
    ["pipeline", "best_case", "commit", "closed"]
  )
}

extension DealsRPC {
  @LoopActor
  func getDealForecast(_ request: ForecastRequest, _ call: Call) async throws -> ForecastResponse {
    try await deals.forecast(request, Deal.forecast, peers.settings(of: call.tenant).reports, call)
  }
}
