package import MeshCore
import Synchronization

/// What a store has done since it was opened, and what waits: for telemetry.
package struct StoreMetrics: Hashable, Sendable {
  /// Commits that made at least one request durable.
  package var commits = 0
  /// Requests answered after those commits.
  package var writes = 0
  /// The most requests that shared a commit.
  package var largestBatch = 0
  package var reads = 0
  /// Requests of work in the background that were begun.
  package var backgroundWrites = 0
  package var backgroundReads = 0
  /// Requests that wait at this moment.
  package var queuedWrites = 0
  package var queuedReads = 0
  /// From the first statement of a batch until its commit is durable.
  package var commitTime = LatencyHistogram()
  /// From being queued until being run.
  package var writeWait = LatencyHistogram()
  package var readWait = LatencyHistogram()
  /// From the first statement of a read until its last.
  package var readTime = LatencyHistogram()
}

/// Keeps the metrics of a store; its threads note, telemetry reads.
final class StoreMeter: Sendable {
  private let metrics = Mutex(StoreMetrics())

  func noteWait(_ wait: Duration) { metrics.withLock { $0.writeWait.add(wait) } }

  func noteCommit(of requests: Int, took: Duration) {
    metrics.withLock {
      $0.commits += 1
      $0.writes += requests
      $0.largestBatch = max($0.largestBatch, requests)
      $0.commitTime.add(took)
    }
  }

  func noteRead(waited: Duration, took: Duration) {
    metrics.withLock {
      $0.reads += 1
      $0.readWait.add(waited)
      $0.readTime.add(took)
    }
  }

  var current: StoreMetrics { metrics.withLock { $0 } }
}
