import ErrandsAPI
import ErrandsService
import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshTesting
import Testing

@testable import MeshService
@testable import MeshStore

private let author = Author(actor: "system:test")
private let log = Log(service: "test", level: .error)
private let day = Duration.seconds(86_400)

/// The service of rounds, which goes on while another that follows it is down.
@LoopActor
@Suite struct `A service that was down` {
  /// How the other service was asked.
  @LoopActor
  private final class Calls {
    var pulls = 0
    var snapshots = 0

    nonisolated init() {}
  }

  private let clock = TestClock()
  private let producer: TestStore
  private let consumer: TestStore
  private let rounds: Records<Round>
  private let compactor: ChangeLogCompactor
  private let calls = Calls()
  private let tenant: TenantID = IDGenerator.system.next()

  init() throws {
    producer = try TestStore("errands", ErrandsService.migrations, clock: clock.clock)
    consumer = try TestStore("test", [.notes])
    rounds = Records<Round>(producer.store, TestCaller.gate(ErrandsObjects.grants))
    let retention = LogRetention(age: day * 30, size: 1 << 30)
    compactor = ChangeLogCompactor([rounds], producer.store, retention, log)
  }

  private func feed() -> Feed {
    let (changes, calls) = (ChangeFeed(store: producer.store, sources: [rounds]), calls)
    let call = TestCaller.system("test", in: nil)
    return Feed(
      name: "rounds",
      objects: ["round"],
      log: log,
      pull: { (request, _) throws(MeshError) in
        calls.pulls += 1
        do {
          return try await changes.pull(request, call)
        } catch {
          throw MeshError.clientError(for: error) ?? .internalFailure()
        }
      },
      snapshot: { (request) throws(MeshError) in
        calls.snapshots += 1
        do {
          return try await changes.snapshot(request, call)
        } catch {
          throw MeshError.clientError(for: error) ?? .internalFailure()
        }
      }
    )
  }

  /// Follows the log to its end.
  private func follow(_ consumer: some FeedConsumer) async throws {
    try await producer.store.settle()
    let end = try await ChangeFeed(store: producer.store, sources: [])
      .snapshot(SnapshotRequest(), TestCaller.system("test", in: nil)).cursor
    let feed = feed()
    while try await consumer.cursor() != end { try await feed.step(consumer) }
  }

  private func create(_ name: String) async throws -> Round {
    try await producer.store.write(tenant, as: author) { transaction in
      try transaction.create(Round(displayName: name), by: NoRules<Round>())
    }
  }

  private func rename(_ round: Round, _ name: String) async throws {
    _ = try await producer.store.write(tenant, as: author) { transaction in
      var renamed = round
      renamed.displayName = name
      return try transaction.update(round, to: renamed, by: NoRules<Round>())
    }
  }

  private func delete(_ round: Round) async throws {
    try await producer.store.write(tenant, as: author) { transaction in
      try transaction.delete(round, by: NoRules<Round>())
    }
  }

  @Test func `for a week gets each change in pages, in order and once`() async throws {
    let reaction = Reaction(to: "errands", ["round"]) { change, transaction in
      let name = try change.after.map { try Round(wire: $0).displayName } ?? "-"
      try transaction.execute(
        "INSERT INTO notes (place, text) VALUES ((SELECT count(*) FROM notes), \(name))"
      )
    }
    let runner = ReactionRunner(reaction, consumer.store, as: author, log: log)
    try await follow(runner)
    var expected: [String] = []
    for number in 0..<7 {
      for index in 0..<100 { expected.append("\(number).\(index)") }
      let names = expected.suffix(100)
      try await producer.store.write(tenant, as: author) { transaction in
        for name in names {
          _ = try transaction.create(Round(displayName: name), by: NoRules<Round>())
        }
      }
      clock.advance(by: day)
      try await compactor.compact()
    }
    let before = (pulls: calls.pulls, snapshots: calls.snapshots)
    try await follow(runner)
    let found = try await consumer.store.read(tenant) { transaction in
      try transaction.rows("SELECT text FROM notes ORDER BY place") { try $0.next(String.self) }
    }
    #expect(found == expected)
    #expect((3...10).contains(calls.pulls - before.pulls), "pages of 256")
    #expect(calls.snapshots == before.snapshots)
  }

  @Test func `for longer than changes are kept gets all records as they are`() async throws {
    let replica = Replica(of: Round.self, in: "errands") { $0.displayName }
    let stored = StoredReplica(replica: replica, store: consumer.store, author: author, log: log)
    let removed = try await create("removed")
    let renamed = try await create("old")
    let same = try await create("same")
    try await follow(stored)
    let snapshots = calls.snapshots
    try await delete(removed)
    try await rename(renamed, "new")
    let added = try await create("added")
    clock.advance(by: day * 31)
    try await compactor.compact()
    let late = try await create("late")
    try await compactor.compact()
    try await follow(stored)
    #expect(calls.snapshots > snapshots)
    let names = replica.values(of: tenant)
    let expected = [(renamed, "new"), (same, "same"), (added, "added"), (late, "late")]
    #expect(names.count == expected.count)
    for (round, name) in expected {
      let id = try #require(round.recordID)
      #expect(names[id] == name)
    }
    #expect(try await consumer.store.kept(of: replica.source).count == expected.count)
  }

  @Test func `leaves no responses to requests behind once their time is past`() async throws {
    let tenants: [TenantID] = [tenant, IDGenerator.system.next()]
    for tenant in tenants {
      try await producer.store.write(tenant, as: author) { transaction in
        _ = try transaction.once(
          key: "k",
          method: "CreateRound",
          requestHash: [1],
          encode: { $0 },
          decode: { $0 }
        ) { [UInt8(1)] }
      }
    }
    func count() async throws -> Int? {
      try await producer.store.systemRead { transaction in
        try transaction.session.firstOwn("SELECT count(*) FROM main.mesh_requests") {
          try $0.next(Int.self)
        }
      }
    }
    try await compactor.compact()
    #expect(try await count() == 2)
    clock.advance(by: day * 2)
    try await compactor.compact()
    #expect(try await count() == 0)
  }

  @Test func `is not waited for by people, as the log is kept in the background`() async throws {
    let removed = try await create("removed")
    let kept = try await create("kept")
    try await delete(removed)
    try await rename(kept, "renamed")
    try await producer.store.settle()
    clock.advance(by: day * 31)
    let before = producer.store.metrics
    #expect(before.backgroundReads + before.backgroundWrites == 0)
    try await compactor.compact()
    let after = producer.store.metrics
    // Sizes are added, changes compacted, and a deleted record is let go of.
    #expect(after.backgroundWrites >= 3 && after.backgroundReads >= 3)
    #expect(after.writes - before.writes == after.backgroundWrites)
    #expect(after.reads - before.reads == after.backgroundReads)
  }

  @Test func `finds what others keep by days and MiB that are set`() {
    func retention(_ arguments: String...) -> (LogRetention, faults: [String]) {
      var reader = SettingsReader(arguments: arguments) { _ in nil }
      return (MeshSettings(from: &reader).logRetention, reader.faults)
    }
    #expect(retention().0 == LogRetention(age: day * 30, size: 4 << 30))
    let set = retention("--changes-kept-days", "7", "--changes-kept-mib", "16")
    #expect(set.0 == LogRetention(age: day * 7, size: 16 << 20) && set.faults.isEmpty)
    for wrong in [["--changes-kept-days", "0"], ["--changes-kept-mib", "15"]] {
      #expect(retention(wrong[0], wrong[1]).faults.count == 1)
    }
  }
}
