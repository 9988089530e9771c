import ErrandsAPI
import MeshAPI
import MeshCore
import MeshLoop
import MeshStore
import MeshTesting
import Testing
import TypeAPI

@testable import MeshService

private let author = Author(actor: "system:test")
private let log = Log(service: "test", level: .error)

/// Titles of errands; those without one are not wanted.
private func titles(changed: @escaping Replica<String>.Changed = { _, _ in }) -> Replica<String> {
  Replica(of: Errand.self, in: "errands", changed: changed) { errand in
    errand.title.isEmpty ? nil : errand.title
  }
}

@LoopActor
@Suite struct `A replica in a database` {
  private let opened: TestStore
  private let other = OtherService()
  private let acme: TenantID = IDGenerator.system.next()
  private let globex: TenantID = IDGenerator.system.next()
  private let one: ErrandID = IDGenerator.system.next()
  private let two: ErrandID = IDGenerator.system.next()
  private let three: ErrandID = IDGenerator.system.next()

  init() throws { opened = try TestStore("test", []) }

  private func stored(_ replica: Replica<String>) -> StoredReplica<String> {
    StoredReplica(replica: replica, store: opened.store, author: author, log: log)
  }

  /// Follows the other service's log to its end.
  private func follow(_ replica: Replica<String>) async throws {
    let feed = other.feed()
    let end = other.changes.last?.sequence ?? 0
    while try await opened.store.position(in: replica.source.feed) < end {
      try await feed.step(stored(replica))
    }
  }

  @Test func `follows what is created, changed and deleted, each tenant for itself`() async throws {
    let replica = titles()
    other.change(acme, one, to: "fetch")
    other.change(acme, two, to: "bring")
    other.change(globex, three, to: "theirs")
    try await follow(replica)
    #expect(replica[acme, one] == "fetch" && replica[acme, two] == "bring")
    #expect(replica[acme, three] == nil && replica[globex, three] == "theirs")
    other.change(acme, one, to: "fetch more")
    other.change(acme, two, to: nil)
    other.change(globex, three, to: "")
    try await follow(replica)
    #expect(replica.values(of: acme) == [one.words: "fetch more"])
    #expect(replica.values(of: globex).isEmpty)
    let kept = try await opened.store.kept(of: replica.source)
    #expect(Set(kept.map(\.id)) == [one.words, three.words], "what is not wanted may be later")
  }

  @Test func `answers from the database after a restart while the other service is down`()
    async throws
  {
    other.change(acme, one, to: "fetch")
    other.change(acme, two, to: "bring")
    other.change(acme, two, to: nil)
    try await follow(titles())
    let restarted = titles()
    #expect(!restarted.isComplete)
    try await stored(restarted).load()
    #expect(restarted.values(of: acme) == [one.words: "fetch"])
    #expect(restarted.isComplete)
  }

  @Test func `goes on where the database is after a crash before memory followed`() async throws {
    other.change(acme, one, to: "fetch")
    other.change(acme, two, to: "bring")
    other.change(acme, one, to: "fetch more")
    let replica = titles()
    let page = other.page(after: 0)
    let rows = replica.rows(of: page, log)
    let isNew = try await opened.store.keep(
      rows,
      of: replica.source,
      upTo: page.position,
      as: author
    )
    #expect(isNew)
    try await stored(replica).load()
    #expect(replica.values(of: acme) == [one.words: "fetch", two.words: "bring"])
    try await follow(replica)
    #expect(other.requests.map(\.after) == [page.position])
    #expect(replica[acme, one] == "fetch more")
  }

  @Test func `takes no page again that it has gone past`() async throws {
    other.change(acme, one, to: "first")
    other.change(acme, two, to: "other")
    let replica = titles()
    let old = other.page(after: 0)
    other.change(acme, one, to: "second")
    try await follow(replica)
    try await stored(replica).take(old, after: 0)
    #expect(replica[acme, one] == "second")
    let restarted = titles()
    try await stored(restarted).load()
    #expect(restarted[acme, one] == "second")
  }

  @Test func `shows nothing that could not be made durable`() async throws {
    var seen = 0
    let replica = titles { _, _ in seen += 1 }
    other.change(acme, one, to: "fetch")
    opened.store.close()
    await #expect(throws: MeshError.self) {
      try await stored(replica).take(other.page(after: 0), after: 0)
    }
    #expect(replica[acme, one] == nil && seen == 0)
  }

  @Test func `keeps and passes over a record that it cannot read`() async throws {
    let replica = titles()
    other.change(acme, one, to: "fetch")
    other.log(acme, "\(one)", [0xFF])
    other.log(acme, "lead_1", [])
    other.change(acme, two, to: "bring")
    try await follow(replica)
    #expect(replica.values(of: acme) == [two.words: "bring"])
    let page = Metrics(service: "test", store: nil, replicas: [replica]).page
    let labels = #"service="test",feed="replica:errands:errand""#
    #expect(page.contains("leadmesh_replica_unreadable_total{\(labels)} 2\n"))
    let kept = try await opened.store.kept(of: replica.source)
    #expect(kept.contains(ReplicaRow(tenant: acme, id: one.words, record: [0xFF])))
    other.change(acme, one, to: "fetch again")
    try await follow(replica)
    #expect(replica[acme, one] == "fetch again")
  }

  @Test func `reads all from the beginning, however far a reaction to the same records is`()
    async throws
  {
    other.change(acme, one, to: "fetch")
    let reaction = ReactionRunner(
      Reaction(to: "errands", ["errand"]) { _, _ in },
      opened.store,
      as: author
    )
    try await other.feed().step(reaction)
    #expect(try await reaction.position() == 1)
    let replica = titles()
    #expect(try await stored(replica).position() == 0)
    try await follow(replica)
    #expect(replica[acme, one] == "fetch")
  }
}

@LoopActor
@Suite struct `A replica in memory` {
  private let other = OtherService()
  private let acme: TenantID = IDGenerator.system.next()

  @Test func `reads all there is before it is complete, in spite of failures, and then waits`()
    async throws
  {
    let ids = (0..<5).map { _ in IDGenerator.system.next(ErrandKind.self) }
    for id in ids { other.change(acme, id, to: "\(id)") }
    other.failures = 1
    let replica = titles()
    let memory = MemoryReplica(replica: replica, log: log)
    try await memory.catchUp(other.feed(), within: .seconds(600))
    #expect(replica.values(of: acme).count == 5)
    #expect(other.requests.map(\.waitMilliseconds) == [0, 0, 0, 0, 0])
    other.change(acme, ids[0], to: nil)
    try await other.feed().step(memory)
    #expect(replica[acme, ids[0]] == nil)
    #expect(
      other.requests.last
        == PullRequest(
          after: 41,
          waitMilliseconds: 20_000,
          objects: ["errand"]
        )
    )
  }

  @Test func `says when it cannot be read`() async {
    other.failures = .max
    let memory = MemoryReplica(replica: titles(), log: log)
    await #expect(throws: StartError.self) {
      try await memory.catchUp(other.feed(), within: .zero)
    }
  }

  @Test func `tells of each change of a value, with the one before`() {
    var told: [[String?]] = []
    let replica = titles { told.append([$0, $1]) }
    let id: ErrandID = IDGenerator.system.next()
    replica.take(Errand(id: id, title: "fetch"), of: acme)
    replica.take(Errand(id: id, title: "bring"), of: acme)
    replica.remove(id, of: acme)
    #expect(told == [[nil, "fetch"], ["fetch", "bring"], ["bring", nil]])
  }
}
