import DealsAPI
import MeshAccess
import MeshRecords
import MeshStore
import TypeAPI

/// SQL of pipelines, besides that of every record.
extension ReadTransaction {
  /// A pipeline, or the default one: a tenant that has pipelines has one.
  func pipeline(_ id: PipelineID?) throws -> Pipeline? {
    let condition: SQL = id.map { "id = \($0)" } ?? "is_default"
    let all: Scope<Pipeline> = scope(forCalculation: "pipelines")
    return try records(where: condition, in: all, limit: 1).first
  }

  /// How many deals are in each stage of a pipeline, by the key that they have.
  func dealCounts(in pipeline: PipelineID) throws -> [String: Int64] {
    let counts = try rows(
      "SELECT stage, count(*) FROM deals WHERE pipeline_id = \(pipeline) GROUP BY stage"
    ) { row in (try row.next(String.self), try row.next(Int64.self)) }
    return Dictionary(counts, uniquingKeysWith: +)
  }
}
