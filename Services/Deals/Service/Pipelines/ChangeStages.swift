import DealsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshStore

extension DealsRPC {
  private static var mostMappings: Int { 100 }

  @LoopActor
  func changeStages(
    _ request: ChangeStagesRequest,
    _ call: Call
  ) async throws -> ChangeStagesResponse {
    guard request.mapping.count <= Self.mostMappings else {
      throw MeshError.invalid("mapping", "must have at most \(Self.mostMappings) entries")
    }
    try Pipeline(stages: request.stages).requireBounded(by: Pipeline.schema)
    let (gate, mark) = (gate, RequestMark(request, key: request.requestId, call))
    let response = try await store.write(call.tenant, as: Author(call), lock: pipelines.lock) {
      transaction in
      try transaction.once(mark) {
        let before = try transaction.editable(request.id, .edit, call, gate, Pipeline.self)
        try before.require(Etag(sent: request.etag))
        let rules = PipelineRules(transaction, mapping: request.mapping)
        var changed = before
        changed.stages = request.stages
        let pipeline = try transaction.attempt(rehearsing: request.validateOnly) { [changed] in
          try transaction.update(before, to: changed, by: rules)
        }
        return ChangeStagesResponse(pipeline: pipeline, effects: rules.effects)
      }
    }
    if let pipeline = response.pipeline { pipelines.announceFollowers(of: pipeline, call) }
    return response
  }
}
