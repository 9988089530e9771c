import MeshAPI
import MeshCore
import MeshLoop
import MeshStore

/// Applies reactions to another service's changes, each exactly once.
@LoopActor
struct ReactionRunner: FeedConsumer {
  let reaction: Reaction
  let store: Store
  let author: Author

  init(_ reaction: Reaction, _ store: Store, as author: Author) {
    self.reaction = reaction
    self.store = store
    self.author = author
  }

  /// Key of its position in the other service's log.
  private var feed: String { ([reaction.service] + reaction.objects).joined(separator: ":") }

  let isCurrent = true

  func position() async throws -> Int64 { try await store.position(in: feed) }

  func take(_ page: PullResponse, after place: Int64) async throws {
    for message in page.changes {
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
    let last = page.changes.last?.sequence ?? place
    if page.position > last { try await store.skip(to: page.position, of: feed, as: author) }
  }

  /// Follows until cancelled.
  static func follow(_ reaction: Reaction, _ runtime: ServiceRuntime) async {
    let runner = ReactionRunner(reaction, runtime.store, as: runtime.author)
    await runtime.feed(runner.feed, of: reaction.service, reaction.objects).run(runner)
  }
}

extension ServiceRuntime {
  /// The author of changes made in reaction to another service's.
  var author: Author { Author(actor: "system:\(name)") }
}
