import MeshTesting
import Synchronization
import Testing

@testable import MeshCore
@testable import MeshStore

private let name = "lead.nudge"

@Suite struct `Timers of a store` {
  private let fixture: StoreFixture
  private let start: Timestamp

  init() throws {
    fixture = try StoreFixture()
    start = fixture.clock.clock.now
  }

  private func write<T: Sendable>(
    _ tenant: TenantID = acme,
    _ body: @escaping @Sendable (WriteTransaction) throws -> T
  ) async throws -> T {
    try await fixture.store.write(tenant, as: .test, body)
  }

  /// Sets timers so many seconds from the start.
  private func set(_ timers: KeyValuePairs<String, Int>, in tenant: TenantID = acme) async throws {
    let times = timers.map { ($0.key, start + .seconds($0.value)) }
    try await write(tenant) { transaction in
      for (key, time) in times { try transaction.setTimer(name, key: key, at: time) }
    }
  }

  /// Takes what is due, and gives the keys.
  private func take(_ most: Int = 100, in tenant: TenantID = acme) async throws -> [String] {
    try await write(tenant) { transaction in
      var keys: [String] = []
      _ = try transaction.takeTimers(upTo: most) { keys.append($0.key) }
      return keys
    }
  }

  /// Those that may be tried again.
  private func failing() async throws -> [StoredTimer] {
    let now = fixture.clock.clock.now
    return try await fixture.store.read(acme) { try $0.dueTimers(.failing, at: now, limit: 100) }
  }

  /// Notes that the next timer has failed.
  private func fail(for wait: Duration?) async throws {
    try await write { transaction in
      let waiting = try transaction.dueTimers(.waiting, at: transaction.now, limit: 1)
      let failing = try transaction.dueTimers(.failing, at: transaction.now, limit: 1)
      let timer = try #require(waiting.first ?? failing.first)
      try transaction.putOff(timer, "Broken", for: wait)
    }
  }

  private func counts() async throws -> [Int] {
    let counts = try await fixture.store.timerCounts()
    return [counts.map(\.due), counts.map(\.late), counts.map(\.dead)].map { $0.reduce(0, +) }
  }

  // MARK: Setting

