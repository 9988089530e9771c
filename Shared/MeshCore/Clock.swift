import Glibc

/// Tells the time; tests pass one that they move.
package struct Clock: Sendable {
  /// The system's wall clock, in UTC; it may step when the system's time is set.
  package static let system = Clock {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let now = Timestamp(
      microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    )
    #if DEBUG
    return now + ClockFile.offset
    #else
    return now
    #endif
  }

  private let read: @Sendable () -> Timestamp

  package init(now: @escaping @Sendable () -> Timestamp) { read = now }

  package var now: Timestamp { read() }
}
