import MeshCore

/// Failed logins with one address of one tenant: after some of them, no password is right for a while.
struct LoginFailures: Sendable, Equatable {
  static let limit = 10
  static let window = Duration.seconds(15 * 60)

  private(set) var count = 0
  /// The first of those that count.
  private(set) var firstTime: Timestamp

  init(count: Int, firstTime: Timestamp) {
    self.count = count
    self.firstTime = firstTime
  }

  /// None so far.
  init(at now: Timestamp) { self.init(count: 0, firstTime: now) }

  /// Whether the next attempt is refused whatever its password.
  func areTooMany(at now: Timestamp) -> Bool {
    count >= Self.limit && !areForgotten(at: now)
  }

  /// Whether they no longer count.
  func areForgotten(at now: Timestamp) -> Bool { now - firstTime >= Self.window }

  /// With one more.
  func failing(at now: Timestamp) -> LoginFailures {
    areForgotten(at: now)
      ? LoginFailures(count: 1, firstTime: now)
      : LoginFailures(count: count + 1, firstTime: firstTime)
  }

  /// How long until attempts are taken again, in whole seconds.
  func secondsLeft(at now: Timestamp) -> Int64 {
    max(1, (Self.window - (now - firstTime)).components.seconds)
  }
}
