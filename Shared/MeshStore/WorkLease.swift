import MeshCore
import MeshLoop
import Synchronization

/// Whether this process does its service's work in the background: of those that share a database, one does
/// at a time.
///
/// A SQLite file has one process, which always holds it. On PostgreSQL it is an advisory lock of the
/// connection that follows the change log, and is held for some seconds after each answer of the server's: it
/// passes on as soon as its holder has died, and soon after one hangs or its machine vanishes. Its holder's work
/// writes nothing once the lease has ended. One transaction that was under way then may still be committed beside
/// the next holder's: what they do goes by what a transaction finds, as always.
package final class WorkLease: Sendable {
  private struct State {
    /// When it ends unless it is renewed before; nil while it is not held.
    var end: ContinuousClock.Instant?
    /// How often it was taken.
    var turn = 0
    var waiters: [CheckedContinuation<Void, Never>] = []

    var isHeld: Bool { end.map { ContinuousClock.now < $0 } ?? false }
  }

  /// The turn for which a task works.
  private struct Turn {
    let lease: WorkLease
    let number: Int
  }

  @TaskLocal private static var current: Turn?

  private let state = Mutex(State())

  init(isHeld: Bool) {
    if isHeld { hold(until: .now + .seconds(1 << 40)) }
  }

  package var isHeld: Bool { state.withLock { $0.isHeld } }

  /// Takes the lease, or renews it.
  func hold(until end: ContinuousClock.Instant) {
    let isNew = state.withLock { state in
      let isNew = !state.isHeld
      if isNew { state.turn += 1 }
      state.end = end
      return isNew
    }
    if isNew { wake() }
  }

  func lose() {
    state.withLock { $0.end = nil }
    wake()
  }

  /// Runs `work` whenever the lease is held, cancels it when the lease is lost, and both when the task is
  /// cancelled.
  @LoopActor
  package func whileHeld(_ work: @escaping @LoopActor () async -> Void) async {
    while !Task.isCancelled {
      await becomes(true)
      if Task.isCancelled { return }
      let turn = Turn(lease: self, number: state.withLock { $0.turn })
      let task = Self.start(work, for: turn)
      await wait { $0.isHeld && $0.turn == turn.number }
      task.cancel()
      await task.value
    }
  }

  @LoopActor
  private static func start(
    _ work: @escaping @LoopActor () async -> Void,
    for turn: Turn
  ) -> Task<Void, Never> {
    $current.withValue(turn) { Task.immediate { @LoopActor in await work() } }
  }

  /// Suspends until the lease is held, or is not, or the task is cancelled.
  @LoopActor
  package func becomes(_ held: Bool) async { await wait { $0.isHeld != held } }

  /// What refuses the present task's writes once the turn for which it works has ended; nil where it works for
  /// none.
  static var guardOfTask: (@Sendable () throws(MeshError) -> Void)? {
    guard let current else { return nil }
    return { () throws(MeshError) in
      let lease = current.lease
      if lease.state.withLock({ $0.isHeld && $0.turn == current.number }) { return }
      lease.wake()
      throw MeshError(
        code: .cancelled,
        reason: .cancelled,
        message: "another process does the work now"
      )
    }
  }

  /// Suspends while `holds`, and until the task is cancelled.
  @LoopActor
  private func wait(while holds: (State) -> Bool) async {
    while state.withLock({ holds($0) }), !Task.isCancelled {
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          let isOver = state.withLock { state in
            if Task.isCancelled || !holds(state) { return true }
            state.waiters.append(continuation)
            return false
          }
          if isOver { continuation.resume() }
        }
      } onCancel: {
        wake()
      }
    }
  }

  private func wake() {
    let woken = state.withLock { state in
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in woken { waiter.resume() }
  }
}
