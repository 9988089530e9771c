import MeshCore
import MeshTesting
import Synchronization
import Testing

@testable import MeshStore

/// Whose transactions ran, in their order.
private final class Turns: Sendable {
  struct Turn: Equatable {
    let tenant: TenantID
    let priority: StorePriority
  }

  private let turns = Mutex<[Turn]>([])

  var all: [Turn] { turns.withLock { $0 } }

  func note(_ tenant: TenantID, _ priority: StorePriority) {
    turns.withLock { $0.append(Turn(tenant: tenant, priority: priority)) }
  }
}

enum Direction: CaseIterable { case reading, writing }

@Suite struct `A store of which more is asked than it does at once` {
  private let turns = Turns()
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture { $0.takeOneAtATime() } }

  private func run(
    _ tenant: TenantID,
    _ direction: Direction,
    _ priority: StorePriority = .people,
    _ body: @escaping @Sendable () -> Void
  ) async throws {
    switch direction {
    case .reading: try await fixture.store.read(tenant, priority: priority) { _ in body() }
    case .writing:
      try await fixture.store.write(tenant, as: .test, priority: priority) { _ in body() }
    }
  }

  private func waiting(_ direction: Direction) -> Int {
    let metrics = fixture.store.metrics
    return direction == .reading ? metrics.queuedReads : metrics.queuedWrites
  }

  /// Sends requests, a kind after the other, while every thread of the store is held up, and lets them go.
  private func send(
    _ requests: [(tenant: TenantID, priority: StorePriority, count: Int)],
    _ direction: Direction
  ) async throws {
    let threads = fixture.configuration.threads
    let count = direction == .reading ? threads.readers : threads.writers
    let holding = (0..<count).map { _ in (begun: Completion(), ended: Completion()) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, each) in holding.enumerated() {
        group.addTask {
          try await run(TenantID(high: 3, low: UInt64(number)), direction) {
            each.begun.signal()
            each.ended.wait()
          }
        }
        await each.begun.passed()
      }
      var sent = 0
      for (tenant, priority, count) in requests {
        for _ in 0..<count {
          group.addTask {
            try await run(tenant, direction, priority) { turns.note(tenant, priority) }
          }
        }
        sent += count
        while waiting(direction) < sent { await Task.yield() }
      }
      // One thread does all, so that they have an order.
      holding[0].ended.signal()
      while turns.all.count < sent { await Task.yield() }
      for each in holding.dropFirst() { each.ended.signal() }
      try await group.waitForAll()
    }
  }

  @Test(arguments: Direction.allCases)
  func `has a tenant wait for as many turns of another as it takes itself`(
    direction: Direction
  ) async throws {
    try await send([(acme, .people, 500), (globex, .people, 10)], direction)
    let places = turns.all.indices.filter { turns.all[$0].tenant == globex }
    #expect(places.enumerated().allSatisfy { $0.element <= 2 * $0.offset + 1 }, "\(places)")
  }

  @Test(arguments: Direction.allCases)
  func `does what people wait for before work in the background of their tenant`(
    direction: Direction
  ) async throws {
    try await send([(acme, .background, 5), (acme, .people, 8)], direction)
    let expected =
      Array(repeating: StorePriority.people, count: 8) + Array(repeating: .background, count: 5)
    #expect(turns.all.map(\.priority) == expected)
  }

  @Test(arguments: Direction.allCases)
  func `goes on with work in the background`(direction: Direction) async throws {
    try await send([(acme, .background, 1), (globex, .people, 3_000)], direction)
    let place = try #require(turns.all.firstIndex { $0.priority == .background })
    // Those that write are taken as many at a time as share a commit.
    let most = RequestQueue.mostBefore * fixture.configuration.largestBatch
    #expect(place <= most && turns.all.count == 3_001)
  }
}

@Suite struct `Requests of a tenant that take long` {
  @Test(.timeLimit(.minutes(5)))
  func `leave a reader for the other tenants`() async throws {
    let fixture = try StoreFixture { $0.takeThreeReads() }
    let count = fixture.configuration.threads.readers
    let holding = (0..<count).map { _ in (begun: Completion(), ended: Completion()) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      func hold(_ each: (begun: Completion, ended: Completion)) {
        group.addTask {
          // Also where it is cancelled before it begins.
          defer { each.begun.signal() }
          try await fixture.store.read(acme) { _ in
            each.begun.signal()
            each.ended.wait()
          }
        }
      }
      do {
        // At the time limit too, so that no thread waits for ever.
        defer { for each in holding { each.ended.signal() } }
        for each in holding.dropLast() {
          hold(each)
          await each.begun.passed()
        }
        let start = ContinuousClock.now
        while start.duration(to: .now) <= RequestQueue.longRun { await Task.yield() }
        hold(holding[count - 1])
        while fixture.store.metrics.queuedReads == 0 {
          try Task.checkCancellation()
          await Task.yield()
        }
        for _ in 0..<3 { try await fixture.store.read(globex) { _ in } }
        #expect(fixture.store.metrics.queuedReads == 1)
      }
      try await group.waitForAll()
    }
  }
}

extension StoreConfiguration {
  /// Has a server read as many at a time as a file is read.
  fileprivate mutating func takeThreeReads() {
    guard case .server(var server) = database else { return }
    server.readers = 3
    database = .server(server)
  }

  /// Has a server's transactions follow one another, and room for some thousand.
  fileprivate mutating func takeOneAtATime() {
    queueCapacity = 10_000
    guard case .server(var server) = database else { return }
    (server.writers, server.readers) = (1, 1)
    database = .server(server)
  }
}
