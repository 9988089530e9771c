import ErrandsAPI
import ErrandsService
import MeshAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import Synchronization
import Testing

@testable import MeshService

/// The roles of members at the moment, as the test says.
private final class Roles: StandingDirectory {
  private let roles = Mutex([MemberID: String]())
  private let isKnown = Mutex(true)

  func set(_ member: MemberID, _ role: String?) { roles.withLock { $0[member] = role } }

  func forget() { isKnown.withLock { $0 = false } }

  func roles(of claims: TokenClaims) -> [String] { [] }

  func roles(of member: MemberID, in tenant: TenantID) throws(MeshError) -> [String]? {
    guard isKnown.withLock({ $0 }) else { throw .unavailable("not known yet") }
    return roles.withLock { $0[member].map { [$0] } } ?? []
  }
}

@LoopActor
@Suite struct `What a service tells the gateway of changes` {
  private let opened: TestStore
  private let roles = Roles()
  private let rounds: Records<Round>
  private let live: LiveChanges
  private let acme: TenantID = IDGenerator.system.next()
  private let globex: TenantID = IDGenerator.system.next()
  private let manager: MemberID = IDGenerator.system.next()
  private let reader: MemberID = IDGenerator.system.next()
  private let stranger: MemberID = IDGenerator.system.next()
  private let gateway = TestCaller.system("gateway", in: nil)

  init() throws {
    opened = try TestStore("errands", ErrandsService.migrations)
    let gate = TestCaller.gate(ErrandsObjects.grants, standings: roles)
    rounds = Records(opened.store, gate)
    live = LiveChanges(store: opened.store, records: [rounds], access: gate)
    roles.set(manager, "manager")
    roles.set(reader, "read_only")
    roles.set(stranger, "manager")
  }

  private var watchers: [TenantWatchers] {
    [
      TenantWatchers(tenantId: "\(acme)", memberIds: ["\(manager)", "\(reader)"]),
      TenantWatchers(tenantId: "\(globex)", memberIds: ["\(stranger)"]),
    ]
  }

  @discardableResult
  private func create(_ name: String, in tenant: TenantID) async throws -> Round {
    let draft = Round(displayName: name)
    let call = TestCaller.member(manager, "manager", in: tenant)
    return try await rounds.create(draft, named: "round", draft, key: "", call)
  }

  private func end() async throws -> String {
    try await opened.store.settle()
    return try await live.watch(WatchRequest(), gateway).cursor
  }

  private func watch(
    _ cursor: String,
    until: String = "",
    wait: Int32 = 0,
    _ watchers: [TenantWatchers]? = nil
  ) async throws -> WatchResponse {
    if wait == 0 { try await opened.store.settle() }
    return try await live.watch(
      WatchRequest(
        cursor: cursor,
        until: until,
        waitMilliseconds: wait,
        watchers: watchers ?? self.watchers
      ),
      gateway
    )
  }

  @Test func `is what each may see, of their own tenant`() async throws {
    try await create("Before", in: acme)
    let start = try await end()
    let here = try await create("Here", in: acme)
    let there = try await create("There", in: globex)
    let found = try await watch(start)
    #expect(found.changes.map(\.id) == [here.idText, there.idText])
    #expect(found.changes.map(\.watchers) == [[0], [2]], "the reader sees what they own")
    let first = try #require(found.changes.first)
    #expect(first.etag == here.etag?.description && first.action == "create")
    #expect(try await watch(found.cursor).changes.isEmpty)
  }

  @Test func `is judged by the roles of the moment`() async throws {
    let start = try await end()
    try await create("Here", in: acme)
    roles.set(manager, nil)
    roles.set(reader, "rep")
    #expect(try await watch(start).changes.isEmpty)
    roles.set(reader, "manager")
    #expect(try await watch(start).changes.map(\.watchers) == [[1]])
    roles.forget()
    let error = await #expect(throws: MeshError.self) { try await watch(start) }
    #expect(error?.code == .unavailable)
  }

