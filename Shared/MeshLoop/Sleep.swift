import Synchronization

/// Suspends for `duration` on the loop's timer, or until the task is cancelled.
///
/// - Throws: `CancellationError` when the task was or becomes cancelled.
@LoopActor
package func sleep(for duration: Duration) async throws(CancellationError) {
  let wait = TimedWait()
  await withTaskCancellationHandler {
    await wait.start(duration)
  } onCancel: {
    Loop.shared.enqueue { wait.end() }
  }
  if Task.isCancelled { throw CancellationError() }
}

/// Suspends until the task is cancelled.
@LoopActor
package func untilCancelled() async {
  while !Task.isCancelled { try? await sleep(for: .seconds(3600)) }
}

/// One suspended task and the timer that wakes it; whichever of timer and cancellation is first wins.
@LoopActor
private final class TimedWait {
  private var continuation: UnsafeContinuation<Void, Never>?
  private var timer: TimerToken?

  nonisolated init() {}

  func start(_ duration: Duration) async {
    await withUnsafeContinuation { continuation in
      // A cancellation that came first is already queued behind this.
      self.continuation = continuation
      timer = Loop.shared.schedule(after: duration) { self.end() }
    }
  }

  func end() {
    timer?.cancel()
    timer = nil
    continuation?.resume()
    continuation = nil
  }
}

/// The body of `withDeadline` took longer than it may.
package struct DeadlineExceeded: Error {}

/// Runs `body`, and cancels it at `deadline`.
///
/// Returns when `body` has: a body that pays no heed to cancellation is waited for. Its result still
/// counts if it succeeds late.
///
/// - Throws: `DeadlineExceeded` when `body` failed after the deadline; else what `body` throws.
@LoopActor
package func withDeadline<Success: Sendable>(
  _ deadline: Deadline,
  _ body: @escaping @Sendable @LoopActor () async throws -> Success
) async throws -> Success {
  let task = Task.immediate { @LoopActor in try await body() }
  let timer = Loop.shared.schedule(at: deadline) { task.cancel() }
  defer { timer.cancel() }
  do {
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  } catch {
    if !Task.isCancelled, deadline.hasPassed { throw DeadlineExceeded() }
    throw error
  }
}