  @Test func `are set, moved and cancelled with all else that a transaction does, or not at all`()
    async throws
  {
    struct Stop: Error {}
    let start = start
    try await set(["kept": 10, "gone": 10])
    await #expect(throws: Stop.self) {
      try await write { transaction in
        try transaction.setTimer(name, key: "new", at: start)
        try transaction.setTimer(name, key: "kept", at: start)
        try transaction.cancelTimer(name, key: "gone")
        throw Stop()
      }
    }
    #expect(try await take() == [])
    try await write { transaction in
      try transaction.cancelTimer(name, key: "gone")
      try? transaction.attempt {
        try transaction.cancelTimer(name, key: "kept")
        throw Stop()
      }
    }
    let times = try await fixture.store.read(acme) { transaction in
      try ["kept", "gone", "new"].map { try transaction.timer(name, key: $0) }
    }
    #expect(times == [start + .seconds(10), nil, nil])
  }

  @Test func `take the place of those of the same name and key`() async throws {
    let start = start
    try await set(["a": -1])
    try await set(["a": 10])
    try await write { transaction in
      try transaction.setTimer("lead.other", key: "a", at: start, payload: [1, 2])
    }
    let found = try await write { transaction in
      var found: [StoredTimer] = []
      _ = try transaction.takeTimers(upTo: 10) { found.append($0) }
      return found
    }
    #expect(
      found == [
        StoredTimer(name: "lead.other", key: "a", due: start, payload: [1, 2], attempts: 0)
      ]
    )
    fixture.clock.advance(.seconds(10))
    #expect(try await take() == ["a"])
    #expect(try await take() == [])
  }

  @Test func `are cancelled together by what their keys begin with`() async throws {
    try await set(["lead_1:day": 0, "lead_1:hour": 0, "lead_1": 0, "lead_10:day": 0, "z": 0])
    try await set(["lead_1:day": 0], in: globex)
    try await write { try $0.cancelTimers(name, keyPrefix: "lead_1:") }
    #expect(try await take().sorted() == ["lead_1", "lead_10:day", "z"])
    #expect(try await take(in: globex) == ["lead_1:day"])
  }

  @Test func `have keys and payloads within their bounds`() async throws {
    let start = start
    for key in ["", "a b", "ä", "\u{7f}", String(repeating: "k", count: 201)] {
      await #expect(throws: StoreError.self) {
        try await write { try $0.setTimer(name, key: key, at: start) }
      }
    }
    let error = await #expect(throws: MeshError.self) {
      try await write { transaction in
        let payload = [UInt8](repeating: 0, count: StoredTimer.mostPayloadBytes + 1)
        try transaction.setTimer(name, key: "a", at: start, payload: payload)
      }
    }
    #expect(error?.code == .resourceExhausted)
    let longest = String(repeating: "~", count: 200)
    try await write { transaction in
      let payload = [UInt8](repeating: 7, count: StoredTimer.mostPayloadBytes)
      try transaction.setTimer(name, key: longest, at: start, payload: payload)
    }
    #expect(try await take() == [longest])
  }

  @Test func `are a tenant's own`() async throws {
    try await set(["a": 0])
    try await set(["b": 0], in: globex)
    #expect(try await fixture.store.tenantsWithDueTimers() == [acme, globex])
    let seen = try await fixture.store.read(globex) { try $0.timer(name, key: "a") }
    #expect(seen == nil)
    try await write(globex) { try $0.cancelTimer(name, key: "a") }
    #expect(try await take(in: globex) == ["b"])
    #expect(try await fixture.store.tenantsWithDueTimers() == [acme])
    #expect(try await take() == ["a"])
  }

  // MARK: Taking

  @Test func `are taken in the order of their moments, none before it`() async throws {
    try await set(["c": 30, "a": 10, "d": 40, "b": 20])
    #expect(try await fixture.store.tenantsWithDueTimers() == [])
    fixture.clock.advance(.seconds(30))
    #expect(try await fixture.store.tenantsWithDueTimers() == [acme])
    #expect(try await take(2) == ["a", "b"])
    #expect(try await take(2) == ["c"])
    fixture.clock.advance(.zero - .seconds(30))
    #expect(try await take() == [], "what was taken does not come back with the clock")
    fixture.clock.advance(.seconds(40))
    #expect(try await take() == ["d"])
  }

  @Test func `are gone in the transaction of what is done, and stay when that fails`()
    async throws
  {
    struct Stop: Error {}
    try await set(["a": 0, "b": 1])
    fixture.clock.advance(.seconds(1))
    await #expect(throws: Stop.self) {
      try await write { transaction in
        _ = try transaction.takeTimers(upTo: 10) { timer in
          try transaction.record(Change(action: "nudge", object: "lead", id: timer.key))
          if timer.key == "b" { throw Stop() }
        }
      }
    }
    #expect(try await fixture.changeNumbers().isEmpty)
    #expect(try await take() == ["a", "b"])
  }

  @Test func `are taken no more once the action of another has cancelled or moved them`()
    async throws
  {
    try await set(["a": 0, "b": 1, "c": 2, "d": 3])
    fixture.clock.advance(.seconds(10))
    let keys = try await write { transaction in
      var keys: [String] = []
      _ = try transaction.takeTimers(upTo: 10) { timer in
        keys.append(timer.key)
        if timer.key != "a" { return }
        try transaction.cancelTimer(name, key: "b")
        try transaction.setTimer(name, key: "c", at: transaction.now + .seconds(5))
        try transaction.setTimer(name, key: "a", at: transaction.now + .seconds(6))
      }
      return keys
    }
    #expect(keys == ["a", "d"])
    fixture.clock.advance(.seconds(10))
    #expect(try await take() == ["c", "a"])
  }

  @Test func `are taken by one of several that try at the same time`() async throws {
    let start = start
    let keys = (100..<200).map { "k\($0)" }
    try await write { transaction in
      for key in keys { try transaction.setTimer(name, key: key, at: start) }
    }
    let other = try StoreFixture.another(fixture)
    let taken = try await withThrowingTaskGroup(of: [String].self) { group in
      for store in [fixture.store, other, fixture.store, other] {
        group.addTask {
          try await store.write(acme, as: .test) { transaction in
            var keys: [String] = []
            _ = try transaction.takeTimers(upTo: 40) { keys.append($0.key) }
            return keys
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(taken.sorted() == keys)
  }

  // MARK: Failing

  @Test func `that have failed come back after a while, also when the clock is set back`()
    async throws
  {
    try await set(["a": 0, "b": 1])
    try await fail(for: .seconds(40))
    fixture.clock.advance(.seconds(39))
    #expect(try await failing() == [])
    #expect(try await take() == ["b"], "others do not wait")
    fixture.clock.advance(.seconds(1))
    #expect(try await fixture.store.tenantsWithDueTimers() == [acme])
    #expect(try await failing().map(\.attempts) == [1])
    try await fail(for: .seconds(60))
    #expect(try await failing() == [])
    fixture.clock.advance(.zero - .seconds(24 * 3600))
    #expect(try await fixture.store.tenantsWithDueTimers() == [acme])
    let timer = try #require(try await failing().first)
    #expect(timer.attempts == 2 && timer.due == start)
    let takes = try await write { [try $0.take(timer), try $0.take(timer)] }
    #expect(takes == [true, false])
  }

  @Test func `that are set anew while they fail begin anew`() async throws {
    try await set(["a": 0])
    try await fail(for: .zero)
    let old = try #require(try await failing().first)
    try await set(["a": 0])
    let isTaken = try await write { try $0.take(old) }
    #expect(!isTaken)
    try await write { try $0.putOff(old, "Broken", for: nil) }
    #expect(try await counts() == [1, 0, 0])
    #expect(try await take() == ["a"])
  }

  @Test func `that are dead stay until the operator has them tried again or gives them up`()
    async throws
  {
    let store = fixture.store
    try await set(["a": 0, "b": 0])
    try await fail(for: nil)
    try await fail(for: nil)
    fixture.clock.advance(.seconds(24 * 3600))
    #expect(try await counts() == [0, 0, 2])
    let found = try #require(try await store.timerCounts().first)
    #expect(found.name == name && found.error == "Broken" && found.oldest == start)
    #expect(try await store.tenantsWithDueTimers() == [])
    #expect(try await store.retryDeadTimers("lead.other", as: .test) == 0)
    #expect(try await store.retryDeadTimers(name, as: .test) == 2)
    #expect(try await failing().map(\.attempts) == [0, 0])
    try await fail(for: nil)
    #expect(try await store.discardDeadTimers(name, as: .test) == 1)
    #expect(try await counts() == [1, 1, 0])
    try await fail(for: nil)
    #expect(try await store.retryDeadTimers(nil, as: .test) == 1)
  }

  @Test func `that are dead end when they are set anew or cancelled`() async throws {
    try await set(["a": 0, "b": 0])
    try await fail(for: nil)
    try await fail(for: nil)
    try await set(["a": 0])
    try await write { try $0.cancelTimer(name, key: "b") }
    #expect(try await counts() == [1, 0, 0])
    #expect(try await take() == ["a"])
  }

  @Test func `are late when their moment was more than five minutes ago`() async throws {
    try await set(["a": 0, "b": 1, "c": 400])
    fixture.clock.advance(.seconds(300))
    #expect(try await counts() == [2, 0, 0])
    fixture.clock.advance(.seconds(1))
    #expect(try await counts() == [2, 1, 0])
  }

  // MARK: The table

  @Test func `are in a database that an earlier release has made, too`() async throws {
    let scripts = StoreTables.scripts(TestDatabase.isSQLite ? .sqlite : .postgres)
    let before = try #require(scripts.firstIndex { $0.contains("CREATE TABLE mesh_timers") })
    let configuration = try TestDatabase.make("old", in: fixture.folder.path)
    let end = try #require(SchemaEnd("\(before).1"))
    try Store.makeSchema(end, configuration, [StoreFixture.migration], at: start)
    let store = try Store(configuration: configuration, migrations: [StoreFixture.migration])
    defer { store.close() }
    let start = start
    try await store.write(acme, as: .test) { try $0.setTimer(name, key: "a", at: start) }
    #expect(try await store.tenantsWithDueTimers() == [acme])
  }

  @Test func `are found by indexes, of a tenant and of all`() async throws {
    let plans = NotedPlans()
    let fixture = try StoreFixture { $0.planned = plans.note }
    let start = start
    for tenant in [acme, globex] {
      try await fixture.store.write(tenant, as: .test) { transaction in
        for number in 0..<1_000 {
          try transaction.setTimer(name, key: "k\(number)", at: start + .seconds(Int64(number)))
        }
      }
    }
    fixture.clock.advance(.seconds(10))
    _ = try await fixture.store.tenantsWithDueTimers()
    _ = try await fixture.store.timerCounts()
    let ofAll = plans.taken()
    #expect(ofAll.count == 5)
    for plan in ofAll {
      #expect(plan.lines.contains { $0.contains("mesh_timers_due") }, "\(plan.lines)")
    }
    let now = fixture.clock.clock.now
    _ = try await fixture.store.read(acme) { transaction in
      try transaction.dueTimers(.waiting, at: now, limit: 5)
        + transaction.dueTimers(.failing, at: now, limit: 5)
    }
    let ofOne = plans.taken()
    #expect(ofOne.count == 3)
    for plan in ofOne {
      #expect(plan.lines.contains { $0.contains("mesh_timers_tenant") }, "\(plan.lines)")
    }
  }
}

/// The plans of queries of timers, as they are made.
private final class NotedPlans: Sendable {
  private let noted = Mutex<[StatementPlan]>([])

  var note: @Sendable (StatementPlan) -> Void {
    { plan in
      guard plan.statement.contains("mesh_timers") else { return }
      self.noted.withLock { $0.append(plan) }
    }
  }

  /// Those since it was last asked.
  func taken() -> [StatementPlan] {
    noted.withLock { noted in
      defer { noted = [] }
      return noted
    }
  }
}

extension StoreFixture {
  /// On PostgreSQL the store of another process of the service, else that of the one process.
  fileprivate static func another(_ fixture: StoreFixture) throws -> Store {
    if TestDatabase.isSQLite { return fixture.store }
    return try Store(
      configuration: fixture.configuration,
      migrations: [StoreFixture.migration],
      clock: fixture.clock.clock
    )
  }
}
