import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRecords
import MeshStore
import MeshTesting
import Testing

@testable import ErrandsService
@testable import MeshService

@Suite @LoopActor struct `The order of a list` {
  private func pages(_ order: String, _ bench: ErrandBench, size: Int32) async throws -> [String] {
    var titles: [String] = []
    var token = ""
    repeat {
      let page = try await bench.handlers.listErrands(
        ListErrandsRequest(orderBy: order, pageSize: size, pageToken: token),
        bench.asManager
      ).message()
      titles += page.errands.map(\.title)
      token = page.nextPageToken
    } while !token.isEmpty
    #expect(try await pagesFromEnd(order, bench, size: size) == titles, "\(order)")
    return titles
  }

  private func pagesFromEnd(
    _ order: String,
    _ bench: ErrandBench,
    size: Int32
  ) async throws -> [String] {
    var titles: [String] = []
    var token = ""
    repeat {
      let page = try await bench.handlers.listErrands(
        ListErrandsRequest(orderBy: order, pageSize: size, pageToken: token, fromEnd: true),
        bench.asManager
      ).message()
      titles = page.errands.map(\.title) + titles
      token = page.previousPageToken
    } while !token.isEmpty
    return titles
  }

  @Test(arguments: [1, 2, 3, 100] as [Int32])
  func `is the alphabet's, and what has no value comes last in both directions`(
    size: Int32
  ) async throws {
    let bench = try ErrandBench()
    for (title, city, minutes) in [
      ("a", "Zürich", 5), ("b", "", nil), ("c", "Österreich", 1), ("d", "oslo", nil), ("e", "", 3),
      ("f", "Aachen", -0),
    ] as [(String, String, Int32?)] {
      _ = try await bench.create(title) {
        $0.place = Place(city: city)
        $0.minutes = minutes.map { max($0, 1) }
      }
    }
    #expect(try await pages("place.city", bench, size: size) == ["f", "d", "c", "a", "b", "e"])
    #expect(
      try await pages("place.city desc", bench, size: size) == ["a", "c", "d", "f", "e", "b"]
    )
    #expect(try await pages("minutes", bench, size: size) == ["c", "f", "e", "a", "b", "d"])
    #expect(
      try await pages("minutes desc, title", bench, size: size) == ["a", "e", "c", "f", "b", "d"]
    )
    #expect(
      try await pages("state, minutes desc, place.city", bench, size: size)
        == ["a", "e", "f", "c", "d", "b"]
    )
  }
}

@Suite @LoopActor struct `Keys of another version` {
  private let bench: ErrandBench
  private let log = Log(service: "errands", level: .error)

  init() throws { bench = try ErrandBench() }

  private func maker(_ version: UInt8) -> RecordKeyUpgrade {
    RecordKeyUpgrade(bench.records, bench.opened.store, log, form: { _ in [version] })
  }

  /// Leaves the keys and words as a release that made none would.
  private func forgetKeys(of tenant: TenantID) async throws {
    _ = try await bench.opened.store.write(tenant, as: Author(actor: "test")) {
      try $0.execute("UPDATE errands SET title_key = ''")
    }
  }

  @Test func `are made anew, some at a time, and go on where they stopped`() async throws {
    let count = RecordKeys.batch + 50
    for number in 0..<count { _ = try await bench.create(number == 0 ? "Ähre" : "Zoo \(number)") }
    let elsewhere = try await bench.handlers.createErrand(
      CreateErrandRequest(errand: Errand(title: "Éluard")),
      bench.asManagerElsewhere
    )
    let tenants = [bench.tenant, TenantID(high: 7, low: 7)]
    for tenant in tenants { try await forgetKeys(of: tenant) }
    #expect(try await keys(of: tenants) == 0)
    #expect(try await maker(1).step(bench.handlers.errands))
    #expect(try await keys(of: tenants) > 0)
    #expect(try await keys(of: tenants) < count + 1)
    // Another process goes on, and finds nothing to do twice.
    await maker(1).run()
    #expect(try await keys(of: tenants) == count + 1)
    #expect(try await !maker(1).step(bench.handlers.errands))
    #expect(try await bench.titles(order: "title").first == "Ähre")
    let kept = try await bench.handlers.getErrand(
      GetErrandRequest(id: elsewhere.idText),
      bench.asManagerElsewhere
    ).message()
    #expect(kept == elsewhere)
    // Keys of yet another version begin from the start.
    try await forgetKeys(of: bench.tenant)
    await maker(1).run()
    #expect(try await keys(of: tenants) == 1)
    await maker(2).run()
    #expect(try await keys(of: tenants) == count + 1)
  }

  @Test func `are made in the background`() async throws {
    _ = try await bench.create("Zoo")
    try await forgetKeys(of: bench.tenant)
    let before = bench.opened.store.metrics
    await maker(1).run()
    let after = bench.opened.store.metrics
    #expect(after.backgroundWrites > 0 && after.backgroundReads > 0)
    #expect(after.writes - before.writes == after.backgroundWrites)
    #expect(after.reads - before.reads == after.backgroundReads)
  }

  private func keys(of tenants: [TenantID]) async throws -> Int {
    var count = 0
    for tenant in tenants {
      count += try await bench.opened.store.read(tenant) {
        try $0.value("SELECT count(*) FROM errands WHERE length(title_key) > 0", as: Int.self) ?? 0
      }
    }
    return count
  }
}
