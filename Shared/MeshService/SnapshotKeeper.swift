package import MeshCore
import MeshLoop
package import MeshRecords
import MeshStore

/// Stores the totals of a kind of record as they were when each day began, tenant by tenant, in the background.
///
/// It does so soon after a tenant's midnight, or when the service next runs.
package struct SnapshotKeeper<Record: StoredRecord>: Sendable {
  /// How often it looks for a day that has begun.
  private static var interval: Duration { .seconds(60) }

  private let snapshots: TotalsSnapshots
  private let store: Store
  private let today: @Sendable (Timestamp) -> [TenantID: CalendarDate]
  private let author: Author
  private let log: Log

  /// - Parameters:
  ///   - snapshots: of which totals.
  ///   - runtime: of the service.
  ///   - today: the present day of each tenant.
  package init(
    _ snapshots: TotalsSnapshots,
    _ runtime: ServiceRuntime,
    _ today: @escaping @Sendable (Timestamp) -> [TenantID: CalendarDate]
  ) {
    self.init(snapshots, runtime.store, runtime.log, today)
  }

  init(
    _ snapshots: TotalsSnapshots,
    _ store: Store,
    _ log: Log,
    _ today: @escaping @Sendable (Timestamp) -> [TenantID: CalendarDate]
  ) {
    self.snapshots = snapshots
    self.store = store
    self.today = today
    author = Author(actor: "system:\(store.service)")
    self.log = log
  }

  /// Runs until cancelled; what fails is tried again the next time.
  @LoopActor
  package func run() async {
    var taken: [TenantID: CalendarDate] = [:]
    while !Task.isCancelled {
      taken = await keep(but: taken)
      try? await sleep(for: Self.interval)
    }
  }

  /// Takes the snapshots that are missing.
  ///
  /// - Parameter taken: the days that are known to have their snapshot.
  /// - Returns: the same afterwards.
  @LoopActor
  package func keep(but taken: [TenantID: CalendarDate] = [:]) async -> [TenantID: CalendarDate] {
    var known = taken
    let snapshots = snapshots
    for (tenant, day) in today(store.clock.now) where known[tenant] != day {
      if Task.isCancelled { return known }
      do {
        var isDone = false
        while !isDone {
          let start = ContinuousClock.now
          isDone = try await store.write(
            tenant,
            as: author,
            lock: snapshots.days,
            priority: .background
          ) { transaction in
            try transaction.takeSnapshot(snapshots, of: Record.self, on: day)
          }
          // Others have the store at least half of the time.
          try await sleep(for: start.duration(to: .now))
        }
        known[tenant] = day
      } catch {
        if Task.isCancelled { return known }
        log.warning("snapshot_not_taken", ["error": .cause(error)])
      }
    }
    return known
  }
}
