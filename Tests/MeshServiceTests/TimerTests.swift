import MeshAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore
import MeshTesting
import Synchronization
import Testing

@testable import MeshService

private let day = Duration.seconds(24 * 3600)

/// A service's store, and the runners of the processes that share it.
@LoopActor
private struct TimerBench {
  /// Why actions fail, by the keys of timers, and how often each was called.
  final class Faults: Sendable {
    let errors = Mutex<[String: any Error]>([:])
    private let calls = Mutex<[String: Int]>([:])

    func check(_ key: String) throws {
      calls.withLock { $0[key, default: 0] += 1 }
      if let error = errors.withLock({ $0[key] }) { throw error }
    }

    /// Tries of a timer that fails: the first is made together with others and then alone.
    func tries(_ key: String) -> Int { calls.withLock { ($0[key] ?? 1) - 1 } }
  }

  let clock = TestClock()
  let faults = Faults()
  let acme: TenantID = IDGenerator.system.next()
  let globex: TenantID = IDGenerator.system.next()
  let opened: TestStore

  init() throws { opened = try TestStore("test", [.notes], clock: clock.clock) }

  var store: Store { opened.store }
  var start: Timestamp { clock.now }

  /// As another process of the service opens it, or the same one after a restart.
  func anotherStore() throws -> Store {
    try Store(configuration: opened.configuration, migrations: [.notes], clock: clock.clock)
  }

  /// Reminders, each of which is noted as a change that says whether it is late.
  func runner(_ store: Store? = nil) -> TimerRunner {
    let faults = faults
    let kind = TimerKind("note.remind") { timer, transaction in
      let action = timer.isLate ? "remind_late" : "remind"
      try transaction.record(MeshStore.Change(action: action, object: "note", id: timer.key))
      try faults.check(timer.key)
    }
    return TimerRunner([kind], store ?? self.store, Log(service: "test", level: .error))
  }

  /// Sets timers so many seconds from now.
  func set(_ timers: [(key: String, seconds: Int)], in tenant: TenantID? = nil) async throws {
    try await store.write(tenant ?? acme, as: Author(actor: "system:test")) { transaction in
      for timer in timers {
        let time = transaction.now + .seconds(timer.seconds)
        try transaction.setTimer("note.remind", key: timer.key, at: time)
      }
    }
  }

  /// What was noted, in its order.
  func notes(_ store: Store? = nil) async throws -> [String] {
    let store = store ?? self.store
    try await store.settle()
    return try await store.changes(after: 0, max: 10_000).entries.map { "\($0.action) \($0.id)" }
  }

  /// What the operator sees: due, late, dead and why.
  func found() async throws -> [String] {
    try await list.describeTimers(DescribeTimersRequest(), operatorCall).timers
      .map { "\($0.timer) \($0.due) \($0.late) \($0.dead) \($0.error)" }
  }

  var list: TimerList { TimerList(store: store) }
  var operatorCall: Call { TestCaller.system("operator", in: nil) }
}

@LoopActor
@Suite struct `Timers of a service` {
  private let bench: TimerBench

  init() throws { bench = try TimerBench() }

  @Test func `are taken once when their moment has come, in the name of their service`()
    async throws
  {
    let runner = bench.runner()
    try await bench.set([("first", 10), ("second", 20)])
    try await runner.takeDue()
    #expect(try await bench.notes() == [])
    bench.clock.advance(by: .seconds(10))
    for _ in 0..<2 { try await runner.takeDue() }
    #expect(try await bench.notes() == ["remind first"])
    bench.clock.advance(by: .seconds(10))
    for _ in 0..<2 { try await runner.takeDue() }
    #expect(try await bench.notes() == ["remind first", "remind second"])
    let actors = try await bench.opened.changes().map(\.actor)
    #expect(Set(actors) == ["system:test"])
  }

  private final class Given: Sendable {
    let timers = Mutex<[DueTimer]>([])
  }

  @Test func `give their action what they were set with`() async throws {
    let (acme, start) = (bench.acme, bench.start)
    let given = Given()
    let kind = TimerKind("note.remind") { timer, _ in given.timers.withLock { $0.append(timer) } }
    try await bench.store.write(acme, as: Author(actor: "system:test")) { transaction in
      try transaction.setTimer("note.remind", key: "note_1", at: start, payload: [1, 2])
    }
    bench.clock.advance(by: .seconds(3))
    try await TimerRunner([kind], bench.store, Log(service: "test", level: .error)).takeDue()
    let timers = given.timers.withLock { $0 }
    let timer = try #require(timers.first)
    #expect(timers.count == 1)
    #expect(timer.tenant == acme && timer.name == "note.remind" && timer.key == "note_1")
    #expect(timer.payload == [1, 2] && timer.due == start && timer.now == start + .seconds(3))
  }

