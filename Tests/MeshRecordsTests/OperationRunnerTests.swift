import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import RecordsAPI
import Synchronization
import Testing

@testable import ErrandsService
@testable import MeshService

@Suite @LoopActor struct `Working through operations` {
  /// Rules under which the process dies, as far as the store can tell, at one errand.
  private struct DeadlyRules: RecordRules {
    let title: String

    func wrote(before: Errand?, after: Errand?) throws {
      if after?.title == title {
        throw StoreError.engine(EngineFault(.busy, code: "4", message: "killed"))
      }
    }
  }

  /// Rules of a step of which what was foreseen has changed, or not.
  private struct ForesightRules: RecordRules {
    let isOvertaken: Bool

    func prepare(_ errand: inout Errand, before: Errand?, _ check: inout FieldCheck) throws {
      if isOvertaken { throw MeshError.staleEtag() }
    }
  }

  private final class Count: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
      count.withLock { count in
        count += 1
        return count
      }
    }
  }

  private func fill(_ bench: ErrandBench, _ count: Int) async throws {
    try await bench.opened.store.write(
      bench.tenant,
      as: Author(actor: "system:test")
    ) { transaction in
      for number in 0..<count {
        _ = try transaction.create(Errand(title: "e\(number)"), by: ErrandRules())
      }
    }
  }

  private func start(_ bench: ErrandBench) async throws -> RecordsAPI.Operation {
    try await bench.handlers.batchUpdateErrands(
      BatchUpdateErrandsRequest(
        filter: "true",
        errand: Errand(minutes: 9),
        updateMask: .init(paths: ["minutes"])
      ),
      bench.asManager
    )
  }

  @Test func `leaves the store to those who wait for it`() async throws {
    let bench = try ErrandBench()
    try await fill(bench, 450)
    let started = try await start(bench)
    let before = bench.opened.store.metrics
    _ = try await bench.finish(started)
    let after = bench.opened.store.metrics
    // At most 200 records each, and fewer where they take long.
    #expect(after.backgroundWrites >= 3)
    #expect(after.writes - before.writes == after.backgroundWrites)
    // One read is the caller's, who looks how it ended.
    #expect(after.backgroundReads >= 3)
    #expect(after.reads - before.reads - 1 == after.backgroundReads)
    #expect(before.backgroundWrites + before.backgroundReads == 0)
  }

  @Test func `goes on after a kill in the middle of a batch, each record once`() async throws {
    let bench = try ErrandBench()
    try await fill(bench, 450)
    let started = try await start(bench)
    #expect(started.total == 450)
    let doomed = Records(bench.opened.store, bench.gate, rules: { _ in DeadlyRules(title: "e250") })
    await #expect(throws: (any Error).self) { try await bench.finish(started, with: [doomed]) }
    let half = try await bench.services.getOperation(
      GetOperationRequest(id: started.id),
      bench.asManager
    )
    #expect(half.state == .running && (51...250).contains(half.done), "\(half.done)")
    // A batch is whole or not there.
    #expect(try await bench.changes("update").count == Int(half.done))

    let ended = try await run(on: bench, until: started.id)
    #expect(ended.done == 450 && ended.failed == 0)
    let changes = try await bench.changes("update")
    #expect(changes.count == 450 && changes.values.allSatisfy { $0 == 1 })
    #expect(try await bench.results(of: ended).allSatisfy { $0.outcome == .done })
    #expect(try await bench.titles(filter: "minutes != 9") == [])
  }

  @Test(arguments: [(2, 3), (Int.max, 0)] as [(Int, Int64)])
  func `makes a step anew when what was foreseen has changed, three times at most`(
    overtaken: Int,
    done: Int64
  ) async throws {
    let bench = try ErrandBench()
    try await fill(bench, 3)
    let started = try await start(bench)
    let steps = Count()
    let errands = Records(
      bench.opened.store,
      bench.gate,
      rules: { _ in ForesightRules(isOvertaken: steps.next() <= overtaken) }
    )
    let ended = try await bench.finish(started, with: [errands])
    #expect(ended.state == .done && ended.done == done && ended.failed == 3 - done)
  }

  /// Runs a new runner, as a process that starts has one, until an operation has ended.
  private func run(on bench: ErrandBench, until id: String) async throws -> RecordsAPI.Operation {
    let (steps, made) = AsyncStream<Void>.makeStream()
    let errands = Records(
      bench.opened.store,
      bench.gate,
      committed: { _ in made.yield() },
      rules: { _ in ErrandRules() }
    )
    let runner = OperationRunner(
      [errands],
      bench.opened.store,
      Log(service: "errands", level: .error)
    )
    let work = Task.immediate { @LoopActor in await runner.run() }
    var operation = RecordsAPI.Operation()
    for await _ in steps {
      operation = try await bench.services.getOperation(
        GetOperationRequest(id: id),
        bench.asManager
      )
      if operation.endTime != nil { break }
    }
    work.cancel()
    await work.value
    return operation
  }

  @Test func `takes up what is started and undone while it runs`() async throws {
    let bench = try ErrandBench()
    try await fill(bench, 3)
    let (steps, made) = AsyncStream<Void>.makeStream()
    let errands = Records(
      bench.opened.store,
      bench.gate,
      committed: { _ in made.yield() },
      rules: { _ in ErrandRules() }
    )
    let runner = OperationRunner(
      [errands],
      bench.opened.store,
      Log(service: "errands", level: .error)
    )
    let work = Task.immediate { @LoopActor in await runner.run() }
    let started = try await errands.batchDelete(
      BatchDeleteRequest(filter: "true"),
      bench.asManager
    )
    var next = steps.makeAsyncIterator()
    while await next.next() != nil, try await bench.titles() != [] {}
    let services = RecordServices([errands], bench.opened.store)
    _ = try await services.undoOperation(UndoOperationRequest(id: started.id), bench.asManager)
    while await next.next() != nil, try await bench.titles().count < 3 {}
    work.cancel()
    await work.value
  }

  @Test func `forgets operations that are past their 30 days`() async throws {
    let bench = try ErrandBench()
    try await fill(bench, 2)
    let old = try await bench.finish(try await start(bench))
    bench.clock.advance(by: .seconds(30 * 24 * 3600 + 1))
    _ = try await bench.finish(try await start(bench))
    let id = try #require(IDWords(old.id, prefix: "errands_operation"))
    let left = try await bench.opened.store.read(bench.tenant) { transaction in
      try transaction.items(of: id, after: 0, limit: 10).count
    }
    #expect(left == 0)
  }
}
