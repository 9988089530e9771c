import MeshAccess
import MeshCore
import MeshImportTesting
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
    return Array("Title,External ID\n".utf8) + row + Array("\nLast,2\n".utf8)
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

  @Test func `is stored in few chunks, however small they come`() async throws {
    let id = try await bench.created()
    let least = ImportLimits.leastChunkBytes
    let bytes = (0..<(2 * least + 300)).map { UInt8(truncatingIfNeeded: $0 / 7) }
    try await bench.append(Array(bytes[..<100]), to: id, chunk: 1)
    #expect(try await bench.count("import_chunks") == 1)
    let again = Array(bytes[..<1])
    try await bench.append(again, to: id)
    #expect(try await bench.job(id)?.receivedBytes == 100)
    try await appendRest(bytes, to: id, from: 100, chunk: 20_000)
    #expect(try await bench.count("import_chunks") == 2)
    for (offset, count) in [(0, 1), (0, bytes.count), (70, least), (least + 20_000, 1 << 20)] {
      let read = try await bench.store.read(bench.tenant) { transaction in
        try transaction.importContent(of: id, from: offset, atLeast: count, converted: false)
      }
      #expect(read.count >= min(count, bytes.count - offset))
      #expect(read == Array(bytes[offset..<(offset + read.count)]))
    }
    let end = try await bench.store.read(bench.tenant) { transaction in
      try transaction.importContent(of: id, from: bytes.count, atLeast: 1, converted: false)
    }
    #expect(end.isEmpty)
  }

  private func appendRest(_ bytes: [UInt8], to id: ImportID, from start: Int, chunk: Int)
    async throws
  {
    var offset = start
    while offset < bytes.count {
      let piece = Array(bytes[offset..<min(offset + chunk, bytes.count)])
      let place = offset
      try await bench.store.write(bench.tenant, as: Author(bench.call)) { transaction in
        try transaction.appendContent(piece, to: id, at: place)
      }
      offset += piece.count
    }
  }
}
