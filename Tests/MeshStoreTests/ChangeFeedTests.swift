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
    let batch = try await fixture.store.changes(after: 0, max: 10)
    #expect(batch.position == 2)
    #expect(
      batch.entries == [
        ChangeEntry(
          sequence: 1,
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
          sequence: 2,
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
    let first = try await fixture.store.changes(after: 0, max: 2, objects: ["lead"])
    #expect(first.entries.map(\.id) == ["1", "3"])
    #expect(first.position == 3)
    let rest = try await fixture.store.changes(after: first.position, max: 2, objects: ["task"])
    #expect(rest.entries.isEmpty)
    // The position moves past what is not wanted.
    #expect(rest.position == 4)
  }

  @Test func `wakes who waits for it once a change is durable`() async throws {
    try await record(acme, "lead_1")
    let store = fixture.store
    let waiting = Task { try await store.changes(after: 1, max: 10, wait: .seconds(60)) }
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

  @Test func `is applied exactly once`() async throws {
    let store = fixture.store
    func apply(_ sequence: Int64, fails: Bool = false) async throws -> Bool {
      try await store.apply(sequence, of: "access.members", tenant: acme, as: .test) {
        transaction in
        try transaction.execute(
          """
          INSERT INTO leads (id, name) VALUES (\(transaction.ids.next(LeadKind.self)), 'Applied')
          """
        )
        if fails { throw CancellationError() }
      }
    }
    #expect(try await apply(5))
    #expect(try await apply(5) == false)
    #expect(try await apply(4) == false)
    await #expect(throws: CancellationError.self) { try await apply(6, fails: true) }
    #expect(try await store.position(in: "access.members") == 5)
    #expect(try await apply(6))
    try await store.skip(to: 9, of: "access.members", as: .test)
    try await store.skip(to: 8, of: "access.members", as: .test)
    #expect(try await apply(9) == false)
    #expect(try await store.position(in: "access.members") == 9)
    #expect(try await store.position(in: "tenants") == 0)
    #expect(try await fixture.names(acme).count == 2)
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
    _ = try await create("other")
    _ = try await create("another")
    let kept = try await fixture.store.systemRead { transaction in
      try transaction.session.firstOwn("SELECT count(*) FROM main.mesh_requests") {
        try $0.next(Int.self)
      }
    }
    #expect(kept == 3)
  }

  @Test func `has a key of at most 128 bytes`() async throws {
    let error = await #expect(throws: MeshError.self) {
      try await create(String(repeating: "k", count: 129))
    }
    #expect(error?.violations.first?.field == "request_id")
  }
}
