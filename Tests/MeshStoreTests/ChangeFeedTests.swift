import MeshCore
import MeshLoop
import Testing

@testable import MeshStore

@Suite struct `The change log` {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  private func record(_ tenant: TenantID, _ id: String, object: String = "lead") async throws {
    try await fixture.store.write(tenant, as: .test) { transaction in
      try transaction.record(Change(action: "create", object: object, id: id, after: [1, 2]))
    }
  }

  @Test func `tells who did what to which resource, in the order of the commits`() async throws {
    try await record(acme, "lead_1")
    fixture.clock.advance(.seconds(1))
    let author = Author(actor: "system:sequences", onBehalfOf: "member_7")
    try await fixture.store.systemWrite(as: author) { transaction in
      try transaction.record(
        Change(action: "convert", object: "lead", id: "lead_2", before: [], isPartial: true),
        of: globex
      )
    }
    let numbers = try await fixture.changeNumbers()
    let batch = try await fixture.store.changes(after: 0, max: 10)
    #expect(numbers.count == 2 && numbers[0] < numbers[1] && batch.position == numbers[1])
    #expect(
      batch.entries == [
        ChangeEntry(
          sequence: numbers[0],
          tenant: acme,
          actor: "member_test",
          onBehalfOf: nil,
          change: Change(action: "create", object: "lead", id: "lead_1", after: [1, 2]),
          requestID: "request-1",
          address: "192.0.2.1",
          agent: "test",
          time: Timestamp(microseconds: 1_700_000_000_000_000)
        ),
        ChangeEntry(
          sequence: numbers[1],
          tenant: globex,
          actor: "system:sequences",
          onBehalfOf: "member_7",
          change: Change(
            action: "convert",
            object: "lead",
            id: "lead_2",
            before: [],
            isPartial: true
          ),
          requestID: "",
          address: "",
          agent: "",
          time: Timestamp(microseconds: 1_700_000_001_000_000)
        ),
      ]
    )
  }

  @Test func `is read in parts, of the objects that are wanted`() async throws {
    for index in 1...4 { try await record(acme, "\(index)", object: index == 2 ? "task" : "lead") }
    let numbers = try await fixture.changeNumbers()
    let first = try await fixture.store.changes(after: 0, max: 2, objects: ["lead"])
    #expect(first.entries.map(\.id) == ["1", "3"])
    #expect(first.position == numbers[2])
    let rest = try await fixture.store.changes(after: first.position, max: 2, objects: ["task"])
    #expect(rest.entries.isEmpty)
    // The position moves past what is not wanted.
    #expect(rest.position == numbers[3])
  }

  @Test func `says how much of it comes after a place, without reading all of it`() async throws {
    let start = fixture.clock.clock.now
    for index in 1...6 {
      fixture.clock.advance(.seconds(1))
      try await record(acme, "\(index)", object: index < 4 ? "task" : "lead")
    }
    let numbers = try await fixture.changeNumbers()
    let store = fixture.store
    var distance = try await store.distance(after: numbers[1])
    #expect(distance.changes == 4 && !distance.isMore)
    #expect(distance.oldestTime == start + .seconds(3))
    distance = try await store.distance(after: 0, objects: ["lead"])
    #expect(distance.changes == 3 && distance.oldestTime == start + .seconds(4))
    distance = try await store.distance(after: 0, objects: ["lead"], searching: 4)
    #expect(distance.changes == 1 && distance.isMore)
    distance = try await store.distance(after: 0, objects: ["lead"], searching: 2)
    #expect(distance.changes == 0 && distance.isMore)
    #expect(distance.oldestTime == start + .seconds(2), "there may be one after that")
    #expect(try await store.distance(after: numbers[5]) == LogDistance())
  }

  @Test func `wakes who waits for it once a change is durable`() async throws {
    try await record(acme, "lead_1")
    let store = fixture.store
    let place = try await fixture.changeNumbers()[0]
    let waiting = Task { try await store.changes(after: place, max: 10, wait: .seconds(60)) }
    try await record(acme, "lead_2")
    let batch = try await waiting.value
    #expect(batch.entries.map(\.id) == ["lead_2"])
  }

  @Test func `answers without changes when none come in time or the waiter gives up`() async throws
  {
    let batch = try await fixture.store.changes(after: 0, max: 10, wait: .milliseconds(20))
    #expect(batch == ChangeBatch(entries: [], position: 0))
    let store = fixture.store
    let waiting = Task { try await store.changes(after: 0, max: 10, wait: .seconds(600)) }
    waiting.cancel()
    // Cancelled before or while it waits; either way it ends long before its time.
    let result = await waiting.result
    if case .success(let batch) = result { #expect(batch.entries.isEmpty) }
  }

  @Test func `comes in pages of few bytes, each with a change at least`() async throws {
    for index in 1...4 {
      try await fixture.store.write(acme, as: .test) { transaction in
        let large = [UInt8](repeating: 1, count: index == 2 ? 5_000 : 10)
        try transaction.record(
          Change(action: "update", object: "lead", id: "\(index)", after: large)
        )
      }
    }
    try await fixture.changeNumbers()
    var pages: [[String]] = []
    var place: Int64 = 0
    while pages.count < 10 {
      let batch = try await fixture.store.changes(after: place, max: 10, upTo: 1_000)
      if batch.entries.isEmpty { break }
      pages.append(batch.entries.map(\.id))
      place = batch.position
    }
    #expect(pages == [["1"], ["2"], ["3", "4"]])
  }

  @Test func `lets those who wait go when the service stops`() async throws {
    let store = fixture.store
    let waiting = Task { try await store.changes(after: 0, max: 10, wait: .seconds(600)) }
    store.endWaiting()
    #expect(try await waiting.value.entries.isEmpty)
    let late = try await store.changes(after: 0, max: 10, wait: .seconds(600))
    #expect(late.entries.isEmpty)
  }

  @Test func `is taken exactly once`() async throws {
    let store = fixture.store
    func take(_ from: String?, _ to: String, fails: Bool = false) async throws -> Bool {
      try await store.write(acme, as: .test) { transaction in
        guard try transaction.advance("access.members", from: from, to: to) else { return false }
        try transaction.execute(
          """
          INSERT INTO leads (id, name) VALUES (\(transaction.ids.next(LeadKind.self)), 'Applied')
          """
        )
        if fails { throw CancellationError() }
        return true
      }
    }
    #expect(try await take(nil, "a"))
    #expect(try await take(nil, "b") == false)
    #expect(try await take("z", "b") == false)
    await #expect(throws: CancellationError.self) { try await take("a", "b", fails: true) }
    #expect(try await store.cursor(of: "access.members") == "a")
    #expect(try await take("a", "b"))
    #expect(try await store.advance("access.members", from: "b", to: "c", as: .test))
    #expect(try await store.advance("access.members", from: "b", to: "d", as: .test) == false)
    #expect(try await store.cursor(of: "access.members") == "c")
    #expect(try await store.cursor(of: "tenants") == nil)
    #expect(try await fixture.names(acme).count == 2)
  }
}

