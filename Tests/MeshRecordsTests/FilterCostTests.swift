import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshTesting
import Testing

@testable import ErrandsService
@testable import MeshRecords

@Suite @LoopActor struct `A filter that takes the database too long` {
  private func refusal(_ filter: String) async throws -> MeshError {
    let bench = try ErrandBench()
    defer { withExtendedLifetime(bench) {} }
    return try await bench.handlers.errands.tooExpensive(filter, Errand.schema, .all)
  }

  @Test func `is refused with the fields that no index has`() async throws {
    let error = try await refusal(
      "minutes > 3 && owner_id == '' && notes.contains('x') && create_time > timestamp('2026-01-01T00:00:00Z')"
    )
    #expect(error.reason == .tooExpensive && error.violations.map(\.field) == ["filter"])
    #expect(error.message.contains("no index has notes, minutes;"))
  }

  @Test func `is refused without naming a field when all have one`() async throws {
    let error = try await refusal("owner_id == ''")
    #expect(error.message.contains("every record; add"))
  }
}
