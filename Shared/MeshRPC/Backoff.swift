/// How long to wait before the next try: growing, bounded, and jittered so that peers spread out.
package struct Backoff: Sendable {
  private let base: Duration
  private let limit: Duration
  /// Tries in a row that have failed.
  private var failures = 0

  package init(base: Duration, limit: Duration) {
    self.base = base
    self.limit = limit
  }

  /// After so many failures in a row: between half of their wait and all of it.
  package func wait(
    after failures: Int,
    using random: inout some RandomNumberGenerator
  ) -> Duration {
    var wait = base
    for _ in 1..<max(failures, 1) where wait < limit { wait = min(wait * 8 / 5, limit) }
    return wait * Double.random(in: 0.5...1, using: &random)
  }

  package func wait(after failures: Int) -> Duration {
    var random = SystemRandomNumberGenerator()
    return wait(after: failures, using: &random)
  }

  mutating func next(using random: inout some RandomNumberGenerator) -> Duration {
    failures += 1
    return wait(after: failures, using: &random)
  }

  mutating func next() -> Duration {
    var random = SystemRandomNumberGenerator()
    return next(using: &random)
  }

  mutating func reset() {
    failures = 0
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
