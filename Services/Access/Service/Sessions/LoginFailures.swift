import MeshCore

/// Failed logins with one address of one tenant from one device, or from all unknown ones.
///
/// Each beyond the first few delays the next attempt, twice as long as the one before.
struct LoginFailures: Sendable, Equatable {
  /// Failures without a delay.
  static let freeCount = 5
  static let longestDelay = Duration.seconds(15 * 60)
  /// After this time without another failure, they no longer count.
  static let memory = Duration.seconds(24 * 3600)

  private(set) var count: Int
  private(set) var lastTime: Timestamp

  init(count: Int, lastTime: Timestamp) {
    self.count = count
    self.lastTime = lastTime
  }

  /// No failures yet.
  init(at now: Timestamp) { self.init(count: 0, lastTime: now) }

  /// How long after the last failure the next attempt is accepted.
  var delay: Duration {
    guard count >= Self.freeCount else { return .zero }
    // 2^10 seconds are more than the longest delay.
    return min(.seconds(1 << min(count - Self.freeCount, 10)), Self.longestDelay)
  }

  /// Whether the next attempt is refused, even with the right password.
  ///
  /// Failures in the future were noted before the clock was set back: they count, but delay nothing.
  func areTooMany(at now: Timestamp) -> Bool {
    let passed = now - lastTime
    return passed >= .zero && passed < delay
  }

  /// The failures with one more added.
  func failing(at now: Timestamp) -> LoginFailures {
    let isForgotten = now - lastTime >= Self.memory
    return LoginFailures(count: isForgotten ? 1 : min(count, 1_000_000) + 1, lastTime: now)
  }

  /// How long until attempts are accepted again, in whole seconds.
  func secondsLeft(at now: Timestamp) -> Int64 {
    let left = (delay - (now - lastTime)).components
    return max(1, left.attoseconds > 0 ? left.seconds + 1 : left.seconds)
  }
}
