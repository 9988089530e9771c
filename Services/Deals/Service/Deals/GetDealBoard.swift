import DealsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshPeers
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore

extension DealsRPC {
  @LoopActor
  func getDealBoard(
    _ request: GetDealBoardRequest,
    _ call: Call
  ) async throws -> GetDealBoardResponse {
    guard request.pageToken.isEmpty || !request.stage.isEmpty else {
      throw MeshError.invalid("stage", "must be given with a page_token, which is of one column")
    }
    let (gate, reports) = (gate, peers.tenants[call.tenant, call.tenant]?.reports)
    return try await deals.board(
      filter: request.filter,
      fields: request.fields?.paths ?? [],
      size: request.pageSize,
      token: request.pageToken,
      call
    ) { query, scope, transaction in
      let pipelines = transaction.scope(call, .read, of: Pipeline.self, gate)
      guard let pipeline = try transaction.pipeline(request.pipelineId), let id = pipeline.id,
        try pipelines.includes(pipeline, in: transaction)
      else { throw MeshError.missing("pipeline_id", request.pipelineId) }
      let stages = pipeline.stages.filter { request.stage.isEmpty || $0.key == request.stage }
      if stages.isEmpty { throw MeshError.invalid("stage", "must be a stage of the pipeline") }
      let columns = try query.columns(
        of: "deal_totals",
        where: ["pipeline_id": [id.sqlValue]],
        by: "stage",
        stages.map(\.key),
        in: scope,
        transaction
      ) {
        // Deals that have not followed a change of the stages yet have the key of a removed one.
        pipeline.stage($0)?.key
      }
      return GetDealBoardResponse(
        pipelineId: id,
        columns: zip(stages, columns).map { DealBoardColumn($0, $1, reports) }
      )
    }
  }
}

extension DealBoardColumn {
  /// - Parameters:
  ///   - stage: whose column it is.
  ///   - column: its sums and cards.
  ///   - reports: the tenant's settings; nil while they are not known.
  fileprivate init(_ stage: Stage, _ column: BoardColumn<Deal>, _ reports: ReportSettings?) {
    let converted = reports.map { column.sums.converted(to: $0.currency, $0.rates) }
    self.init(
      stage: stage.key,
      count: column.sums.count,
      sum: column.sums.amounts,
      weightedSum: column.sums.weightedAmounts,
      tooLargeCurrencies: column.sums.tooLarge.map(\.text),
      convertedSum: converted?.amount,
      convertedWeightedSum: converted?.weighted,
      cards: column.cards.elements,
      nextPageToken: column.cards.nextToken
    )
  }
}
