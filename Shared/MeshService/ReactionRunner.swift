import MeshAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore

/// Follows another service's change log and makes the effects of its changes, each exactly once.
@LoopActor
struct ReactionRunner {
  private static let longestWait = Duration.seconds(20)

  private let reaction: Reaction
  private let runtime: ServiceRuntime
  private let client: ChangesClient
  private let feed: String
  private let author: Author

  init(_ reaction: Reaction, _ runtime: ServiceRuntime) {
    self.reaction = reaction
    self.runtime = runtime
    client = ChangesClient(runtime.channel(to: reaction.service))
    feed = ([reaction.service] + reaction.objects).joined(separator: ":")
    author = Author(actor: "system:\(runtime.name)")
  }

  /// Follows until cancelled.
  ///
  /// While the other service cannot be reached it tries again, at first after
  /// 50 ms and then more and more seldom, up to every 2 s.
  func run() async {
    var failures = 0
    while !Task.isCancelled {
      do {
        try await follow()
        failures = 0
      } catch {
        failures += 1
        if failures == 10 { runtime.log.warning("feed_stalled", ["feed": .word(feed)]) }
        try? await sleep(for: min(.milliseconds(50 << min(failures, 6)), .seconds(2)))
      }
    }
  }

  private func follow() async throws {
    let store = runtime.store
    let batch = try await client.pull(
      PullRequest(
        after: try await store.position(in: feed),
        max: 0,
        waitMilliseconds: Int32(Self.longestWait.milliseconds),
        objects: reaction.objects
      ),
      CallOptions(
        timeout: Self.longestWait + .seconds(10),
        authorization: .system(runtime.name, tenant: nil)
      )
    )
    for message in batch.changes {
      guard let change = ChangeEntry(message) else {
        throw MeshError.malformed("a change of \(feed) cannot be read")
      }
      let apply = reaction.apply
      _ = try await store.apply(
        change.sequence,
        of: feed,
        tenant: change.tenant,
        as: author
      ) { transaction in try apply(change, transaction) }
    }
    let last = batch.changes.last?.sequence ?? 0
    if batch.position > last, !batch.changes.isEmpty || batch.position > 0 {
      try await store.skip(to: batch.position, of: feed, as: author)
    }
  }
}
