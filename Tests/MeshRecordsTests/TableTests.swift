import ErrandsAPI
import MeshLoop
import MeshProto
import MeshRecords
import MeshStore
import MeshTesting
import Testing

@Suite @LoopActor struct `The table of a record` {
  @Test func `has a column for every field and no other`() async throws {
    let bench = try ErrandBench()
    let store = bench.opened.store
    for schema in ErrandsObjects.schemas {
      #expect(try await store.columns(of: schema.table) == schema.columnNames)
      for totals in schema.totals {
        #expect(try await store.columns(of: totals.table) == totals.columnNames)
      }
    }
    #expect(try await store.columns(of: "nothing") == [])
  }
}
