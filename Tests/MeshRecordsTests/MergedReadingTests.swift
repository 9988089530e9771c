import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshStore
import Testing

@Suite @LoopActor struct `A page of lists that are read as one` {
  private typealias Source = MergedSource<Int>

  /// Times are the entries themselves, in seconds.
  private nonisolated func time(_ entry: Int) -> Timestamp {
    Timestamp(microseconds: Int64(entry) * 1_000_000)
  }

  /// A list of entries, which a token continues.
  private func source(_ name: String, _ entries: [Int]) -> Source {
    Source(name) { @LoopActor token, size in
      let rest = entries.drop { entry in Int(token).map { entry >= $0 } ?? false }
      let page = rest.prefix(size).map { (time: time($0), entry: $0) }
      return (page, page.count < rest.count ? page.last.map { "\($0.entry)" } ?? "" : "")
    }
  }

  private func page(
    _ sources: [Source],
    size: Int32 = 10,
    token: String = "",
    from start: Int? = nil,
    until end: Int? = nil,
    patience: Duration = .seconds(60),
    where isWanted: (Int) -> Bool = { _ in true }
  ) async throws -> MergedPage<Int> {
    let request = MergedRequest(
      try PageRequest(size: size, token: token),
      for: "test",
      from: start.map(time),
      until: end.map(time),
      patience: patience
    )
    return try await request.page(of: sources, where: isWanted)
  }

  @Test func `goes on where the last one ended`() async throws {
    let sources = [source("even", [8, 6, 4, 2]), source("odd", [9, 5, 1])]
    var (found, token): ([[Int]], String) = ([], "")
    repeat {
      let page = try await page(sources, size: 3, token: token)
      found.append(page.entries)
      token = page.nextToken
    } while !token.isEmpty
    #expect(found == [[9, 8, 6], [5, 4, 2], [1]])
  }

  @Test func `has the entries of a time and of a kind`() async throws {
    let sources = [source("even", [8, 6, 4, 2]), source("odd", [9, 5, 1])]
    let between = try await page(sources, from: 4, until: 8)
    #expect(between.entries == [6, 5, 4] && between.nextToken.isEmpty)
    let even = try await page(sources) { $0 % 2 == 0 }
    #expect(even.entries == [8, 6, 4, 2])
  }

  @Test func `is short, and not the last one, where little of much is wanted`() async throws {
    let many = source("many", Array((1...100).reversed()))
    var (found, token, pages): ([Int], String, Int) = ([], "", 0)
    repeat {
      let page = try await page([many], size: 4, token: token) { $0 == 50 || $0 == 1 }
      found += page.entries
      token = page.nextToken
      pages += 1
    } while !token.isEmpty
    #expect(found == [50, 1] && pages > 1)
  }

  @Test func `leaves out a list that fails or hangs, and says so`() async throws {
    let down = Source("down") { @LoopActor _, _ in throw MeshError.unavailable("down") }
    let slow = Source("slow") { @LoopActor _, _ in
      await untilCancelled()
      throw CancellationError()
    }
    let (sources, patience) = ([source("fine", [3, 2]), down, slow], Duration.seconds(1))
    let page = try await page(sources, size: 1, patience: patience)
    #expect(page.entries == [3] && page.missing == ["down", "slow"] && !page.nextToken.isEmpty)
    let last = try await self.page(sources, token: page.nextToken, patience: patience)
    #expect(last.entries == [2] && last.missing == ["down", "slow"] && last.nextToken.isEmpty)
  }

  @Test func `has nothing of a list that the caller may not read, and is none without the record`()
    async throws
  {
    let denied = Source("denied") { @LoopActor _, _ in throw MeshError.permissionDenied("no") }
    let page = try await page([denied, source("fine", [3])])
    #expect(page.entries == [3] && page.missing.isEmpty && page.nextToken.isEmpty)
    let gone = Source("gone") { @LoopActor _, _ in throw MeshError.notFound("lead", "x") }
    await #expect(throws: MeshError.self) {
      try await self.page([gone, source("fine", [3])])
    }
  }
}
