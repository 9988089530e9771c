import MeshAPI
import MeshCore
import MeshLoop
import MeshRPC

/// What is done with the changes of another service: a reaction, a replica in the database or one in
/// memory.
@LoopActor
protocol FeedConsumer {
  /// Whether it has seen the end of the log, so that it now waits there for news.
  var isCurrent: Bool { get }

  /// The place in the log after which it goes on.
  func position() async throws -> Int64

  /// Takes the changes after that place.
  ///
  /// - Parameters:
  ///   - page: has no changes where the log has no more.
  ///   - place: what `position` gave.
  /// - Throws: what keeps it from going on; the page comes again.
  func take(_ page: PullResponse, after place: Int64) async throws
}

/// The change log of another service, as this one follows it: page by page, waiting for news, trying
/// again.
@LoopActor
struct Feed {
  /// Pulls changes, as `Changes.Pull` does, with a limit on how long the call may take.
  typealias Pull = @LoopActor (PullRequest, Duration) async throws(MeshError) -> PullResponse

  private static let longestWait = Duration.seconds(20)

  /// What the log calls it.
  let name: String
  let objects: [String]
  let log: Log
  let pull: Pull

  /// Follows until cancelled, for as long as `goesOn` says.
  ///
  /// While the other service cannot be reached it tries again, at first after 50 ms and then more and
  /// more seldom, up to every 2 s.
  func run(_ consumer: some FeedConsumer, while goesOn: () -> Bool = { true }) async {
    var failures = 0
    while !Task.isCancelled, goesOn() {
      do {
        try await step(consumer)
        failures = 0
      } catch {
        failures += 1
        if failures == 10 { log.warning("feed_stalled", ["feed": .word(name)]) }
        try? await sleep(for: min(.milliseconds(50 << min(failures, 6)), .seconds(2)))
      }
    }
  }

  /// Has one page taken.
  func step(_ consumer: some FeedConsumer) async throws {
    let wait = consumer.isCurrent ? Self.longestWait : .zero
    let place = try await consumer.position()
    let request = PullRequest(
      after: place,
      waitMilliseconds: Int32(wait.milliseconds),
      objects: objects
    )
    try await consumer.take(try await pull(request, wait + .seconds(10)), after: place)
  }
}

extension ServiceRuntime {
  /// The changes of `objects` in another service.
  @LoopActor
  func feed(_ name: String, of service: String, _ objects: [String]) -> Feed {
    let changes = ChangesClient(channel(to: service))
    let caller = self.name
    return Feed(name: name, objects: objects, log: log) { (request, timeout) throws(MeshError) in
      try await changes.pull(
        request,
        CallOptions(timeout: timeout, authorization: .system(caller))
      )
    }
  }
}
