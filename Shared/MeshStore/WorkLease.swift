package import MeshLoop

/// Whether this process does its service's work in the background: of those that share a database, one does
/// at a time.
///
/// A SQLite file has one process, which always holds it. On PostgreSQL it is an advisory lock of the
/// connection that follows the change log, so that it passes on as soon as its holder has died. Two may
/// believe for a moment that they hold it: what they do goes by what a transaction finds, as always.
@LoopActor
package final class WorkLease: Sendable {
  package private(set) var isHeld: Bool
  private var waiters: [CheckedContinuation<Void, Never>] = []

  nonisolated init(isHeld: Bool) { self.isHeld = isHeld }

  /// Notes that the lease was taken or lost.
  func set(_ isHeld: Bool) {
    self.isHeld = isHeld
    wake()
  }

  /// Runs `work` whenever the lease is held, cancels it when the lease is lost, and both when the task is
  /// cancelled.
  package func whileHeld(_ work: @escaping @LoopActor () async -> Void) async {
    while !Task.isCancelled {
      await becomes(true)
      if Task.isCancelled { return }
      let task = Task.immediate { @LoopActor in await work() }
      await becomes(false)
      task.cancel()
      await task.value
    }
  }

  /// Suspends until the lease is held, or is not, or the task is cancelled.
  package func becomes(_ held: Bool) async {
    while isHeld != held, !Task.isCancelled {
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          if Task.isCancelled { continuation.resume() } else { waiters.append(continuation) }
        }
      } onCancel: {
        Loop.shared.enqueue { self.wake() }
      }
    }
  }

  private func wake() {
    let woken = waiters
    waiters = []
    for waiter in woken { waiter.resume() }
  }
}
