import Glibc
import MeshCore
import MeshLoop
import Synchronization

/// Which transactions go first where several wait.
package enum StorePriority: Sendable {
  /// Requests that a caller is waiting for.
  case people
  /// Those of work in many steps: while others wait, one step for every eight times that those are taken.
  case background
}

/// One transaction on its way from the caller to a store thread and back.
///
/// Its state is guarded by a lock, except for the outcome and `end`, which only the store thread touches.
class StoreRequest: @unchecked Sendable {
  enum Scope {
    case tenant(TenantID), system

    /// Whose rows; nil for those of all.
    var tenant: TenantID? {
      guard case .tenant(let tenant) = self else { return nil }
      return tenant
    }
  }

  let scope: Scope
  let priority: StorePriority
  let author: Author?
  /// The lock that is held while it runs, if any.
  let lock: Int64?
  /// When it was queued.
  let arrival = ContinuousClock.now

  init(
    scope: Scope,
    priority: StorePriority = .people,
    author: Author?,
    lock: Int64? = nil
  ) {
    self.scope = scope
    self.priority = priority
    self.author = author
    self.lock = lock
  }

  /// What it may take, if that is bounded.
  var budget: ThreadBudget?

  /// Whether it has taken longer than it may.
  var isOverBudget: Bool { budget?.isSpent ?? false }

  /// Whether the caller no longer wants the answer.
  var isCancelled: Bool { false }

  /// Marks the request as being worked on; false when its caller has gone and it must not run.
  func begin() -> Bool { true }

  /// Runs the body, and keeps what it gives or throws.
  ///
  /// - Returns: the error, if it threw.
  func run(_ session: StoreSession) -> (any Error)? { nil }

  /// Answers the caller with the outcome of `run`.
  func answer() {}

  /// Answers the caller with `error`, whatever the outcome of `run` was.
  func fail(_ error: any Error) {}
}

/// A request whose work is a closure.
///
/// Unchecked as its base is: only the store thread touches the outcome.
final class BodyRequest<Value: Sendable>: StoreRequest, @unchecked Sendable {
  typealias Body = @Sendable (StoreSession) throws -> Value
  private typealias Waiter = UnsafeContinuation<Value, any Error>

  private enum State {
    case new
    case queued(Waiter)
    case running(Waiter, isCancelled: Bool)
    case answered
  }

  private let body: Body
  private let state = Mutex(State.new)
  private(set) var outcome: Result<Value, any Error>?

  init(
    scope: Scope,
    priority: StorePriority = .people,
    author: Author? = nil,
    lock: Int64? = nil,
    body: @escaping Body
  ) {
    self.body = body
    super.init(scope: scope, priority: priority, author: author, lock: lock)
  }

  /// Puts the request into `queue` and waits for its answer.
  ///
  /// The request is in the queue when this first suspends, and the answer comes back to the loop:
  /// being isolated to it by name is what keeps the closures here from leaving it.
  ///
  /// - Throws: what the body throws; UNAVAILABLE when the queue is full or the store is closed;
  ///   CANCELLED when the task was cancelled before the body ran.
  @LoopActor
  func submit(to queue: RequestQueue) async throws -> Value {
    try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { waiter in
        let isWanted = state.withLock { state in
          guard case .new = state else { return false }
          state = .queued(waiter)
          return true
        }
        if isWanted {
          if let refusal = queue.add(self) { fail(refusal) }
        } else {
          waiter.resume(throwing: Self.cancellation)
        }
      }
    } onCancel: {
      cancel()
    }
  }

  private static var cancellation: MeshError {
    MeshError(code: .cancelled, reason: .cancelled, message: "the call was cancelled")
  }

  /// Answers a request that still waits; one that runs is answered when it is done.
  private func cancel() {
    let waiter: Waiter? = state.withLock { state in
      switch state {
      case .new:
        state = .answered
        return nil
      case .queued(let waiter):
        state = .answered
        return waiter
      case .running(let waiter, _):
        state = .running(waiter, isCancelled: true)
        return nil
      case .answered:
        return nil
      }
    }
    waiter?.resume(throwing: Self.cancellation)
  }

  override var isCancelled: Bool {
    state.withLock { state in
      guard case .running(_, let isCancelled) = state else { return false }
      return isCancelled
    }
  }

  override func begin() -> Bool {
    state.withLock { state in
      guard case .queued(let waiter) = state else { return false }
      state = .running(waiter, isCancelled: false)
      return true
    }
  }

  override func run(_ session: StoreSession) -> (any Error)? {
    do {
      outcome = .success(try body(session))
      return nil
    } catch {
      outcome = .failure((error as? StoreError)?.asMeshError ?? error)
      return error
    }
  }

  override func answer() {
    guard let outcome else { return }
    self.outcome = nil
    takeWaiter()?.resume(with: outcome)
  }

  override func fail(_ error: any Error) {
    outcome = nil
    takeWaiter()?.resume(throwing: error)
  }

  private func takeWaiter() -> Waiter? {
    state.withLock { state in
      defer { state = .answered }
      switch state {
      case .queued(let waiter), .running(let waiter, _): return waiter
      case .new, .answered: return nil
      }
    }
  }
}

/// Time for which the present thread may keep a processor busy, from when it is made.
struct ThreadBudget {
  private let end: Int64
  /// Before which it cannot be spent, as a thread is busy no longer than time passes: asking for that
  /// costs next to nothing, and for the thread's own time a call of the kernel.
  private let earliest: Int64

  init(_ duration: Duration) {
    let nanoseconds = Int64(duration / .nanoseconds(1))
    end = Self.time(CLOCK_THREAD_CPUTIME_ID) + nanoseconds
    earliest = Self.time(CLOCK_MONOTONIC_COARSE) + nanoseconds
  }

  var isSpent: Bool {
    Self.time(CLOCK_MONOTONIC_COARSE) >= earliest && Self.time(CLOCK_THREAD_CPUTIME_ID) >= end
  }

  private static func time(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
