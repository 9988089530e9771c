import Glibc

/// A moment on the monotonic clock by which something must have happened.
package struct Deadline: Hashable, Comparable, Sendable {
  /// Since the machine started; saturates some 580 years on.
  package let nanoseconds: UInt64

  package init(nanoseconds: UInt64) {
    self.nanoseconds = nanoseconds
  }

  /// `duration` from now; a negative one has passed already.
  package init(after duration: Duration) {
    self = Self.now.advanced(by: duration)
  }

  package static var now: Deadline {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Deadline(nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
  }

  /// What is left of it; negative once it has passed.
  package var remaining: Duration {
    .nanoseconds(Int64(bitPattern: nanoseconds &- Self.now.nanoseconds))
  }

  package var hasPassed: Bool { self <= Self.now }

  package func advanced(by duration: Duration) -> Deadline {
    let (seconds, attoseconds) = duration.components
    guard seconds < Int64(1 << 33) else { return Deadline(nanoseconds: UInt64.max >> 1) }
    let total =
      Int64(bitPattern: nanoseconds) + max(seconds, -(1 << 33)) * 1_000_000_000
      + attoseconds / 1_000_000_000
    return Deadline(nanoseconds: UInt64(max(total, 0)))
  }

  package static func < (left: Deadline, right: Deadline) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
}
