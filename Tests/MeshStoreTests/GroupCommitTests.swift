import MeshCore
import MeshLoop
import MeshTesting
import Testing

@testable import MeshStore

@Suite struct `Writes that wait together` {
  private struct Refusal: Error, Equatable {}

  /// Keeps the writer busy until `release`, so that what is written meanwhile waits.
  private final class HeldWriter: Sendable {
    private let entered = Completion()
    private let released = Completion()
    private let task: Task<Void, any Error>

    init(_ store: Store) async {
      task = Task { [entered, released] in
        try await store.write(acme, as: .test) { _ in
          entered.signal()
          released.wait()
        }
      }
      await entered.passed()
    }

    func release() async throws {
      released.signal()
      try await task.value
    }
  }

  /// Goes on once so many writes wait.
  private func untilWaiting(_ count: Int, _ store: Store) async {
    while store.metrics.queuedWrites < count { await Task.yield() }
  }

  @Test(.enabled(if: TestDatabase.isSQLite))
  func `share a commit, up to 256 of them`() async throws {
    let fixture = try StoreFixture { $0.takeOneWriter() }
    let writer = await HeldWriter(fixture.store)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<300 {
        group.addTask { _ = try await fixture.addLead(acme, "Lead \(index)") }
      }
      await untilWaiting(300, fixture.store)
      try await writer.release()
      try await group.waitForAll()
    }
    let metrics = fixture.store.metrics
    #expect(metrics.commits == 3)
    #expect(metrics.largestBatch == 256)
    #expect(metrics.writes == 301)
    #expect(metrics.writeWait.count == 301)
    #expect(metrics.commitTime.count == 3)
    #expect(try await fixture.names(acme).count == 300)
  }

  private func add(
    _ index: Int,
    _ fixture: StoreFixture,
    _ body: @escaping @Sendable (WriteTransaction) throws -> Void = { _ in }
  ) async throws {
    try await fixture.store.write(acme, as: .test, lock: "leads") { transaction in
      let id = transaction.ids.next(LeadKind.self)
      try transaction.post("INSERT INTO leads (id, name) VALUES (\(id), \("Lead \(index)"))")
      var text = SearchText()
      text.add("Lead \(index)")
      try SearchIndex(object: "lead").put(id.words, text, in: transaction)
      try transaction.record(Change(action: "create", object: "lead", id: "\(index)"))
      try body(transaction)
    }
  }

  @Test(.enabled(if: !TestDatabase.isSQLite))
  func `share a commit when they want the same lock, up to 32 of them`() async throws {
    let fixture = try StoreFixture { $0.takeOneWriter() }
    let writer = await HeldWriter(fixture.store)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<70 { group.addTask { try await add(index, fixture) } }
      await untilWaiting(70, fixture.store)
      try await writer.release()
      try await group.waitForAll()
    }
    let metrics = fixture.store.metrics
    #expect(metrics.commits == 4)
    #expect(metrics.largestBatch == 32)
    #expect(metrics.writes == 71)
    #expect(try await Set(fixture.names(acme)) == Set((0..<70).map { "Lead \($0)" }))
    #expect(try await fixture.changeNumbers().count == 70)
    let found = try await fixture.store.read(acme) { transaction in
      let matches = try #require(try SearchIndex(object: "lead").matches("lead", in: transaction))
      return try transaction.rows("SELECT found.id FROM \(matches.found)") {
        try $0.next([UInt8].self)
      }
    }
    #expect(found.count == 70)
  }

  @Test func `are made one by one when one of them must begin again`() async throws {
    let fixture = try StoreFixture { $0.takeOneWriter() }
    let writer = await HeldWriter(fixture.store)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<10 {
        group.addTask {
          try await add(index, fixture) { if index == 5 { try $0.lock("another") } }
        }
      }
      await untilWaiting(10, fixture.store)
      try await writer.release()
      try await group.waitForAll()
    }
    #expect(try await fixture.names(acme) == (0..<10).map { "Lead \($0)" })
    #expect(try await fixture.changeNumbers().count == 10)
  }

  @Test(arguments: [nil, "leads"])
  func `do not fail with one of them`(lock: String?) async throws {
    let fixture = try StoreFixture { $0.takeOneWriter() }
    let writer = await HeldWriter(fixture.store)
    let failures = try await withThrowingTaskGroup(of: Bool.self) { group in
      for index in 0..<20 {
        group.addTask {
          do {
            let tenant = index.isMultiple(of: 3) ? globex : acme
            try await fixture.store.write(tenant, as: .test, lock: lock) { transaction in
              let id = transaction.ids.next(LeadKind.self)
              try transaction.execute(
                "INSERT INTO leads (id, name) VALUES (\(id), \("Lead \(index)"))"
              )
              try transaction.record(Change(action: "create", object: "lead", id: "\(index)"))
              if index.isMultiple(of: 4) { throw Refusal() }
            }
            return false
          } catch is Refusal {
            return true
          }
        }
      }
      await untilWaiting(20, fixture.store)
      try await writer.release()
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(failures == 5)
    if TestDatabase.isSQLite { #expect(fixture.store.metrics.commits == 2) }
    let kept = (0..<20).filter { !$0.isMultiple(of: 4) }
    let names = try await fixture.names(acme) + fixture.names(globex)
    #expect(Set(names) == Set(kept.map { "Lead \($0)" }))
    let changes = try await fixture.store.changes(after: 0, max: 100)
    #expect(Set(changes.entries.map(\.id)) == Set(kept.map(String.init)))
  }

  @Test func `wait in the queue before their caller suspends`() async throws {
    let fixture = try StoreFixture { $0.takeOneWriter() }
    let writer = await HeldWriter(fixture.store)
    let (depth, task) = await Self.submitOnLoop(fixture)
    #expect(depth == 1)
    try await writer.release()
    try await task.value
  }

  @LoopActor
  private static func submitOnLoop(
    _ fixture: StoreFixture
  ) -> (depth: Int, task: Task<Void, any Error>) {
    let task = Task.immediate { @LoopActor in _ = try await fixture.addLead(acme, "Ada") }
    return (fixture.store.metrics.queuedWrites, task)
  }

  @Test func `are seen by nobody before their commit`() async throws {
    let fixture = try StoreFixture()
    let written = Completion()
    let released = Completion()
    let store = fixture.store
    let task = Task {
      try await store.write(acme, as: .test) { transaction in
        try transaction.execute("INSERT INTO leads (id, name) VALUES (\(LeadID.some), 'Ada')")
        written.signal()
        released.wait()
      }
    }
    await written.passed()
    #expect(try await fixture.names(acme).isEmpty)
    released.signal()
    try await task.value
    #expect(try await fixture.names(acme) == ["Ada"])
  }

  @Test func `are refused when too many wait`() async throws {
    let fixture = try StoreFixture {
      $0.queueCapacity = 4
      $0.takeOneWriter()
    }
    let writer = await HeldWriter(fixture.store)
    let waiting = (0..<2).map { index in Task { try await fixture.addLead(acme, "\(index)") } }
    await untilWaiting(2, fixture.store)
    await #expect(throws: MeshError.unavailable("the store is busy")) {
      try await fixture.addLead(acme, "too many")
    }
    try await writer.release()
    for task in waiting { _ = try await task.value }
    #expect(try await fixture.names(acme) == ["0", "1"])
  }

  @Test func `do not run once their task is cancelled, and say so at once`() async throws {
    let fixture = try StoreFixture { $0.takeOneWriter() }
    let writer = await HeldWriter(fixture.store)
    let cancelled = Task { try await fixture.addLead(acme, "cancelled") }
    await untilWaiting(1, fixture.store)
    cancelled.cancel()
    // Answered while the writer is still held.
    let error = await #expect(throws: MeshError.self) { try await cancelled.value }
    #expect(error?.code == .cancelled)
    let late = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await fixture.addLead(acme, "cancelled before")
    }
    await #expect(throws: MeshError.self) { try await late.value }
    try await writer.release()
    _ = try await fixture.addLead(acme, "next")
    #expect(try await fixture.names(acme) == ["next"])
  }

  @Test func `are done when the store closes, and no more are taken`() async throws {
    let fixture = try StoreFixture { $0.takeOneWriter() }
    let writer = await HeldWriter(fixture.store)
    let waiting = Task { try await fixture.addLead(acme, "waiting") }
    await untilWaiting(1, fixture.store)
    fixture.store.close()
    await #expect(throws: MeshError.unavailable("the store is closed")) {
      try await fixture.addLead(acme, "late")
    }
    await #expect(throws: MeshError.unavailable("the store is closed")) {
      try await fixture.names(acme)
    }
    try await writer.release()
    _ = try await waiting.value
    let again = try StoreFixture(reopening: fixture)
    #expect(try await again.names(acme) == ["waiting"])
  }

  @Test func `of the system and of tenants are all done`() async throws {
    let fixture = try StoreFixture { $0.takeOneWriter() }
    let writer = await HeldWriter(fixture.store)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<10 {
        group.addTask { _ = try await fixture.addLead(acme, "\(index)") }
        group.addTask {
          _ = try await fixture.store.systemWrite(as: .test) { transaction in
            try transaction.execute(
              "INSERT INTO hosts (name, owner) VALUES (\("host \(index)"), \(acme))"
            )
          }
        }
      }
      await untilWaiting(20, fixture.store)
      try await writer.release()
      try await group.waitForAll()
    }
    // One for the held writer, one for the tenants' writes, one for the system's.
    if TestDatabase.isSQLite { #expect(fixture.store.metrics.commits == 3) }
    let hosts = try await fixture.store.systemRead { transaction in
      try transaction.count(from: "hosts")
    }
    #expect(hosts == .exactly(10))
    #expect(try await fixture.names(acme).count == 10)
  }

  @Test func `do not stop a reader, which gives up when its task is cancelled`() async throws {
    let fixture = try StoreFixture { $0.readBudget = .seconds(3600) }
    let started = Completion()
    let store = fixture.store
    let endless = Task {
      try await store.read(acme) { transaction in
        started.signal()
        _ = try transaction.value(
          """
          WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers)
          SELECT count(*) FROM numbers
          """,
          as: Int.self
        )
      }
    }
    await started.passed()
    _ = try await fixture.addLead(acme, "Ada")
    #expect(try await fixture.names(acme) == ["Ada"])
    endless.cancel()
    let error = await #expect(throws: MeshError.self) { try await endless.value }
    #expect(error?.code == .cancelled)
  }
}
