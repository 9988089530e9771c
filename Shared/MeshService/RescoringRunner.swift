package import MeshCore
import MeshLoop
import MeshProto
package import MeshRecords
import MeshStore

/// Scores the records of a kind in the background, the tenants in turn, one batch each.
///
/// It does so as soon as a change has queued some, after a change of rules, and when a tenant's day begins.
package struct RescoringRunner<Record: StoredRecord>: Sendable {
  /// How often it looks for a day that has begun.
  private static var interval: Duration { .seconds(60) }
  /// The shortest time between two looks, whatever changes.
  private static var pause: Duration { .milliseconds(50) }

  private let rescorer: Rescorer<Record>
  private let today: @Sendable (Timestamp) -> [TenantID: CalendarDate]
  private let log: Log

  /// - Parameters:
  ///   - rescorer: of the kind.
  ///   - log: of the service.
  ///   - today: the present day of each tenant; none where scores do not depend on the date.
  package init(
    _ rescorer: Rescorer<Record>,
    _ log: Log,
    today: @escaping @Sendable (Timestamp) -> [TenantID: CalendarDate] = { _ in [:] }
  ) {
    self.rescorer = rescorer
    self.log = log
    self.today = today
  }

  /// Runs until cancelled; resumes what was under way when the process ended.
  @LoopActor
  package func run() async {
    let queue = WorkQueue<TenantID>()
    let looking = Task.immediate { @LoopActor in await look(into: queue) }
    defer { looking.cancel() }
    await queue.run(
      first: { try await tenants() },
      step: { try await rescorer.advance($0, by: Rescorer<Record>.batch) },
      failed: { tenant, error in
        log.warning(
          "rescoring_step_failed",
          ["tenant": .id("\(tenant)"), "error": .cause(error)]
        )
      },
      notResumed: { log.warning("rescorings_not_resumed", ["error": .cause($0)]) }
    )
  }

  /// Queues the tenants that have something to score, whenever the service has logged a change.
  @LoopActor
  private func look(into queue: WorkQueue<TenantID>) async {
    var place: Int64 = 0
    var days: [TenantID: CalendarDate] = [:]
    while !Task.isCancelled {
      days = await renew(but: days)
      for tenant in (try? await tenants()) ?? [] { queue.add(tenant) }
      place = await rescorer.store.newestChange(after: place, within: Self.interval)
      try? await sleep(for: Self.pause)
    }
  }

  @LoopActor
  private func tenants() async throws -> [TenantID] {
    try await rescorer.store.systemRead { try $0.tenantsToScore(of: Record.schema) }
  }

  /// Queues the records whose facts change with a new day.
  ///
  /// - Parameter known: the days for which that was done.
  /// - Returns: the same afterwards.
  @LoopActor
  package func renew(
    but known: [TenantID: CalendarDate] = [:]
  ) async -> [TenantID: CalendarDate] {
    var days = known
    for (tenant, day) in today(rescorer.store.clock.now) where days[tenant] != day {
      if Task.isCancelled { return days }
      do {
        try await rescorer.renew(tenant, on: day)
        days[tenant] = day
      } catch {
        if Task.isCancelled { return days }
        log.warning("scores_not_renewed", ["tenant": .id("\(tenant)"), "error": .cause(error)])
      }
    }
    return days
  }
}
