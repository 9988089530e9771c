import MeshLoop

/// Slows down password guessing from one place: an address, or a device that is known.
///
/// The first failures are free. Each further one delays the next attempt, twice as long as the one before;
/// failures are forgotten over time, but not while a delay runs. The table is bounded: when it is full, the
/// places with the fewest failures give way, so that filling it with others does not free one that guesses much.
/// A place that gave way begins anew, while the delays of each account go on in Access.
@LoopActor
final class LoginLimiter {
  private struct Entry {
    /// Attempts under way are counted as failures until they succeed.
    var failures: Double
    /// When the last attempt began.
    var last: Deadline
  }

  /// Seconds.
  private static let longestDelay = 300.0

  private let free: Double
  private let forgottenPerSecond: Double
  private let capacity: Int
  private var entries: [String: Entry] = [:]

  /// Allows `perMinute` failures a minute, also in a burst, and remembers up to `capacity` places.
  nonisolated init(perMinute: Int, capacity: Int = 10_000) {
    free = Double(perMinute)
    forgottenPerSecond = Double(perMinute) / 60
    self.capacity = capacity
  }

  /// Counts an attempt.
  ///
  /// - Returns: how many seconds to wait when it comes too early; nil when it may be made.
  func take(_ place: String, at now: Deadline = .now) -> Int? {
    var entry = entries[place] ?? Entry(failures: 0, last: now)
    let wait = delay(entry) - seconds(from: entry.last, to: now)
    guard wait <= 0 else { return Int(wait.rounded(.up)) }
    entry.failures = remaining(entry, at: now) + 1
    entry.last = now
    if entries[place] == nil, entries.count >= capacity { evict(at: now) }
    entries[place] = entry
    return nil
  }

  /// Takes back an attempt that was no guess.
  func giveBack(_ place: String) {
    guard var entry = entries[place] else { return }
    entry.failures -= 1
    entries[place] = entry.failures > 0 ? entry : nil
  }

  /// Seconds between the last attempt and the next: 1 after the free ones, then 2, 4 and so on.
  private func delay(_ entry: Entry) -> Double {
    guard entry.failures >= free else { return 0 }
    var delay = 1.0
    var excess = entry.failures - free
    while excess >= 1, delay < Self.longestDelay {
      delay *= 2
      excess -= 1
    }
    return min(delay, Self.longestDelay)
  }

  /// The failures that still count.
  private func remaining(_ entry: Entry, at now: Deadline) -> Double {
    let quiet = max(0, seconds(from: entry.last, to: now) - delay(entry))
    return max(0, entry.failures - quiet * forgottenPerSecond)
  }

  private func seconds(from start: Deadline, to end: Deadline) -> Double {
    end <= start ? 0 : Double(end.nanoseconds - start.nanoseconds) / 1_000_000_000
  }

  /// Forgets the eighth of the places with the fewest failures, the oldest first among equals.
  private func evict(at now: Deadline) {
    let coldest = entries.map { (place: $0.key, left: remaining($0.value, at: now), $0.value.last) }
      .sorted { ($0.left, $0.2) < ($1.left, $1.2) }
    for entry in coldest.prefix(max(1, capacity / 8)) { entries[entry.place] = nil }
  }
}
