/// A bounded queue before blocking work, such as the hashing of passwords.
///
/// So many bodies run at once, so many wait, and one that comes when all places are taken is refused at
/// once, as is one whose holder has a quarter of the places already. A waiting task that is cancelled leaves the queue, and its body never runs.
@LoopActor
package final class WorkSlots {
  /// Why a body was not run.
  package enum Refusal: Error, Equatable {
    /// So many wait already.
    case full
    case cancelled
  }

  private let pool: BlockingPool
  private let places: Int
  private var free: Int
  private var waiting: [Waiter] = []

  /// - Parameters:
  ///   - running: bodies at once.
  ///   - places: how many more may wait.
  package nonisolated init(running: Int, places: Int) {
    pool = BlockingPool(threads: running)
    free = running
    self.places = places
  }

  /// How many wait.
  package var waitingCount: Int { waiting.count }

  /// Runs `body` on a thread once it is its turn.
  ///
  /// - Parameters:
  ///   - holder: whose work it is, such as a tenant's.
  ///   - body: the work.
  /// - Returns: what it returned or threw.
  /// - Throws: why it was not run.
  package func run<Success: Sendable, Failure: Error>(
    for holder: some Hashable,
    _ body: @escaping @Sendable () throws(Failure) -> Success
  ) async throws(Refusal) -> Result<Success, Failure> {
    if Task.isCancelled { throw .cancelled }
    if free > 0 {
      free -= 1
    } else {
      let own = waiting.count { $0.holder == AnyHashable(holder) }
      guard waiting.count < places, own < max(1, places / 4) else { throw .full }
      let waiter = Waiter(holder: holder)
      waiting.append(waiter)
      // Who gives its slot up hands it to the first that waits.
      guard await waiter.wait() else {
        waiting.removeAll { $0 === waiter }
        throw .cancelled
      }
    }
    defer { release() }
    return await pool.run { Result(catching: body) }
  }

  private func release() {
    while !waiting.isEmpty {
      if waiting.removeFirst().resume(true) { return }
    }
    free += 1
  }
}

/// A task in the queue.
@LoopActor
private final class Waiter {
  let holder: AnyHashable
  private var continuation: CheckedContinuation<Bool, Never>?
  private var isCancelled = false

  init(holder: some Hashable) { self.holder = AnyHashable(holder) }

  /// - Returns: whether it got a slot; false when the task was cancelled before.
  func wait() async -> Bool {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if isCancelled {
          continuation.resume(returning: false)
        } else {
          self.continuation = continuation
        }
      }
    } onCancel: {
      Loop.shared.enqueue {
        self.isCancelled = true
        _ = self.resume(false)
      }
    }
  }

  /// - Returns: false when it waits no more.
  func resume(_ hasSlot: Bool) -> Bool {
    guard let continuation else { return false }
    self.continuation = nil
    continuation.resume(returning: hasSlot)
    return true
  }
}