@Suite struct `A cursor` {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  /// Records a change and gives its number.
  private func record() async throws -> Int64 {
    try await fixture.store.write(acme, as: .test) { transaction in
      try transaction.record(Change(action: "create", object: "lead", id: "lead_1"))
    }
    return try await fixture.changeNumbers()[0]
  }

  @Test func `says its place to the log that made it, after a restart too`() async throws {
    let number = try await record()
    let cursor = fixture.store.cursor(after: number)
    #expect(try await fixture.store.position(of: cursor) == number)
    #expect(try await fixture.store.position(of: "") == 0)
    let again = try StoreFixture(reopening: fixture)
    #expect(try await again.store.position(of: cursor) == number)
  }

  @Test func `is foreign to another log, a restored one and one that has lost changes`()
    async throws
  {
    let number = try await record()
    let cursor = fixture.store.cursor(after: number)
    let restored = try StoreFixture(reopening: fixture) { $0.beginsEpoch = true }
    for store in [try StoreFixture().store, restored.store] {
      let error = await #expect(throws: MeshError.self) { try await store.position(of: cursor) }
      #expect(error?.code == .failedPrecondition && error?.reason == .foreignCursor)
    }
    let beyond = await #expect(throws: MeshError.self) {
      try await fixture.store.position(of: fixture.store.cursor(after: number + 1))
    }
    #expect(beyond?.reason == .foreignCursor)
  }

  @Test(arguments: [
    "7", "AAAA", String(repeating: "A", count: 23), "_" + String(repeating: "_", count: 21), "ü",
  ])
  func `is refused when it is malformed`(_ text: String) async throws {
    let error = await #expect(throws: MeshError.self) {
      try await fixture.store.position(of: text)
    }
    #expect(error?.code == .invalidArgument && error?.violations.first?.field == "cursor")
  }
}

