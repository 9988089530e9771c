import MeshCore
import MeshLoop
import MeshProto
import MeshStore
import MeshTables
import Testing
import TypeAPI

@testable import MeshImport

@Suite @LoopActor struct `The survey of a file that is no text` {
  private static let page = Array(
    "<html><table><tr><td>Title<td>External ID<tr><td>Fetch<td>1</table>".utf8
  )

  private typealias Runner = ImportRunner<ErrandImports>

  private let bench: ErrandBench
  private let places = ConversionPlaces(most: 2)
  private let runner: Runner

  init() throws {
    bench = try ErrandBench()
    runner = ImportRunner(bench.steps, places: places) { _, _ in }
  }

  private func surveying() async throws -> Runner.Job {
    let id = try await bench.created()
    try await bench.append(Self.page, to: id)
    _ = try await bench.engine.survey("\(id)", size: Int64(Self.page.count), bench.call)
    return Runner.Job(tenant: bench.tenant, id: id)
  }

  @Test func `leaves nothing behind when its import is cancelled`() async throws {
    let item = try await surveying()
    while places.taken == 0 { #expect(try await runner.step(item)) }
    #expect(runner.surveys.count == 1)
    _ = try await bench.engine.cancel("\(item.id)", bench.call)
    #expect(try await runner.step(item) == false)
    #expect(runner.surveys.isEmpty && places.taken == 0)
  }

  @Test func `waits while as many others are converted as may be, and one of its tenant`()
    async throws
  {
    let item = try await surveying()
    var other: ConversionPlace? = places.take(for: bench.tenant)
    #expect(other != nil && places.take(for: bench.tenant) == nil)
    while try await runner.step(item) {}
    #expect(try await bench.job(item.id)?.state == .surveying)
    #expect(places.taken == 1)
    other = nil
    #expect(places.taken == 0)
    let others = [TenantID(high: 1, low: 1), TenantID(high: 2, low: 2)].map {
      places.take(for: $0)
    }
    #expect(others.allSatisfy { $0 != nil } && places.isFull(for: bench.tenant))
    #expect(try await runner.step(item) == false)
    #expect(try await bench.job(item.id)?.state == .surveying)
    #expect(others.count == places.taken)
  }

  @Test func `ends with the rows, and its place is free then`() async throws {
    let item = try await surveying()
    while try await bench.job(item.id)?.state == .surveying { _ = try await runner.step(item) }
    #expect(try await bench.job(item.id)?.state == .ready)
    #expect(runner.surveys.isEmpty && places.taken == 0)
  }

  @Test func `makes no more rows once nobody wants them`() throws {
    let place = try #require(places.take(for: bench.tenant))
    let conversion = ContentConversion(in: place)
    try conversion.append(Self.page)
    conversion.stop()
    #expect(throws: ContentConversion.Stopped.self) { try conversion.convert(part: "") }
  }

  @Test func `fails for want of room, and begins again when the store is slow`() {
    #expect(SurveyFault.reason(of: SpoolFault.unwritable)?.contains("no room") == true)
    #expect(SurveyFault.reason(of: ContainerFault.empty(.html)) != nil)
    #expect(SurveyFault.reason(of: MeshError.invalid("content", "is empty")) != nil)
    #expect(SurveyFault.reason(of: CancellationError()) == nil)
  }
}
