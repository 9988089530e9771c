import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshStore
import MeshTesting
import Testing

@testable import MeshRecords

@Suite @LoopActor struct `A list of records with some words` {
  private func pages(
    _ bench: ErrandBench,
    _ query: String,
    filter: String = "",
    size: Int32
  ) async throws -> [ListErrandsResponse] {
    var pages: [ListErrandsResponse] = []
    repeat {
      let request = ListErrandsRequest(
        filter: filter,
        query: query,
        pageSize: size,
        pageToken: pages.last?.nextPageToken ?? ""
      )
      pages.append(try await bench.handlers.listErrands(request, bench.asManager).message())
    } while pages.last?.nextPageToken.isEmpty == false
    return pages
  }

  @Test func `has each once, the newest first, with their number on every page`() async throws {
    let bench = try ErrandBench()
    var made: [Errand] = []
    for number in 0..<53 { made.append(try await bench.create("Parcel \(number)")) }
    _ = try await bench.create("Letter")
    for filter in ["", "title != 'Letter'"] {
      let pages = try await pages(bench, "parcel", filter: filter, size: 25)
      #expect(pages.map(\.errands.count) == [25, 25, 3])
      #expect(pages.flatMap(\.errands).map(\.id) == made.reversed().map(\.id))
      #expect(pages.allSatisfy { $0.totalSize == 53 && !$0.moreThanTotalSize })
    }
  }

  @Test func `has those with every word, and none that is gone or another's`() async throws {
    let bench = try ErrandBench()
    let blue = try await bench.create("Parcel blue")
    let gone = try await bench.create("Parcel blue and gone")
    _ = try await bench.create("Parcel red")
    _ = try await bench.handlers.deleteErrand(
      DeleteErrandRequest(id: gone.idText, etag: ""),
      bench.asManager
    )
    let found = try await pages(bench, "parcel blue", size: 10)
    #expect(found.map(\.errands) == [[blue]])
    #expect(found[0].totalSize == 1)
    let elsewhere = try await bench.handlers.listErrands(
      ListErrandsRequest(query: "parcel"),
      bench.asManagerElsewhere
    ).message()
    #expect(elsewhere.errands.isEmpty && elsewhere.totalSize == 0)
  }

  @Test func `counts no further than lists are counted`() async throws {
    #expect(CappedCount.of(1_000) == .exactly(1_000))
    #expect(CappedCount.of(1_001) == .moreThan(1_000))
  }
}
