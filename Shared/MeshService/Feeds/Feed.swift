import MeshAPI
import MeshCore
import MeshLoop
import MeshRPC

/// A consumer of another service's changes: a reaction, or a replica in the database or in memory.
@LoopActor
protocol FeedConsumer {
  /// Whether it has reached the end of the log and waits for new changes.
  var isCurrent: Bool { get }

  /// The kinds of records of which it takes snapshots; none to continue from the end of the log.
  var snapshotObjects: [String] { get }

  /// The place in the log after which it continues; nil when it must begin with a snapshot.
  func cursor() async throws -> String?

  /// Processes the changes after that place.
  ///
  /// - Parameters:
  ///   - page: without changes at the end of the log.
  ///   - cursor: the result of `cursor`.
  /// - Throws: when it cannot continue; the page is delivered again.
  func take(_ page: PullResponse, after cursor: String) async throws

  /// Prepares for the first part of a snapshot.
  func beginSnapshot()

  /// Processes a part of a snapshot.
  ///
  /// - Throws: when it cannot continue; the whole snapshot is delivered again.
  func take(_ part: SnapshotResponse) async throws

  /// Ends a snapshot.
  ///
  /// - Parameters:
  ///   - cursor: the place in the log to continue after.
  ///   - before: the result of `cursor` before the snapshot.
  /// - Throws: when it cannot be stored; the whole snapshot is delivered again.
  func endSnapshot(at cursor: String, instead before: String?) async throws
}

/// Follows the change log of another service: pulls page by page, waits for new changes, retries, and
/// begins with a snapshot if the log that it knew, or the part that it has not taken, no longer exists.
@LoopActor
final class Feed {
  /// Pulls changes, as `Changes.Pull` does, with a limit on how long the call may take.
  typealias Pull = @LoopActor (PullRequest, Duration) async throws(MeshError) -> PullResponse
  /// Reads a part of a snapshot, as `Changes.Snapshot` does.
  typealias Snapshot = @LoopActor (SnapshotRequest) async throws(MeshError) -> SnapshotResponse

  private static let longestWait = Duration.seconds(20)
  private static let largestPage: Int32 = 256

  /// Its name in log lines.
  let name: String
  let objects: [String]
  /// Identifies it to the other service, whose writes then wait for it; empty if none are to wait.
  let follower: String
  let log: Log
  let pull: Pull
  let snapshot: Snapshot
  /// How many changes it asks for: fewer once a page was too large to be sent.
  private(set) var pageSize = largestPage

  init(
    name: String,
    objects: [String],
    follower: String = "",
    log: Log,
    pull: @escaping Pull,
    snapshot: @escaping Snapshot
  ) {
    self.name = name
    self.objects = objects
    self.follower = follower
    self.log = log
    self.pull = pull
    self.snapshot = snapshot
  }

  /// Follows until cancelled, for as long as `goesOn` says.
  ///
  /// While the other service cannot be reached it retries after a delay that grows from 50 ms to 2
  /// s.
  func run(_ consumer: some FeedConsumer, while goesOn: () -> Bool = { true }) async {
    var failures = 0
    while !Task.isCancelled, goesOn() {
      do {
        try await step(consumer)
        failures = 0
      } catch {
        failures += 1
        if failures == 10 {
          log.warning("feed_stalled", ["feed": .word(name), "error": .cause(error)])
        }
        try? await sleep(for: min(.milliseconds(25 << min(failures, 7)), .seconds(2)))
      }
    }
  }

  /// Pulls one page and passes it to the consumer, or takes a snapshot if it must.
  func step(_ consumer: some FeedConsumer) async throws {
    let cursor = try await consumer.cursor()
    guard let cursor else {
      try await takeSnapshot(consumer, instead: nil)
      return
    }
    let wait = consumer.isCurrent ? Self.longestWait : .zero
    let request = PullRequest(
      cursor: cursor,
      max: pageSize,
      waitMilliseconds: Int32(wait.milliseconds),
      objects: objects,
      follower: consumer.isCurrent ? follower : ""
    )
    let page: PullResponse
    do throws(MeshError) {
      page = try await pull(request, wait + .seconds(10))
    } catch {
      if error.reason == .foreignCursor {
        log.warning("feed_begins_anew", ["feed": .word(name)])
        try await takeSnapshot(consumer, instead: cursor)
        return
      }
      guard error.code == .resourceExhausted, pageSize > 1 else { throw error }
      pageSize /= 2
      return
    }
    pageSize = min(Self.largestPage, pageSize * 2)
    try await consumer.take(page, after: cursor)
  }

  private func takeSnapshot(_ consumer: some FeedConsumer, instead before: String?) async throws {
    consumer.beginSnapshot()
    var request = SnapshotRequest(objects: consumer.snapshotObjects)
    while true {
      let part = try await snapshot(request)
      try await consumer.take(part)
      request.pageToken = part.nextPageToken
      guard part.nextPageToken.isEmpty else { continue }
      try await consumer.endSnapshot(at: part.cursor, instead: before)
      return
    }
  }
}

extension ServiceRuntime {
  /// The changes of `objects` in another service.
  ///
  /// - Parameters:
  ///   - name: the feed's.
  ///   - service: whose changes.
  ///   - objects: the kinds of records.
  ///   - isFollower: whether the other service's writes wait until this one has them.
  /// - Returns: the feed, not yet followed.
  @LoopActor
  func feed(
    _ name: String,
    of service: String,
    _ objects: [String],
    isFollower: Bool = false
  ) -> Feed {
    let changes = ChangesClient(channel(to: service))
    let caller = self.name
    func options(_ timeout: Duration) -> CallOptions {
      CallOptions(timeout: timeout, authorization: .system(caller))
    }
    return Feed(
      name: name,
      objects: objects,
      follower: isFollower ? "\(instance)/\(name)" : "",
      log: log,
      pull: { (request, timeout) throws(MeshError) in
        try await changes.pull(request, options(timeout))
      },
      snapshot: { (request) throws(MeshError) in
        try await changes.snapshot(request, options(.seconds(10)))
      }
    )
  }
}