  @Test func `is waited for, past what nobody may see`() async throws {
    let start = try await end()
    let only = [TenantWatchers(tenantId: "\(globex)", memberIds: ["\(stranger)"])]
    let waiting = Task.immediate { @LoopActor in try await watch(start, wait: 30_000, only) }
    try await create("Here", in: acme)
    let there = try await create("There", in: globex)
    let found = try await waiting.value
    #expect(found.changes.map(\.id) == [there.idText])
  }

  @Test func `ends where it is asked to, for who catches up`() async throws {
    let start = try await end()
    let first = try await create("First", in: acme)
    let middle = try await end()
    try await create("Second", in: acme)
    let found = try await watch(start, until: middle)
    #expect(found.changes.map(\.id) == [first.idText] && found.cursor == middle)
    let nothing = try await watch(middle, until: start)
    #expect(nothing.changes.isEmpty && nothing.cursor == start)
  }

  @Test func `is not what lies too far back`() async throws {
    let start = try await end()
    try await opened.store.write(acme, as: Author(actor: "system:test")) { transaction in
      for _ in 0...20_000 {
        try transaction.record(MeshStore.Change(action: "update", object: "thing", id: "thing_1"))
      }
    }
    let now = try await end()
    let error = await #expect(throws: MeshError.self) { try await watch(start, until: now) }
    #expect(error?.reason == .foreignCursor)
    #expect(try await watch(start).changes.isEmpty, "who follows is not held to it")
  }

  @Test func `is for the gateway alone, and held to limits`() async throws {
    for call in [
      TestCaller.system("leads", in: nil), TestCaller.system("operator", in: nil),
      TestCaller.member(manager, "manager", in: acme),
    ] {
      let error = await #expect(throws: MeshError.self) {
        try await live.watch(WatchRequest(), call)
      }
      #expect(error?.code == .permissionDenied)
    }
    let start = try await end()
    let many = TenantWatchers(
      tenantId: "\(acme)",
      memberIds: Array(repeating: "\(manager)", count: 10_001)
    )
    let requests = [
      WatchRequest(waitMilliseconds: -1), WatchRequest(waitMilliseconds: 30_001),
      WatchRequest(watchers: [many]), WatchRequest(watchers: [TenantWatchers(tenantId: "x")]),
      WatchRequest(watchers: [TenantWatchers(tenantId: "\(acme)", memberIds: ["\(acme)"])]),
    ]
    for request in requests {
      let error = await #expect(throws: MeshError.self) { try await live.watch(request, gateway) }
      #expect(error?.code == .invalidArgument)
    }
    for cursor in ["x", opened.store.cursor(after: 0)] {
      for request in [WatchRequest(cursor: cursor), WatchRequest(cursor: start, until: cursor)] {
        let error = await #expect(throws: MeshError.self) {
          try await live.watch(request, gateway)
        }
        #expect(error?.reason == .foreignCursor)
      }
    }
  }

  @Test func `names children of a record that came or went`() async throws {
    let errands = Records<Errand>(
      opened.store,
      TestCaller.gate(ErrandsObjects.grants, standings: roles)
    )
    let live = LiveChanges(
      store: opened.store,
      records: [rounds, errands],
      access: TestCaller.gate(ErrandsObjects.grants, standings: roles)
    )
    roles.set(reader, "rep")
    var round = try await create("Mine", in: acme)
    let start = try await end()
    round.ownerId = reader
    _ = try await rounds.update(
      round,
      named: "round",
      mask: ["owner_id"],
      round,
      key: "",
      TestCaller.member(manager, "manager", in: acme)
    )
    try await opened.store.settle()
    let request = WatchRequest(cursor: start, watchers: watchers)
    let found = try await live.watch(request, gateway)
    #expect(found.many == [ManyChanges(object: "errand", watchers: [1])])
    #expect(found.changes.count == 1 && found.changes.allSatisfy { $0.watchers.count == 2 })
  }
}
