import MeshAccess
import MeshCore
import MeshLoop
import MeshStore
import MeshTables
import RecordsAPI
import Testing
import TypeAPI

@testable import MeshImport

@Suite @LoopActor struct `A file that is made to take long` {
  private let bench: ErrandBench

  init() throws { bench = try ErrandBench() }

  /// A row of so many windows without an end of a line, and one after it.
  private static func long(windows: Int) -> [UInt8] {
    let row = [UInt8](repeating: UInt8(ascii: "a"), count: windows * ImportLimits.windowBytes)
    return Array("Task,Planner Id\n".utf8) + row + Array("\nLast,2\n".utf8)
  }

  @Test func `gives other imports their turn within a row, of which each byte is read once`()
    async throws
  {
    let file = Self.long(windows: ImportLimits.windowsOfStep + 2)
    let id = try await bench.started(file)
    let open = try #require(try await bench.steps.surveyed(id, of: bench.tenant))
    let before = try #require(try await bench.job(id))
    #expect(try await bench.steps.advance(id, of: bench.tenant, open))
    #expect(try await bench.job(id) == before)
    let kept = try #require(open.begun.take(at: before.progress.position))
    #expect(
      kept.offset - kept.position.offset == ImportLimits.windowsOfStep * ImportLimits.windowBytes
    )
    open.begun.keep(kept)
    while try await bench.steps.advance(id, of: bench.tenant, open) {}
    await open.ahead.end()
    let after = try #require(try await bench.job(id))
    #expect(after.state == .succeeded && after.progress.rows == 2)
    #expect(after.progress.bytes == file.count)
  }

  @Test func `has no preview where its first row goes on and on`() async throws {
    let file = Self.long(windows: ImportLimits.windowsOfStep + 2)
    let id = try await bench.created()
    try await bench.append(file, to: id)
    _ = try await bench.engine.survey("\(id)", size: Int64(file.count), bench.call)
    try await bench.steps.work(id, of: bench.tenant)
    let job = try await bench.engine.get("\(id)", bench.call).job
    #expect(job.state == .ready && job.reading?.samples.isEmpty == true)
  }
}
