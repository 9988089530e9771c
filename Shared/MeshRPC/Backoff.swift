/// How long to wait before the next try: growing, bounded, and jittered so that peers spread out.
struct Backoff: Sendable {
  private let base: Duration
  private let limit: Duration
  private var current: Duration

  init(base: Duration, limit: Duration) {
    self.base = base
    self.limit = limit
    current = base
  }

  /// Between half of the current wait and all of it.
  mutating func next(using random: inout some RandomNumberGenerator) -> Duration {
    let wait = current
    current = min(current * 8 / 5, limit)
    return wait * Double.random(in: 0.5...1, using: &random)
  }

  mutating func next() -> Duration {
    var random = SystemRandomNumberGenerator()
    return next(using: &random)
  }

  mutating func reset() {
    current = base
  }
}

/// Keeps retries a small part of all calls, so that they cannot bury a peer that is in trouble.
///
/// Every retry takes a token, every success gives back a tenth.
struct RetryBudget: Sendable {
  private static let full = 100
  private static let cost = 10
  private var tenths = full

  mutating func takeRetry() -> Bool {
    guard tenths >= Self.cost else { return false }
    tenths -= Self.cost
    return true
  }

  mutating func succeeded() {
    tenths = min(tenths + 1, Self.full)
  }
}
