import MeshCore
import MeshLoop
package import MeshRecords
package import MeshStore

/// Keeps a service's change log within its limits of age and size, in the background.
///
/// It compacts changes that are too old or too many, and deletes records that can no longer be restored
/// and expired responses to requests with an idempotency key.
///
/// Each step is a short transaction that stores how far it came, so that another process can continue where one
/// ended.
package struct ChangeLogCompactor: Sendable {
  /// How often it looks for something to do.
  private static let interval = Duration.seconds(300)

  private let histories: [KeptHistory]
  private let store: Store
  private let retention: LogRetention
  private let author: Author
  private let log: Log

  package init(
    _ collections: [any RecordCollection],
    _ store: Store,
    _ retention: LogRetention,
    _ log: Log
  ) {
    histories = collections.map(\.keptHistory)
    self.store = store
    self.retention = retention
    author = Author(actor: "system:\(store.service)")
    self.log = log
  }

  /// Runs until cancelled; what fails is tried again the next time.
  @LoopActor
  package func run() async {
    while !Task.isCancelled {
      do {
        try await compact()
      } catch {
        if Task.isCancelled { return }
        log.warning("log_not_compacted", ["error": .cause(error)])
      }
      try? await sleep(for: Self.interval)
    }
  }

  /// Does everything that is due now.
  @LoopActor
  package func compact() async throws {
    var swept: Timestamp?
    while try await yielding({
      swept = try await store.sweepResponses(after: swept, as: author)
      return swept != nil
    }) {}
    while try await yielding({ try await store.measureChanges(as: author) }) {}
    while try await yielding({
      try await store.compactChanges(by: retention, histories, as: author)
    }) {}
    var tenant: TenantID?
    while let next = try await store.purgeDeleted(after: tenant, histories, as: author) {
      if !next.isMore { tenant = next.tenant }
      if Task.isCancelled { return }
    }
  }

  /// Makes a step, and then pauses for as long as it took, so that others have the store at least half of the time.
  @LoopActor
  private func yielding(_ step: @LoopActor () async throws -> Bool) async throws -> Bool {
    let start = ContinuousClock.now
    guard try await step() else { return false }
    try await sleep(for: start.duration(to: .now))
    return true
  }
}
