import MeshAPI
import MeshCore
import MeshLoop
import MeshStore

/// A service's metrics for Prometheus (text format 0.0.4).
@LoopActor
final class Metrics {
  private struct Key: Hashable {
    let path: String
    let status: StatusCode
  }

  /// Upper bounds of the latency histogram, in seconds.
  private nonisolated static let bounds = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5,
  ]

  private struct Series {
    var buckets = [Int](repeating: 0, count: Metrics.bounds.count)
    var count = 0
    var seconds = 0.0
  }

  private let service: String
  private let clock: Clock
  private var store: Store?
  private var replicas: [any Replicated] = []
  private var subscriptions: SubscriptionList?
  private var calls: [Key: Series] = [:]

  init(service: String, clock: Clock = .system) {
    self.service = service
    self.clock = clock
  }

  /// Tells of these too, once they are there.
  func observe(
    _ store: Store?,
    _ replicas: [any Replicated],
    _ subscriptions: SubscriptionList? = nil
  ) {
    self.store = store
    self.replicas = replicas
    self.subscriptions = subscriptions
  }

  func count(_ path: String, _ status: StatusCode, _ duration: Duration) {
    let seconds = duration.milliseconds / 1000
    let key = Key(path: path, status: status)
    calls[key, default: Series()].count += 1
    calls[key, default: Series()].seconds += seconds
    for (index, bound) in Self.bounds.enumerated() where seconds <= bound {
      calls[key, default: Series()].buckets[index] += 1
    }
  }

  /// The text of `/metrics`.
  func page() async -> String {
    var text = "# TYPE leadmesh_rpc_duration_seconds histogram\n"
    for (key, series) in calls.sorted(by: { $0.key.path < $1.key.path }) {
      let labels =
        "service=\"\(service)\",method=\"\(key.path)\",code=\"\(key.status.rawValue)\""
      for (bound, count) in zip(Self.bounds, series.buckets) {
        text += "leadmesh_rpc_duration_seconds_bucket{\(labels),le=\"\(bound)\"} \(count)\n"
      }
      text += "leadmesh_rpc_duration_seconds_bucket{\(labels),le=\"+Inf\"} \(series.count)\n"
      text += "leadmesh_rpc_duration_seconds_sum{\(labels)} \(series.seconds)\n"
      text += "leadmesh_rpc_duration_seconds_count{\(labels)} \(series.count)\n"
    }
    if let store {
      text += storeText(store.metrics, store.schema)
      text += await feedText(store)
    }
    if !replicas.isEmpty { text += "# TYPE leadmesh_replica_unreadable_total counter\n" }
    for replica in replicas {
      let labels = "service=\"\(service)\",feed=\"\(replica.source.feed)\""
      text += "leadmesh_replica_unreadable_total{\(labels)} \(replica.unreadable)\n"
    }
    if let found = try? await subscriptions?.all() { text += subscriptionText(found) }
    return text
  }

  /// How far each subscription is behind, where that can be told, and its dead letters.
  private func subscriptionText(_ subscriptions: [Subscription]) -> String {
    let now = clock.now
    func gauge(_ name: String, _ value: (Subscription) -> String?) -> String {
      let lines = subscriptions.compactMap { subscription in
        value(subscription).map {
          "\(name){service=\"\(service)\",feed=\"\(subscription.feed)\"} \($0)\n"
        }
      }
      return lines.isEmpty ? "" : "# TYPE \(name) gauge\n" + lines.joined()
    }
    return gauge("leadmesh_subscription_changes_behind") { $0.behind.map { "\($0.changes)" } }
      + gauge("leadmesh_subscription_seconds_behind") { subscription in
        subscription.behind.map { behind in
          "\(behind.oldestTime.map { max(0, (now - $0).milliseconds / 1000) } ?? 0)"
        }
      }
      + gauge("leadmesh_subscription_dead_letters") { "\($0.deadLetters)" }
  }

  private func feedText(_ store: Store) async -> String {
    let labels = "service=\"\(service)\""
    var text = "# TYPE leadmesh_followers gauge\n"
    text += "leadmesh_followers{\(labels)} \(store.followers.count)\n"
    text += "# TYPE leadmesh_followers_missed_total counter\n"
    text += "leadmesh_followers_missed_total{\(labels)} \(store.followers.missed)\n"
    guard let letters = try? await store.deadLetterCount() else { return text }
    text += "# TYPE leadmesh_dead_letters gauge\nleadmesh_dead_letters{\(labels)} \(letters)\n"
    return text
  }

  private func storeText(_ metrics: StoreMetrics, _ schema: SchemaVersion) -> String {
    let values: KeyValuePairs = [
      "leadmesh_store_commits_total": metrics.commits,
      "leadmesh_store_writes_total": metrics.writes,
      "leadmesh_store_reads_total": metrics.reads,
      "leadmesh_store_background_writes_total": metrics.backgroundWrites,
      "leadmesh_store_background_reads_total": metrics.backgroundReads,
      "leadmesh_store_queued_writes": metrics.queuedWrites,
      "leadmesh_store_queued_reads": metrics.queuedReads,
      "leadmesh_schema_pending": schema.pending,
    ]
    return values.map { name, value in
      let type = name.hasSuffix("_total") ? "counter" : "gauge"
      return "# TYPE \(name) \(type)\n\(name){service=\"\(service)\"} \(value)\n"
    }.joined()
  }
}
