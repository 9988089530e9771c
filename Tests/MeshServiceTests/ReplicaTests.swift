import ErrandsAPI
import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshStore
import MeshTesting
import Testing
import TypeAPI

@testable import MeshService

private let author = Author(actor: "system:test")
private let log = Log(service: "test", level: .error)

/// Titles of errands; those without one are not wanted.
private func titles(changed: @escaping Replica<String>.Changed = { _, _, _ in }) -> Replica<String>
{
  Replica(of: Errand.self, in: "errands", changed: changed) { errand in
    errand.title.isEmpty ? nil : errand.title
  }
}

/// A change of some fields.
@LoopActor
private func partial(
  _ tenant: TenantID,
  _ id: ErrandID,
  before: Errand,
  after: Errand
) -> MeshAPI.Change {
  var (old, new) = (before, after)
  old.id = id
  new.id = id
  return MeshAPI.Change(
    tenantId: "\(tenant)",
    action: "update",
    object: "errand",
    id: "\(id)",
    before: old.wireBytes(),
    after: new.wireBytes(),
    partial: true
  )
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
    repeat {
      try await feed.step(stored(replica))
    } while try await opened.store.cursor(of: replica.source.feed) != other.end
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

  @Test func `knows what another process has stored when it goes on from there`() async throws {
    let (first, second) = (titles(), titles())
    other.change(acme, one, to: "fetch")
    other.change(acme, two, to: "bring")
    try await follow(first)
    try await stored(second).load()
    other.change(acme, two, to: nil)
    other.change(acme, three, to: "carry")
    try await follow(first)
    other.change(acme, one, to: "fetch more")
    try await follow(second)
    #expect(second.values(of: acme) == [one.words: "fetch more", three.words: "carry"])
  }

  @Test func `goes on where the database is after a crash before memory followed`() async throws {
    let replica = titles()
    try await follow(replica)
    let before = other.end
    other.change(acme, one, to: "fetch")
    other.change(acme, two, to: "bring")
    other.change(acme, one, to: "fetch more")
    let page = try other.page(after: before)
    let rows = try await opened.store.keep(
      replica.changes(of: page.changes, log).changes,
      of: replica.source,
      from: before,
      to: page.cursor,
      as: author,
      merge: replica.merge
    )
    #expect(rows?.count == 2)
    let restarted = titles()
    try await stored(restarted).load()
    #expect(restarted.values(of: acme) == [one.words: "fetch", two.words: "bring"])
    try await follow(restarted)
    #expect(other.requests.map(\.cursor) == [page.cursor])
    #expect(restarted[acme, one] == "fetch more")
  }

  @Test func `takes no page again that it has gone past`() async throws {
    other.change(acme, one, to: "first")
    other.change(acme, two, to: "other")
    let replica = titles()
    let start = other.cursor(0)
    let old = try other.page(after: start)
    other.change(acme, one, to: "second")
    try await follow(replica)
    try await stored(replica).take(old, after: start)
    #expect(replica[acme, one] == "second")
    let restarted = titles()
    try await stored(restarted).load()
    #expect(restarted[acme, one] == "second")
  }

  @Test func `shows nothing that could not be made durable`() async throws {
    var seen = 0
    let replica = titles { _, _, _ in seen += 1 }
    other.change(acme, one, to: "fetch")
    opened.store.close()
    await #expect(throws: MeshError.self) {
      try await stored(replica).take(
        other.page(after: other.cursor(0)),
        after: other.cursor(0)
      )
    }
    #expect(replica[acme, one] == nil && seen == 0)
  }

  @Test func `keeps and passes over a record that it cannot read`() async throws {
    let replica = titles()
    try await follow(replica)
    other.change(acme, one, to: "fetch")
    other.log(acme, "\(one)", [0xFF])
    other.log(acme, "lead_1", [])
    other.change(acme, two, to: "bring")
    try await follow(replica)
    #expect(replica.values(of: acme) == [two.words: "bring"])
    let metrics = Metrics(service: "test")
    metrics.observe(nil, [replica])
    let page = await metrics.page()
    let labels = #"service="test",feed="replica:errands:errand""#
    #expect(page.contains("leadmesh_replica_unreadable_total{\(labels)} 2\n"))
    let kept = try await opened.store.kept(of: replica.source)
    #expect(kept.contains(ReplicaRow(tenant: acme, id: one.words, record: [0xFF])))
    other.change(acme, one, to: "fetch again")
    try await follow(replica)
    #expect(replica[acme, one] == "fetch again")
  }

  @Test func `replaces all that it has by a snapshot when the other's log is another`() async throws
  {
    let replica = titles()
    for (id, title) in [(one, "fetch"), (two, "bring"), (three, "keep")] {
      other.change(acme, id, to: title)
    }
    try await follow(replica)
    #expect(other.snapshots == 1 && replica.isComplete)
    other.restore([three])
    other.change(acme, two, to: "brought")
    try await follow(replica)
    #expect(other.snapshots == 2)
    #expect(replica.values(of: acme) == [two.words: "brought", three.words: "keep"])
    let kept = try await opened.store.kept(of: replica.source)
    #expect(Set(kept.map(\.id)) == [two.words, three.words], "what is gone there is gone here")
    other.change(acme, three, to: nil)
    try await follow(replica)
    #expect(replica.values(of: acme) == [two.words: "brought"])
  }

  @Test func `begins a snapshot again that was cut off, and shows nothing of it as complete`()
    async throws
  {
    let replica = titles()
    for id in [one, two, three] { other.change(acme, id, to: "\(id)") }
    let part = try await cutOff(replica)
    #expect(part == 2 && !replica.isComplete)
    let restarted = titles()
    try await stored(restarted).load()
    #expect(!restarted.isComplete)
    try await follow(restarted)
    #expect(restarted.values(of: acme).count == 3 && restarted.isComplete)
  }

  /// Takes the first part of a snapshot.
  private func cutOff(_ replica: Replica<String>) async throws -> Int {
    let consumer = stored(replica)
    consumer.beginSnapshot()
    let first = try await other.feed().snapshot(SnapshotRequest(objects: ["errand"]))
    try await consumer.take(first)
    return replica.values(of: acme).count
  }

  @Test func `puts changed fields into the record that it has`() async throws {
    let replica = titles()
    other.log(
      acme,
      "\(one)",
      Errand(id: one, title: "fetch", notes: "soon", minutes: 3).wireBytes()
    )
    try await follow(replica)
    other.log(
      partial(acme, one, before: Errand(notes: "soon", minutes: 3), after: Errand(minutes: 4))
    )
    other.log(partial(acme, two, before: Errand(minutes: 3), after: Errand(minutes: 4)))
    try await follow(replica)
    #expect(replica.values(of: acme) == [one.words: "fetch"])
    let kept = try await opened.store.kept(of: replica.source)
    #expect(kept.count == 1, "of what it has not it knows nothing")
    let record = try Errand(wire: try #require(kept.first?.record))
    #expect(record.title == "fetch" && record.notes.isEmpty && record.minutes == 4)
  }

  @Test func `puts aside what names no record, or is too large for a message`() async throws {
    let replica = titles()
    try await follow(replica)
    other.log(acme, "lead_1", [])
    other.log(acme, "\(one)", [], tooLarge: true)
    other.change(acme, two, to: "bring")
    try await follow(replica)
    #expect(replica.values(of: acme) == [two.words: "bring"])
    let letters = try await opened.store.deadLetters(after: 0, limit: 10)
    #expect(letters.map(\.letter.id) == ["lead_1", "\(one)"])
    await #expect(throws: MeshError.self) { try await stored(replica).retry(letters[0]) }
    #expect(try await opened.store.deadLetterCount() == 2)
    // A snapshot has every record as it is, and makes up for them.
    other.restore([two])
    try await follow(replica)
    #expect(try await opened.store.deadLetterCount() == 0)
  }

  @Test func `reads all again for a change that was put aside and can be read now`() async throws {
    let replica = titles()
    other.change(acme, one, to: "fetch")
    try await follow(replica)
    // An older build could not read this one; what came since is newer.
    let old = MeshAPI.Change(
      tenantId: "\(acme)",
      action: "update",
      object: "errand",
      id: "\(one)",
      after: Errand(id: one, title: "older").wireBytes()
    )
    try await opened.store.systemWrite(as: author) { [feed = replica.source.feed] transaction in
      try transaction.bury(NewDeadLetter(old, of: feed, error: "unreadable", attempts: 1))
    }
    let letter = try #require(try await opened.store.deadLetters(after: 0, limit: 1).first)
    try await stored(replica).retry(letter)
    #expect(try await opened.store.deadLetterCount() == 0)
    #expect(replica.values(of: acme) == [one.words: "fetch"])
    #expect(try await opened.store.cursor(of: replica.source.feed) == nil)
    other.change(acme, two, to: "bring")
    try await follow(replica)
    #expect(replica.values(of: acme) == [one.words: "fetch", two.words: "bring"])
  }

  @Test func `asks for fewer changes when a page is too large, and for more again`() async throws {
    let replica = titles()
    try await follow(replica)
    let feed = other.feed()
    other.largestPage = 20
    other.change(acme, one, to: "fetch")
    while replica[acme, one] == nil { try await feed.step(stored(replica)) }
    #expect(other.requests.map(\.max) == [256, 128, 64, 32, 16])
    #expect(feed.pageSize == 32)
  }

  @Test func `reads all from the beginning, however far a reaction to the same records is`()
    async throws
  {
    other.change(acme, one, to: "fetch")
    let reaction = ReactionRunner(
      Reaction(to: "errands", ["errand"]) { _, _ in },
      opened.store,
      as: author,
      log: log
    )
    try await other.feed().step(reaction)
    #expect(try await reaction.cursor() == other.end)
    let replica = titles()
    #expect(try await stored(replica).cursor() == nil)
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
    #expect(other.requests.isEmpty && other.snapshots == 1)
    let place = other.end
    other.change(acme, ids[0], to: nil)
    try await other.feed(follower: "test/1").step(memory)
    #expect(replica[acme, ids[0]] == nil)
    #expect(
      other.requests.last
        == PullRequest(
          cursor: place,
          max: 256,
          waitMilliseconds: 20_000,
          objects: ["errand"],
          follower: "test/1"
        )
    )
  }

  @Test func `reads a record anew of which only the changed fields come`() async throws {
    let replica = titles()
    let memory = MemoryReplica(replica: replica, log: log)
    let id: ErrandID = IDGenerator.system.next()
    other.log(acme, "\(id)", Errand(id: id, title: "fetch", minutes: 3).wireBytes())
    try await other.feed().step(memory)
    other.log(partial(acme, id, before: Errand(minutes: 3), after: Errand(minutes: 4)))
    try await other.feed().step(memory)
    try await other.feed().step(memory)
    #expect(replica[acme, id] == "fetch" && other.snapshots == 2)
  }

  @Test func `lets go of what a restored service no longer has`() async throws {
    let replica = titles()
    let memory = MemoryReplica(replica: replica, log: log)
    let ids = (0..<3).map { _ in IDGenerator.system.next(ErrandKind.self) }
    for id in ids { other.change(acme, id, to: "\(id)") }
    try await other.feed().step(memory)
    other.restore([ids[0]])
    try await other.feed().step(memory)
    #expect(replica.values(of: acme) == [ids[0].words: "\(ids[0])"])
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
    let replica = titles { told.append([$1, $2]) }
    let id: ErrandID = IDGenerator.system.next()
    replica.take(Errand(id: id, title: "fetch"), of: acme)
    replica.take(Errand(id: id, title: "bring"), of: acme)
    replica.remove(id, of: acme)
    #expect(told == [[nil, "fetch"], ["fetch", "bring"], ["bring", nil]])
  }
}
