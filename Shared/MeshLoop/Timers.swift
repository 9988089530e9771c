import CLinux
import Glibc

/// A timer of the loop.
///
/// Dropping the token does not cancel it.
@LoopActor
package final class TimerToken {
  let deadline: Deadline
  /// Its place in the heap; -1 once it fired or was cancelled.
  fileprivate var index = -1
  fileprivate var body: (@LoopActor () -> Void)?

  fileprivate init(deadline: Deadline, body: @escaping @LoopActor () -> Void) {
    self.deadline = deadline
    self.body = body
  }

  /// Keeps the timer from firing; harmless when it has fired.
  package func cancel() {
    Loop.shared.cancel(self)
  }
}

/// Timers by deadline: a binary heap whose entries know their place, so that cancelling is cheap.
@LoopActor
struct TimerHeap {
  private var tokens: [TimerToken] = []

  nonisolated init() {}

  var earliest: Deadline? { tokens.first?.deadline }
  var count: Int { tokens.count }

  mutating func insert(
    at deadline: Deadline,
    _ body: @escaping @LoopActor () -> Void
  ) -> TimerToken {
    let token = TimerToken(deadline: deadline, body: body)
    token.index = tokens.count
    tokens.append(token)
    siftUp(from: token.index)
    return token
  }

  mutating func remove(_ token: TimerToken) {
    let index = token.index
    guard index >= 0 else { return }
    token.index = -1
    token.body = nil
    let last = tokens.removeLast()
    guard last !== token else { return }
    place(last, at: index)
    siftUp(from: index)
    siftDown(from: last.index)
  }

  /// Removes and returns the body of the earliest timer that is due at `now`.
  mutating func popDue(at now: Deadline) -> (@LoopActor () -> Void)? {
    guard let first = tokens.first, first.deadline <= now else { return nil }
    let body = first.body
    remove(first)
    return body
  }

  private mutating func place(_ token: TimerToken, at index: Int) {
    tokens[index] = token
    token.index = index
  }

  private mutating func siftUp(from start: Int) {
    var index = start
    let token = tokens[index]
    while index > 0 {
      let parent = (index - 1) / 2
      if tokens[parent].deadline <= token.deadline { break }
      place(tokens[parent], at: index)
      index = parent
    }
    place(token, at: index)
  }

  private mutating func siftDown(from start: Int) {
    var index = start
    let token = tokens[index]
    while true {
      var child = 2 * index + 1
      guard child < tokens.count else { break }
      if child + 1 < tokens.count, tokens[child + 1].deadline < tokens[child].deadline {
        child += 1
      }
      if token.deadline <= tokens[child].deadline { break }
      place(tokens[child], at: index)
      index = child
    }
    place(token, at: index)
  }
}

/// The heap and the timerfd that wakes the loop for it.
///
/// The timerfd is set only when a timer comes before the moment it is set for: most timers are
/// timeouts that are cancelled, and cost no system call.
@LoopActor
final class LoopTimers {
  let descriptor: Int32
  private var heap = TimerHeap()
  private var armed: Deadline?

  nonisolated init() {
    descriptor = timerfd_create(
      CLOCK_MONOTONIC,
      Int32(TFD_NONBLOCK | TFD_CLOEXEC)
    )
    precondition(descriptor >= 0, "no timerfd: out of descriptors at start")
  }

  func schedule(at deadline: Deadline, _ body: @escaping @LoopActor () -> Void) -> TimerToken {
    let token = heap.insert(at: deadline, body)
    armIfEarlier(deadline)
    return token
  }

  func cancel(_ token: TimerToken) {
    heap.remove(token)
  }

  /// Runs the timers that are due, which may schedule others, and sets the timerfd for the next.
  func fire() {
    var expirations: UInt64 = 0
    _ = read(descriptor, &expirations, 8)
    armed = nil
    let now = Deadline.now
    while let body = heap.popDue(at: now) { body() }
    if let earliest = heap.earliest { armIfEarlier(earliest) }
  }

  private func armIfEarlier(_ deadline: Deadline) {
    if let armed, armed <= deadline { return }
    armed = deadline
    // Zero would disarm; a moment that has passed fires at once.
    let nanoseconds = max(deadline.nanoseconds, 1)
    var spec = itimerspec()
    spec.it_value.tv_sec = Int(nanoseconds / 1_000_000_000)
    spec.it_value.tv_nsec = Int(nanoseconds % 1_000_000_000)
    timerfd_settime(descriptor, Int32(TFD_TIMER_ABSTIME), &spec, nil)
  }
}