  @Test func `are found by the runner itself while it runs, also those that are set later`()
    async throws
  {
    let (store, runner) = (bench.store, bench.runner())
    try await bench.set([("before", 0)])
    let running = Task.immediate { @LoopActor in await runner.run() }
    let place = await store.newestChange(after: 0, within: .seconds(20))
    #expect(try await bench.notes() == ["remind before"])
    try await bench.set([("later", 0)])
    _ = await store.newestChange(after: place, within: .seconds(20))
    #expect(try await bench.notes() == ["remind before", "remind later"])
    running.cancel()
    await running.value
  }

  @Test func `survive a restart, and a day of downtime: once, in order and marked as late`()
    async throws
  {
    try await bench.set([("c", 3 * 3600), ("a", 3600), ("d", 24 * 3600 - 300), ("b", 2 * 3600)])
    try await bench.set([("e", 24 * 3600 + 60)])
    bench.store.close()
    bench.clock.advance(by: day)
    let store = try bench.anotherStore()
    let expected = ["remind_late a", "remind_late b", "remind_late c", "remind d"]
    for _ in 0..<2 {
      try await bench.runner(store).takeDue()
      #expect(try await bench.notes(store) == expected)
    }
    store.close()
    bench.clock.advance(by: .seconds(60))
    let again = try bench.anotherStore()
    try await bench.runner(again).takeDue()
    #expect(try await bench.notes(again) == expected + ["remind e"])
    again.close()
  }

  @Test func `are taken once by two runners, in the order of their moments`() async throws {
    let keys = (1000..<1500).map { "n\($0)" }
    try await bench.set(keys.enumerated().map { (key: $1, seconds: $0) })
    bench.clock.advance(by: .seconds(500))
    let second = TestDatabase.isPostgreSQL ? try bench.anotherStore() : bench.store
    let runners = [bench.runner(), bench.runner(second), bench.runner()]
    let tasks = runners.map { runner in
      Task.immediate { @LoopActor in try await runner.takeDue() }
    }
    for task in tasks { try await task.value }
    let found = try await bench.notes().compactMap { note in
      note.split(separator: " ").last.map(String.init)
    }
    #expect(found.count == keys.count)
    #expect(Set(found) == Set(keys))
    if TestDatabase.isSQLite { #expect(found == keys) }
    if TestDatabase.isPostgreSQL { second.close() }
  }

  @Test func `come due when the clock is set forward, and none twice when it is set back`()
    async throws
  {
    let runner = bench.runner()
    try await bench.set([("a", 60), ("b", 2 * 24 * 3600)])
    bench.clock.advance(by: day)
    try await runner.takeDue()
    #expect(try await bench.notes() == ["remind_late a"])
    bench.clock.advance(by: .zero - day)
    try await bench.set([("c", 60)])
    try await runner.takeDue()
    #expect(try await bench.notes() == ["remind_late a"])
    bench.clock.advance(by: .seconds(60))
    try await runner.takeDue()
    #expect(try await bench.notes() == ["remind_late a", "remind c"])
    bench.clock.advance(by: day * 2)
    try await runner.takeDue()
    #expect(try await bench.notes() == ["remind_late a", "remind c", "remind b"])
  }

  @Test func `are each tenant's own, however many another has`() async throws {
    try await bench.set((0..<450).map { (key: "many\($0)", seconds: 0) })
    try await bench.set([("one", 1)], in: bench.globex)
    bench.clock.advance(by: .seconds(1))
    try await bench.runner().takeDue()
    let changes = try await bench.store.changes(after: 0, max: 10_000).entries
    #expect(changes.count { $0.tenant == bench.acme } == 450)
    #expect(changes.filter { $0.tenant == bench.globex }.map(\.id) == ["one"])
  }
}

private struct Broken: Error {}

@LoopActor
@Suite struct `A timer whose action fails` {
  private let bench: TimerBench

  init() throws { bench = try TimerBench() }

  private func fail(_ key: String, _ error: (any Error)?) {
    bench.faults.errors.withLock { $0[key] = error }
  }