@Suite struct `A request with a key` {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  private func create(
    _ key: String?,
    hash: [UInt8] = [1],
    tenant: TenantID = acme,
    method: String = "CreateLead",
    as author: Author = .test
  ) async throws -> String {
    try await fixture.store.write(tenant, as: author) { transaction in
      try transaction.once(
        key: key,
        method: method,
        requestHash: hash,
        encode: { Array($0.utf8) },
        decode: { String(decoding: $0, as: UTF8.self) }
      ) {
        let id = transaction.ids.next(LeadKind.self)
        try transaction.execute("INSERT INTO leads (id, name) VALUES (\(id), 'Once')")
        if hash == [0] { throw CancellationError() }
        return id.description
      }
    }
  }

  @Test func `has its effect once and the same response each time`() async throws {
    let first = try await create("k")
    #expect(try await create("k") == first)
    #expect(try await fixture.names(acme).count == 1)
  }

  @Test func `is refused when the key stands for another request`() async throws {
    _ = try await create("k")
    for attempt in [{ try await create("k", hash: [2]) }, { try await create("k", method: "X") }] {
      let error = await #expect(throws: MeshError.self) { try await attempt() }
      #expect(error?.reason == .idempotencyConflict)
      #expect(error?.code == .failedPrecondition)
    }
    #expect(try await fixture.names(acme).count == 1)
  }

  @Test func `shares its key with no other caller, tenant or request without one`() async throws {
    _ = try await create("k")
    _ = try await create("k", as: Author(actor: "member_other"))
    _ = try await create("k", tenant: globex)
    _ = try await create(nil)
    _ = try await create("")
    #expect(try await fixture.names(acme).count == 4)
    #expect(try await fixture.names(globex).count == 1)
  }

  @Test func `keeps nothing when it fails`() async throws {
    await #expect(throws: CancellationError.self) { try await create("k", hash: [0]) }
    #expect(try await fixture.names(acme).isEmpty)
    _ = try await create("k", hash: [1])
  }

  @Test func `is forgotten after a day, and its key free`() async throws {
    for index in 0..<5 { _ = try await create("k\(index)") }
    fixture.clock.advance(.seconds(24 * 3600 - 1))
    _ = try await create("k0")
    #expect(try await fixture.names(acme).count == 5)
    fixture.clock.advance(.seconds(1))
    _ = try await create("k0", hash: [2])
    #expect(try await fixture.names(acme).count == 6)
  }

  @Test func `has a key of at most 128 bytes`() async throws {
    let error = await #expect(throws: MeshError.self) {
      try await create(String(repeating: "k", count: 129))
    }
    #expect(error?.violations.first?.field == "request_id")
  }
}
