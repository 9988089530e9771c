import MeshLoop

/// Slows down password guessing: a bucket of attempts for each address, refilled over time.
///
/// A successful attempt is refunded, so that only failures count.
@LoopActor
final class LoginLimiter {
  private struct Bucket {
    var attempts: Double
    var updated: Deadline
  }

  /// Addresses remembered; above that, those with a full bucket are dropped.
  private static let maxAddresses = 10_000

  private let capacity: Double
  private let perSecond: Double
  private var buckets: [String: Bucket] = [:]

  /// Allows `perMinute` failures a minute, also in a burst.
  nonisolated init(perMinute: Int) {
    capacity = Double(perMinute)
    perSecond = Double(perMinute) / 60
  }

  /// Uses up an attempt.
  ///
  /// - Returns: how many seconds to wait when there is none left; nil when it was taken.
  func take(_ address: String, at now: Deadline = .now) -> Int? {
    var bucket = refilled(address, at: now)
    defer { buckets[address] = bucket }
    guard bucket.attempts >= 1 else {
      return max(1, Int(((1 - bucket.attempts) / perSecond).rounded(.up)))
    }
    bucket.attempts -= 1
    return nil
  }

  /// Refunds a successful attempt.
  func giveBack(_ address: String, at now: Deadline = .now) {
    var bucket = refilled(address, at: now)
    bucket.attempts = min(capacity, bucket.attempts + 1)
    buckets[address] = bucket
  }

  private func refilled(_ address: String, at now: Deadline) -> Bucket {
    guard var bucket = buckets[address] else {
      if buckets.count >= Self.maxAddresses { forgetFull(at: now) }
      return Bucket(attempts: capacity, updated: now)
    }
    refill(&bucket, at: now)
    return bucket
  }

  private func refill(_ bucket: inout Bucket, at now: Deadline) {
    let passed = Double(now.nanoseconds &- bucket.updated.nanoseconds) / 1_000_000_000
    bucket.attempts = min(capacity, bucket.attempts + passed * perSecond)
    bucket.updated = now
  }

  private func forgetFull(at now: Deadline) {
    buckets = buckets.compactMapValues { old in
      var bucket = old
      refill(&bucket, at: now)
      return bucket.attempts >= capacity ? nil : bucket
    }
    // All addresses are guessing at once: dropping the counts is better than unbounded growth.
    if buckets.count >= Self.maxAddresses { buckets = [:] }
  }
}
