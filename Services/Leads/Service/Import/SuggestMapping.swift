import LeadsAPI
import MeshCore
import MeshLoop
import MeshRPC

extension LeadsRPC {
  @LoopActor
  func suggestMapping(
    _ request: SuggestMappingRequest,
    _ call: Call
  ) async throws -> SuggestMappingResponse {
    guard (1...1_000).contains(request.columns.count) else {
      throw MeshError.invalid("columns", "has not 1 to 1,000 headings")
    }
    let mapping = ImportMapping.suggested(for: request.columns)
    return SuggestMappingResponse(
      sourceSystem: mapping.sourceSystem,
      mapping: mapping.columns.map { ColumnMapping($0) },
      externalIdColumn: mapping.externalID ?? ""
    )
  }
}
