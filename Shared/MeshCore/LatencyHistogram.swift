/// Durations counted by magnitude, as Prometheus histograms are.
package struct LatencyHistogram: Hashable, Sendable {
  /// The upper bounds of all buckets but the last, which has none.
  package static let bounds: [Duration] = [
    .microseconds(50), .microseconds(100), .microseconds(250), .microseconds(500),
    .milliseconds(1), .microseconds(2500), .milliseconds(5), .milliseconds(10),
    .milliseconds(25), .milliseconds(50), .milliseconds(100), .milliseconds(250),
    .milliseconds(500), .seconds(1), .seconds(5), .seconds(10),
  ]

  /// Durations per bucket, each counted once.
  package private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
  package private(set) var sum = Duration.zero

  package var count: Int { counts.reduce(0, +) }

  package init() {}

  package mutating func add(_ duration: Duration) {
    sum += duration
    counts[Self.bounds.firstIndex { duration <= $0 } ?? Self.bounds.count] += 1
  }
}
