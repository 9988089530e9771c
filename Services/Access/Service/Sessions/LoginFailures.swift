import MeshCore

/// Failed logins with one address of one tenant; too many of them block the address for a while.
struct LoginFailures: Sendable, Equatable {
  static let limit = 10
  static let window = Duration.seconds(15 * 60)

  private(set) var count = 0
  /// Time of the first failure that counts.
  private(set) var firstTime: Timestamp

  init(count: Int, firstTime: Timestamp) {
    self.count = count
    self.firstTime = firstTime
  }

  /// No failures yet.
  init(at now: Timestamp) { self.init(count: 0, firstTime: now) }

  /// Whether the next attempt is refused, even with the right password.
  func areTooMany(at now: Timestamp) -> Bool {
    count >= Self.limit && !areForgotten(at: now)
  }

  /// Whether the failures no longer count.
  func areForgotten(at now: Timestamp) -> Bool { now - firstTime >= Self.window }

  /// The failures with one more added.
  func failing(at now: Timestamp) -> LoginFailures {
    areForgotten(at: now)
      ? LoginFailures(count: 1, firstTime: now)
      : LoginFailures(count: count + 1, firstTime: firstTime)
  }

  /// How long until attempts are accepted again, in whole seconds.
  func secondsLeft(at now: Timestamp) -> Int64 {
    max(1, (Self.window - (now - firstTime)).components.seconds)
  }
}
