import MeshLoop
import MeshRPC
import MeshStore

/// Whether a service can do its work: what `/readyz` and `grpc.health.v1.Health` answer.
@LoopActor
final class Readiness {
  enum State: Equatable {
    /// Settings, store and replicas are being read.
    case starting
    case serving
    case draining
  }

  private(set) var state = State.starting { didSet { tell() } }
  private var store: Store?
  private var replicas: [any Replicated] = []
  private var health: HealthRegistry?

  nonisolated init() {}

  /// Why the service cannot do its work; nil when it can.
  var obstacle: String? {
    switch state {
    case .starting: return "starting"
    case .draining: return "draining"
    case .serving: break
    }
    let missing = replicas.filter { !$0.isComplete }.map(\.source.feed)
    if !missing.isEmpty { return "replicas incomplete: \(missing.joined(separator: ", "))" }
    return store?.failure.map { "store: \($0)" }
  }

  /// Serves from now on, as soon as the replicas are complete.
  func serve(_ store: Store?, _ replicas: [any Replicated], _ health: HealthRegistry) {
    self.store = store
    self.replicas = replicas
    self.health = health
    state = .serving
  }

  func drain() { state = .draining }

  /// Tells the health service again when something may have changed.
  func tell() { health?.setAll(obstacle == nil ? .serving : .notServing) }

  /// Tries whether a store that had no room has some again.
  func recover() async {
    if state == .serving, let store, store.failure != nil { await store.probe() }
    tell()
  }

  /// Tells the health service when the replicas are complete and whenever the store fails or goes on,
  /// until the task is cancelled.
  func watch() async {
    var wait = Duration.milliseconds(5)
    while !Task.isCancelled, state == .serving {
      await recover()
      if obstacle == nil { wait = .seconds(1) }
      try? await sleep(for: wait)
    }
  }
}
