import MeshCore
package import MeshLoop
import MeshRPC
package import MeshStore

/// Takes the due timers of a service, for its tenants in turn, and looks for more each second.
///
/// `TimerKind` says how timers behave.
@LoopActor
package final class TimerRunner {
  /// Tries of one timer before it is dead.
  package nonisolated static let mostAttempts = 20
  /// The most timers in one transaction, so that other requests wait only moments for it.
  package nonisolated static let mostTogether = 200
  private static let pause = Duration.seconds(1)

  private let actions: TimerActions
  private let store: Store
  private let author: Author
  private let log: Log
  private let backoff = Backoff(base: .seconds(1), limit: StoredTimer.longestWait)
  private let queue: WorkQueue<TenantID>

  package nonisolated init(_ kinds: [TimerKind], _ store: Store, _ log: Log) {
    actions = TimerActions(kinds)
    self.store = store
    self.log = log
    author = Author(actor: "system:\(store.service)")
    queue = WorkQueue()
  }

  /// Runs until cancelled.
  package func run() async {
    await queue.run(
      first: { try await self.store.tenantsWithDueTimers() },
      again: Self.pause,
      step: { try await self.takeDue(of: $0) },
      failed: { tenant, error in
        self.log.warning(
          "timers_not_taken",
          ["tenant": .id("\(tenant)"), "error": .cause(error)]
        )
      },
      notResumed: { self.log.warning("timers_not_resumed", ["error": .cause($0)]) }
    )
  }

  /// Takes all timers that are due, also those that their actions make due.
  ///
  /// Tests call it, as they move the clock themselves.
  ///
  /// - Throws: UNAVAILABLE; what an action throws is noted in the store.
  package func takeDue() async throws {
    while true {
      let tenants = try await store.tenantsWithDueTimers()
      if tenants.isEmpty { return }
      for tenant in tenants {
        while try await takeDue(of: tenant) {}
      }
    }
  }

  /// Takes the next of a tenant's timers that are due.
  ///
  /// - Returns: whether there may be more.
  private func takeDue(of tenant: TenantID) async throws -> Bool {
    var isMore = true
    if let count = try await takeTogether(of: tenant) {
      isMore = count == Self.mostTogether
    } else {
      // One at a time, to find the one that fails.
      for timer in try await due(.waiting, of: tenant) { try await takeAlone(timer, of: tenant) }
    }
    let failing = try await due(.failing, of: tenant)
    for timer in failing { try await takeAlone(timer, of: tenant) }
    return isMore || failing.count == Self.mostTogether
  }

  private func due(_ status: StoredTimer.Status, of tenant: TenantID) async throws -> [StoredTimer]
  {
    let now = store.clock.now
    return try await store.read(tenant, priority: .background) {
      try $0.dueTimers(status, at: now, limit: Self.mostTogether)
    }
  }

  /// Takes timers in one transaction.
  ///
  /// - Returns: how many were due; nil when one of them failed, and nothing was done.
  private func takeTogether(of tenant: TenantID) async throws -> Int? {
    let actions = actions
    do {
      return try await store.write(tenant, as: author, priority: .background) { transaction in
        try transaction.takeTimers(upTo: Self.mostTogether) { timer in
          try actions.act(timer, transaction)
        }
      }
    } catch {
      if !(error is EffectFailed), error.mayPass { throw error }
      return nil
    }
  }

  /// Takes a timer, or notes why it failed.
  private func takeAlone(_ timer: StoredTimer, of tenant: TenantID) async throws {
    let actions = actions
    do {
      try await store.write(tenant, as: author, priority: .background) { transaction in
        guard try transaction.take(timer) else { return }
        try actions.act(timer, transaction)
      }
    } catch {
      let cause = (error as? EffectFailed)?.cause
      // A store that is down or full says nothing about the timer, however long that lasts.
      if cause == nil, error.mayPass { throw error }
      try await note(cause ?? error, timer, of: tenant)
    }
  }

  private func note(
    _ error: any Error,
    _ timer: StoredTimer,
    of tenant: TenantID
  ) async throws {
    let attempts = timer.attempts + 1
    let wait = attempts < Self.mostAttempts ? backoff.wait(after: attempts) : nil
    let text = LogValue.text(of: error)
    try await store.write(tenant, as: author, priority: .background) { transaction in
      try transaction.putOff(timer, text, for: wait)
    }
    let values: KeyValuePairs<String, LogValue> = [
      "timer": .word(timer.name), "key": .id(timer.key), "tenant": .id("\(tenant)"),
      "attempts": .number(attempts), "error": .word(text),
    ]
    if wait == nil { log.error("timer_dead", values) } else { log.warning("timer_failed", values) }
  }
}

/// The actions of timers, by their names.
private struct TimerActions: Sendable {
  private let actions: [String: TimerKind.Action]

  init(_ kinds: [TimerKind]) {
    actions = Dictionary(uniqueKeysWithValues: kinds.map { ($0.name, $0.act) })
  }

  /// - Throws: `EffectFailed`, or what the store throws, which may say nothing about the timer.
  func act(_ timer: StoredTimer, _ transaction: WriteTransaction) throws {
    do {
      guard let action = actions[timer.name] else { throw UnknownTimer() }
      try action(DueTimer(timer, transaction), transaction)
    } catch let error where !(error is StoreError) {
      throw EffectFailed(cause: error)
    }
  }
}

/// The service has no kind of that name: another release set the timer.
private struct UnknownTimer: Error {}