  @Test func `leaves nothing, stops no other, and is tried again until it succeeds`()
    async throws
  {
    let runner = bench.runner()
    fail("b", Broken())
    try await bench.set([("a", 0), ("b", 1), ("c", 2)])
    bench.clock.advance(by: .seconds(2))
    try await runner.takeDue()
    #expect(try await bench.notes() == ["remind a", "remind c"])
    #expect(try await bench.found() == ["note.remind 1 0 0 Broken"])
    try await runner.takeDue()
    fail("b", nil)
    try await runner.takeDue()
    #expect(try await bench.notes().count == 2, "it waits for its time")
    bench.clock.advance(by: .seconds(1))
    try await runner.takeDue()
    #expect(try await bench.notes() == ["remind a", "remind c", "remind b"])
    #expect(try await bench.found() == [])
  }

  @Test func `waits longer with each try, and is dead after twenty`() async throws {
    let (runner, faults) = (bench.runner(), bench.faults)
    fail("a", MeshError.unavailable("not now"))
    try await bench.set([("a", 0)])
    /// Tries after some more seconds.
    func tries(after seconds: Int) async throws -> Int {
      bench.clock.advance(by: .seconds(seconds))
      try await runner.takeDue()
      return faults.tries("a")
    }
    #expect(try await tries(after: 0) == 1)
    #expect(try await tries(after: 1) == 2)
    for count in 3...15 { #expect(try await tries(after: 60) == count) }
    #expect(try await tries(after: 29) == 15)
    #expect(try await tries(after: 31) == 16)
    for count in 17...20 {
      #expect(try await bench.found() == ["note.remind 1 1 0 unavailable UNAVAILABLE"])
      #expect(try await tries(after: 60) == count)
    }
    #expect(try await bench.found() == ["note.remind 0 0 1 unavailable UNAVAILABLE"])
    fail("a", nil)
    bench.clock.advance(by: day)
    try await runner.takeDue()
    #expect(try await bench.notes() == [], "it is tried no more")
  }

  @Test func `is tried again when the operator says so, or given up`() async throws {
    let (runner, list, call) = (bench.runner(), bench.list, bench.operatorCall)
    for key in ["a", "b"] { fail(key, Broken()) }
    try await bench.set([("a", 0), ("b", 0)])
    for _ in 0..<TimerRunner.mostAttempts {
      try await runner.takeDue()
      bench.clock.advance(by: .seconds(60))
    }
    #expect(try await bench.found() == ["note.remind 0 0 2 Broken"])
    fail("a", nil)
    let unknown = RetryTimersRequest(timer: "note.other")
    #expect(try await list.retryTimers(unknown, call).retried == 0)
    #expect(try await list.retryTimers(RetryTimersRequest(), call).retried == 2)
    try await runner.takeDue()
    #expect(try await bench.notes() == ["remind_late a"])
    for _ in 0..<TimerRunner.mostAttempts {
      bench.clock.advance(by: .seconds(60))
      try await runner.takeDue()
    }
    let error = await failure { _ = try await list.dropTimers(DropTimersRequest(), call) }
    #expect(error?.violations.map(\.field) == ["timer"])
    let named = DropTimersRequest(timer: "note.remind")
    #expect(try await list.dropTimers(named, call).dropped == 1)
    #expect(try await bench.found() == [])
  }

  @Test func `is one of a kind that the service does not have, too`() async throws {
    let runner = TimerRunner([], bench.store, Log(service: "test", level: .error))
    try await bench.set([("a", 0)])
    try await runner.takeDue()
    #expect(try await bench.found() == ["note.remind 1 0 0 UnknownTimer"])
    bench.clock.advance(by: .seconds(60))
    try await bench.runner().takeDue()
    #expect(try await bench.notes() == ["remind a"])
  }

  @Test func `is counted by the metrics`() async throws {
    let runner = bench.runner()
    fail("a", Broken())
    try await bench.set([("a", 0), ("b", 3600), ("c", 3600 + 301), ("d", 2 * 3600)])
    for _ in 0..<TimerRunner.mostAttempts {
      try await runner.takeDue()
      bench.clock.advance(by: .seconds(60))
    }
    bench.clock.advance(by: .seconds(3600 + 302 - 60 * TimerRunner.mostAttempts))
    let metrics = Metrics(service: "test")
    metrics.observe(bench.store, [])
    let lines = await metrics.page().split(separator: "\n").filter {
      $0.hasPrefix("leadmesh_timers{")
    }
    #expect(
      lines == [
        #"leadmesh_timers{service="test",state="due"} 2"#,
        #"leadmesh_timers{service="test",state="late"} 1"#,
        #"leadmesh_timers{service="test",state="dead"} 1"#,
      ]
    )
  }
}
