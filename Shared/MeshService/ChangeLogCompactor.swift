import MeshCore
import MeshLoop
package import MeshRecords
package import MeshStore

/// Keeps a service's change log as long and as large as it is to be, in the background: what is too old or
/// too much is compacted, and deleted records that can come back no longer are let go of, as are responses
/// that are kept for requests made again.
///
/// Each step is a short transaction that notes how far it came, so that a process goes on where another
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

  /// Does all that is to be done at present.
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

  /// Makes a step, and then waits as long as it took: others have the store half of the time at least.
  @LoopActor
  private func yielding(_ step: @LoopActor () async throws -> Bool) async throws -> Bool {
    let start = ContinuousClock.now
    guard try await step() else { return false }
    try await sleep(for: start.duration(to: .now))
    return true
  }
}
