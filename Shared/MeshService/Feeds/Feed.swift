import MeshAPI
import MeshCore
import MeshLoop
import MeshRPC

/// A consumer of another service's changes: a reaction, or a replica in the database or in memory.
@LoopActor
protocol FeedConsumer {
  /// Whether it has reached the end of the log and waits for new changes.
  var isCurrent: Bool { get }

  /// The position in the log after which it continues.
  func position() async throws -> Int64

  /// Processes the changes after that position.
  ///
  /// - Parameters:
  ///   - page: without changes at the end of the log.
  ///   - place: the result of `position`.
  /// - Throws: when it cannot continue; the page is delivered again.
  func take(_ page: PullResponse, after place: Int64) async throws
}

/// Follows the change log of another service: pulls page by page, waits for new changes, and
/// retries.
@LoopActor
struct Feed {
  /// Pulls changes, as `Changes.Pull` does, with a limit on how long the call may take.
  typealias Pull = @LoopActor (PullRequest, Duration) async throws(MeshError) -> PullResponse

  private static let longestWait = Duration.seconds(20)

  /// Its name in log lines.
  let name: String
  let objects: [String]
  let log: Log
  let pull: Pull

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
        if failures == 10 { log.warning("feed_stalled", ["feed": .word(name)]) }
        try? await sleep(for: min(.milliseconds(50 << min(failures, 6)), .seconds(2)))
      }
    }
  }

  /// Pulls one page and passes it to the consumer.
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
