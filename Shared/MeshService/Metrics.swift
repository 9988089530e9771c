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

  private let service: String
  private let clock: Clock
  private var store: Store?
  private var replicas: [any Replicated] = []
  private var subscriptions: SubscriptionList?
  private var calls: [Key: LatencyHistogram] = [:]

  init(service: String, clock: Clock = .system) {
    self.service = service
    self.clock = clock
  }

  /// Includes these in the metrics, once they exist.
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
    calls[Key(path: path, status: status), default: LatencyHistogram()].add(duration)
  }

  /// The text of `/metrics`.
  func page() async -> String {
    var text = "# TYPE leadmesh_rpc_duration_seconds histogram\n"
    for (key, durations) in calls.sorted(by: { $0.key.path < $1.key.path }) {
      let labels =
        "service=\"\(service)\",method=\"\(key.path)\",code=\"\(key.status.rawValue)\""
      text += durations.text("leadmesh_rpc_duration_seconds", labels)
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

  /// How far each subscription is behind, where that is known, and its dead letters.
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
    guard let commands = try? await store.commandCounts() else { return text }
    let open = [.running, .undoing].compactMap { commands[$0] }.reduce(0, +)
    text += "# TYPE leadmesh_commands gauge\n"
    text += "leadmesh_commands{\(labels),state=\"open\"} \(open)\n"
    text += "leadmesh_commands{\(labels),state=\"failed\"} \(commands[.failed] ?? 0)\n"
    guard let timers = try? await store.timerCounts() else { return text }
    text += "# TYPE leadmesh_timers gauge\n"
    let counts: KeyValuePairs = [
      "due": timers.map(\.due), "late": timers.map(\.late), "dead": timers.map(\.dead),
    ]
    for (state, count) in counts {
      text += "leadmesh_timers{\(labels),state=\"\(state)\"} \(count.reduce(0, +))\n"
    }
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
    let durations: KeyValuePairs = [
      "leadmesh_store_commit_seconds": metrics.commitTime,
      "leadmesh_store_write_wait_seconds": metrics.writeWait,
      "leadmesh_store_read_wait_seconds": metrics.readWait,
      "leadmesh_store_read_seconds": metrics.readTime,
    ]
    let labels = "service=\"\(service)\""
    return values.map { name, value in
      let type = name.hasSuffix("_total") ? "counter" : "gauge"
      return "# TYPE \(name) \(type)\n\(name){\(labels)} \(value)\n"
    }.joined()
      + durations.map { name, histogram in
        "# TYPE \(name) histogram\n" + histogram.text(name, labels)
      }.joined()
  }
}

extension LatencyHistogram {
  /// The lines of a histogram; each bucket includes the buckets before it.
  fileprivate func text(_ name: String, _ labels: String) -> String {
    var (text, count) = ("", 0)
    for (index, bucket) in counts.enumerated() {
      count += bucket
      let bound =
        index < Self.bounds.count ? "\(Self.bounds[index].milliseconds / 1000)" : "+Inf"
      text += "\(name)_bucket{\(labels),le=\"\(bound)\"} \(count)\n"
    }
    text += "\(name)_sum{\(labels)} \(sum.milliseconds / 1000)\n"
    return text + "\(name)_count{\(labels)} \(count)\n"
  }
}
