import MeshLoop
import Synchronization

/// Tells those who wait for changes that there are some.
final class ChangeNews: Sendable {
  private struct Waiter {
    let id: UInt64
    let after: Int64
    let wake: @Sendable () -> Void
  }

  private struct State {
    var last: Int64
    var isClosed = false
    var waiters: [Waiter] = []
    var nextID: UInt64 = 0
  }

  private let state: Mutex<State>

  /// - Parameter last: the number of the newest change so far.
  init(_ last: Int64) { state = Mutex(State(last: last)) }

  /// The number of the newest change that is durable.
  var last: Int64 { state.withLock { $0.last } }

  /// Whether no one waits any more, as the service stops.
  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Wakes everyone, and lets no one wait from now on.
  func close() {
    let woken = state.withLock { state in
      state.isClosed = true
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in woken { waiter.wake() }
  }

  /// Wakes everyone who waits for a change up to `sequence`.
  func publish(_ sequence: Int64) {
    let woken: [Waiter] = state.withLock { state in
      guard sequence > state.last else { return [] }
      state.last = sequence
      let woken = state.waiters.filter { $0.after < sequence }
      state.waiters.removeAll { $0.after < sequence }
      return woken
    }
    for waiter in woken { waiter.wake() }
  }

  /// Calls `wake` once a change after `sequence` is durable: at once if there is one.
  ///
  /// - Returns: what `cancel` takes.
  func wait(after sequence: Int64, _ wake: @escaping @Sendable () -> Void) -> UInt64 {
    let id: UInt64? = state.withLock { state in
      guard state.last <= sequence, !state.isClosed else { return nil }
      state.nextID += 1
      state.waiters.append(Waiter(id: state.nextID, after: sequence, wake: wake))
      return state.nextID
    }
    if id == nil { wake() }
    return id ?? 0
  }

  /// Forgets a waiter; harmless when it was woken.
  func cancel(_ id: UInt64) { state.withLock { $0.waiters.removeAll { $0.id == id } } }

  /// Suspends until a change after `sequence` is durable, `time` has passed or the task is cancelled.
  @LoopActor
  func arrival(after sequence: Int64, within time: Duration) async {
    let wait = NewsWait()
    let id = self.wait(after: sequence) { wait.end() }
    await withTaskCancellationHandler {
      await withUnsafeContinuation { wait.begin($0, within: time) }
    } onCancel: {
      wait.end()
    }
    cancel(id)
  }
}

/// One task that waits for news; it goes on when the first of news, time and cancellation comes.
private final class NewsWait: Sendable {
  private enum State {
    case new
    case waiting(UnsafeContinuation<Void, Never>)
    case ended
  }

  private let state = Mutex(State.new)
  @LoopActor private var timer: TimerToken?

  func begin(_ continuation: UnsafeContinuation<Void, Never>, within time: Duration) {
    let hasEnded = state.withLock { state in
      if case .ended = state { return true }
      state = .waiting(continuation)
      return false
    }
    if hasEnded {
      continuation.resume()
    } else {
      Loop.shared.enqueue { self.startTimer(time) }
    }
  }

  @LoopActor private func startTimer(_ time: Duration) {
    timer = Loop.shared.schedule(after: time) { self.end() }
  }

  func end() {
    let waiting: UnsafeContinuation<Void, Never>? = state.withLock { state in
      defer { state = .ended }
      guard case .waiting(let continuation) = state else { return nil }
      return continuation
    }
    guard let waiting else { return }
    Loop.shared.enqueue { self.timer?.cancel() }
    waiting.resume()
  }
}
