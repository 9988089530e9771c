import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import Testing

@testable import MeshService

private let author = Author(actor: "system:test")
private let log = Log(service: "test", level: .error)

@LoopActor
@Suite struct `The list of subscriptions` {
  private let clock = TestClock()
  private let producer: TestStore
  private let consumer: TestStore
  private let tenant: TenantID = IDGenerator.system.next()

  init() throws {
    producer = try TestStore("things", [], clock: clock.clock)
    consumer = try TestStore("test", [])
  }

  /// Records changes a minute apart, and gives the cursor after each.
  private func record(_ objects: String...) async throws -> [String] {
    let store = producer.store
    for object in objects {
      clock.advance(by: .seconds(60))
      try await store.write(tenant, as: author) { transaction in
        try transaction.record(
          MeshStore.Change(action: "update", object: object, id: "\(object)_1")
        )
      }
    }
    try await store.settle()
    return try await store.changes(after: 0, max: 100).entries
      .map { store.cursor(after: $0.sequence) }
  }

  /// The consumer's subscription to things, when it has taken the log up to a place.
  private func subscription(at cursor: String?) async throws -> Subscription {
    let found = try await list(at: cursor).describeSubscriptions(
      DescribeSubscriptionsRequest(),
      TestCaller.system("operator", in: nil)
    ).subscriptions
    return try #require(found.first)
  }

  private func list(at cursor: String?) -> SubscriptionList {
    let feed = ChangeFeed(store: producer.store, sources: [])
    let followed = FollowedLog(
      feed: "things:thing",
      service: "things",
      objects: ["thing"],
      use: .reaction
    ) { cursor }
    return SubscriptionList(logs: [followed], store: consumer.store) { service, request in
      guard service == "things" else { throw MeshError.unavailable("no such service") }
      return try await feed.measure(request, TestCaller.system("test", in: nil))
    }
  }

  /// What the metrics say of it, by the ends of their names.
  private func metrics(at cursor: String?) async throws -> [String: String] {
    let metrics = Metrics(service: "test", clock: clock.clock)
    metrics.observe(consumer.store, [], list(at: cursor))
    let beginning = "leadmesh_subscription_"
    var values: [String: String] = [:]
    for line in await metrics.page().split(separator: "\n") where line.hasPrefix(beginning) {
      let parts = line.dropFirst(beginning.count).split { $0 == "{" || $0 == " " }
      try #require(parts.count == 3 && parts[1] == "service=\"test\",feed=\"things:thing\"}")
      values[String(parts[0])] = String(parts[2])
    }
    return values
  }

  @Test func `says how many changes are not taken yet, and since when`() async throws {
    let start = clock.now
    let cursors = try await record("thing", "other", "thing", "thing", "other")
    let behind = try #require(try await subscription(at: cursors[0]).behind)
    #expect(behind.changes == 2 && !behind.more)
    #expect(behind.oldestTime == start + .seconds(180))
    let current = try await subscription(at: cursors[3])
    #expect(current.behind == MeasureResponse(), "others' changes are not waited for")
    #expect(current.feed == "things:thing" && current.service == "things")
    #expect(current.objects == ["thing"] && current.use == .reaction)
  }

  @Test func `does not say so before the first snapshot, or where another has to be taken`()
    async throws
  {
    let end = try #require(try await record("thing").last)
    #expect(try await subscription(at: nil).behind == nil)
    let foreign = consumer.store.cursor(after: 0)
    #expect(try await subscription(at: foreign).behind == nil)
    #expect(try await subscription(at: end).behind != nil)
  }

  @Test func `counts the dead letters of each`() async throws {
    for feed in ["things:thing", "things:thing", "replica:things:thing"] {
      let letter = NewDeadLetter(
        feed: feed,
        tenant: tenant,
        object: "thing",
        id: "thing_1",
        change: [],
        error: "broken",
        attempts: 1
      )
      try await consumer.store.systemWrite(as: author) { try $0.bury(letter) }
    }
    let end = try #require(try await record("thing").last)
    #expect(try await subscription(at: end).deadLetters == 2)
  }

  @Test func `is in the metrics too, by numbers`() async throws {
    let cursors = try await record("thing", "other", "thing", "thing", "other")
    clock.advance(by: .milliseconds(7_500))
    #expect(
      try await metrics(at: cursors[0]) == [
        "changes_behind": "2", "seconds_behind": "127.5", "dead_letters": "0",
      ]
    )
    #expect(
      try await metrics(at: cursors[3]) == [
        "changes_behind": "0", "seconds_behind": "0.0", "dead_letters": "0",
      ]
    )
    #expect(try await metrics(at: nil) == ["dead_letters": "0"], "the rest cannot be told")
  }
}
